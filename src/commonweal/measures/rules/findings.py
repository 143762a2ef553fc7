"""What the figures say, no more: is it a change yet, where does it work, what holds it back.

Only released figures come in here, so a finding can tell nothing that the figures do not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

from commonweal.measures.rules.intervals import wilson
from commonweal.measures.rules.runcharts import RUN_RULES, RuleSet, read
from commonweal.measures.vocabulary import Direction


class Standing(StrEnum):
    """Where a run chart stands."""

    TOO_FEW = "too-few"
    STEADY = "steady"
    PROMISING = "promising"
    WORRYING = "worrying"
    BETTER = "better"
    WORSE = "worse"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Judged:
    """A standing with the run of points behind it and the median that they are read against.

    ``upto`` is the index of the last point of the baseline.
    """

    standing: Standing
    run: int = 0
    above: bool = False
    median: float | None = None
    upto: int | None = None


SOME = 3
"""From how many points in a row on a page speaks of a beginning."""


def judge(
    values: Sequence[float], direction: Direction, changed_at: int | None = None, rules: RuleSet = RUN_RULES
) -> Judged:
    """Read the months against the middle of those before ``changed_at`` (an index), else of the first twelve
    where more than that follow, else of all."""
    if len(values) < rules.fewest:
        return Judged(Standing.TOO_FEW)
    baseline = _baseline(len(values), changed_at, rules)
    line = median(values[:baseline])
    reading = read(values[baseline:] or values, line)  # the old months are what the new ones are read against
    run, above = reading.last_run, reading.last_is_above
    if run < SOME:
        standing = Standing.STEADY
    elif direction is Direction.NEITHER:
        standing = Standing.MOVED if run >= rules.shift else Standing.STEADY
    else:
        better = above == (direction is Direction.HIGHER)
        sure, begun = (Standing.BETTER, Standing.PROMISING) if better else (Standing.WORSE, Standing.WORRYING)
        standing = sure if run >= rules.shift else begun
    return Judged(standing, run, above, line, baseline - 1)


def _baseline(count: int, changed_at: int | None, rules: RuleSet) -> int:
    if changed_at is not None and 8 <= changed_at < count:
        return changed_at
    return 12 if count >= 12 + SOME else count


Ratio = tuple[int, int]


def stands_out(
    places: Mapping[str, Ratio], whole: Ratio, direction: Direction, *, better: bool
) -> str | None:
    """The place whose interval lies wholly on the better (or worse) side of the whole; the farthest one.

    Without such a place nobody stands out: the rest may be chance.
    """
    if direction is Direction.NEITHER:
        return None
    upward = better == (direction is Direction.HIGHER)
    rate = whole[0] / whole[1]
    found = [
        (numerator / denominator, who)
        for who, (numerator, denominator) in sorted(places.items())
        if _clear(numerator, denominator, rate, upward=upward)
    ]
    if not found:
        return None
    return (max if upward else min)(found, key=lambda pair: pair[0])[1]


def _clear(numerator: int, denominator: int, rate: float, *, upward: bool) -> bool:
    band = wilson(numerator, denominator)
    return band.lies_above(rate) if upward else band.lies_below(rate)


def is_best_yet(values: Sequence[float], direction: Direction, fewest: int = 6) -> bool:
    """Is the newest of at least ``fewest`` months the best of them all?"""
    if len(values) < fewest or direction is Direction.NEITHER:
        return False
    last, before = values[-1], values[:-1]
    return last > max(before) if direction is Direction.HIGHER else last < min(before)
