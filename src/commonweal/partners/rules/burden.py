"""Power and burden in the open, without pointing at anyone: ranges for small bodies, sides, no names."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor

from commonweal.partners.vocabulary import MemberClass, Sector
from commonweal.partners.vocabulary_meetings import SIDE_OF, Side, Worth

LEAST = 5
"""Fewer answers than this are held back."""

LEAST_SEATS = 3
"""Hours of fewer seats than this would be somebody's own."""


def side_of(sector: Sector | None, member_class: MemberClass | None) -> Side:
    """The side that a seat counts with: residents by their class, all others by their sector."""
    if member_class is MemberClass.RESIDENT:
        return Side.RESIDENTS
    return SIDE_OF.get(sector, Side.COMMUNITY) if sector else Side.COMMUNITY


@dataclass(frozen=True, slots=True)
class Share:
    """A share in hundred as a range ten wide; ``seats``: the share of the seats, in hundred."""

    side: Side
    low: int
    high: int
    seats: int


def shares(parts: Mapping[Side, float], seats: Mapping[Side, int]) -> list[Share]:
    """Each side's share of ``parts`` as a range, beside its share of seats.

    Nothing where the whole has fewer than five parts: then a range would be a name.
    """
    whole, all_seats = sum(parts.values()), sum(seats.values())
    if whole < LEAST or not all_seats:
        return []
    return [
        Share(side, *_around(100 * parts.get(side, 0) / whole), round(100 * seats[side] / all_seats))
        for side in Side
        if seats.get(side)
    ]


def _around(share: float) -> tuple[int, int]:
    """A range ten wide on a grid of fives that holds ``share``: 44.5 is 40 to 50."""
    low = 5 * floor((share - 2.5) / 5)
    low = min(max(low, 0), 90)
    return low, low + 10


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours a month that a side's seats give, from ``low`` to ``high`` in halves; None: held back."""

    side: Side
    low: float | None
    high: float | None
    seats: int


def hours(minutes: Mapping[Side, Sequence[float]]) -> list[Hours]:
    """The middle half of each side's hours, widened to half hours. Fewer than three seats are held back."""
    found = []
    for side in Side:
        given = sorted(minutes.get(side, ()))
        if not given:
            continue
        if len(given) < LEAST_SEATS:
            found.append(Hours(side, None, None, len(given)))
            continue
        low = floor(_quantile(given, 0.25) / 30) / 2
        high = max(ceil(_quantile(given, 0.75) / 30) / 2, low + 0.5)
        found.append(Hours(side, low, high, len(given)))
    return found


def _quantile(ordered: Sequence[float], part: float) -> float:
    at = part * (len(ordered) - 1)
    below = floor(at)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (at - below)


@dataclass(frozen=True, slots=True)
class Pulse:
    """How many of ``of`` said it was worth their time. ``side`` None: all together."""

    side: Side | None
    yes: int
    of: int


@dataclass(frozen=True, slots=True)
class Pulses:
    """What may be shown. ``whole`` None: fewer than five answered, or all alike."""

    whole: Pulse | None
    by_side: tuple[Pulse, ...]
    answered: int


def pulses(tallies: Mapping[tuple[Side, Worth], int]) -> Pulses:
    """Answers that may be shown: no group below five, none of one mind, and none to be found by subtraction.

    All of one mind would tell what each one said. If the groups that stay hidden are together too few, or
    only one is hidden, no group is shown: the whole less the shown would give it away.
    """
    answered: Counter[Side] = Counter()
    yes: Counter[Side] = Counter()
    for (side, worth), count in tallies.items():
        answered[side] += count
        yes[side] += count if worth is Worth.YES else 0
    everyone = sum(answered.values())
    whole = Pulse(None, sum(yes.values()), everyone)
    if not _may_show(whole):
        return Pulses(None, (), everyone)
    groups = [Pulse(side, yes[side], answered[side]) for side in Side if answered[side]]
    shown = [g for g in groups if _may_show(g)]
    hidden = [g for g in groups if not _may_show(g)]
    if hidden and (len(hidden) == 1 or sum(g.of for g in hidden) < LEAST):
        shown = []
    return Pulses(whole, tuple(shown), everyone)


def _may_show(pulse: Pulse) -> bool:
    return pulse.of >= LEAST and 0 < pulse.yes < pulse.of
