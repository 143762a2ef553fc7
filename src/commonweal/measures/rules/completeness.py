"""How well an element is captured: a range a quarter wide, of enough rows, so that it points at nobody."""

from collections.abc import Iterable, Mapping

from commonweal.measures.rules.elements import CAPTURES
from commonweal.measures.shapes_data import OccasionRow, RequestRow
from commonweal.measures.vocabulary_data import SMALLEST_BANDED, Band


def band(has: int, of: int) -> Band:
    """The range of a share.

    >>> band(80, 100), band(22, 44), band(43, 43)
    (<Band.MOST: 'most'>, <Band.MANY: 'many'>, <Band.TOO_FEW: 'too-few'>)
    """
    if of < SMALLEST_BANDED:
        return Band.TOO_FEW
    for lowest, found in ((3, Band.MOST), (2, Band.MANY), (1, Band.SOME)):
        if 4 * has >= lowest * of:
            return found
    return Band.FEW


def bands(requests: Iterable[RequestRow], occasions: Iterable[OccasionRow]) -> Mapping[tuple[str, str], Band]:
    """For each holder and element that its rows can tell about: the range."""
    found: dict[tuple[str, str], list[int]] = {}
    asked, held = list(requests), list(occasions)
    for element, capture in CAPTURES.items():
        if capture.of and capture.has:
            for row in asked:
                if capture.of(row):
                    _add(found, row.holder, element, capture.has(row))
        if capture.of_occasion and capture.has_occasion:
            for one in held:
                if capture.of_occasion(one):
                    _add(found, one.holder, element, capture.has_occasion(one))
    return {key: band(has, of) for key, (has, of) in found.items()}


def _add(found: dict[tuple[str, str], list[int]], holder: str, element: str, has: bool) -> None:
    both = found.setdefault((holder, element), [0, 0])
    both[0] += has
    both[1] += 1
