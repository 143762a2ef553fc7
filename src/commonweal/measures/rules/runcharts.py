"""Is it a change, or just a month? Run-chart rules (DOMAIN §6.8).

Rule sets differ between books, so ours is named and versioned.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import comb, log2
from statistics import median as middle


@dataclass(frozen=True, slots=True)
class RuleSet:
    """How many points in a row make a signal, and how many points a chart needs to say anything."""

    name: str
    shift: int
    trend: int
    fewest: int


RUN_RULES = RuleSet("run-chart-1", shift=6, trend=5, fewest=10)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a run chart says: how its points lie about the median."""

    median: float
    useful: int
    runs: int
    longest: int
    longest_is_above: bool
    last_run: int
    last_is_above: bool
    crossings: int
    trend: int

    def shifts(self, rules: RuleSet = RUN_RULES) -> bool:
        return self.longest >= rules.shift

    def trends(self, rules: RuleSet = RUN_RULES) -> bool:
        return self.trend >= rules.trend


def read(points: Sequence[float], median: float | None = None) -> Reading:
    """Read ``points`` against ``median`` (a frozen baseline's, or their own where none is given).

    Points on the median neither count nor break a run. Raises ValueError without points.
    """
    if not points:
        raise ValueError("a run chart needs points")
    line = middle(points) if median is None else median
    sides = [point > line for point in points if point != line]
    runs = _runs(sides)
    longest = max(runs, key=lambda run: run[1], default=(False, 0))
    last = runs[-1] if runs else (False, 0)
    return Reading(
        median=line,
        useful=len(sides),
        runs=len(runs),
        longest=longest[1],
        longest_is_above=longest[0],
        last_run=last[1],
        last_is_above=last[0],
        crossings=max(0, len(runs) - 1),
        trend=_longest_trend(points),
    )


def _runs(sides: Sequence[bool]) -> list[tuple[bool, int]]:
    runs: list[tuple[bool, int]] = []
    for side in sides:
        if runs and runs[-1][0] == side:
            runs[-1] = (side, runs[-1][1] + 1)
        else:
            runs.append((side, 1))
    return runs


def _longest_trend(points: Sequence[float]) -> int:
    """The most points in a row that rise, or fall. Equal neighbours count once."""
    distinct = [point for index, point in enumerate(points) if index == 0 or point != points[index - 1]]
    best = length = 1
    for index in range(1, len(distinct)):
        rising = distinct[index] > distinct[index - 1]
        same_way = index > 1 and rising == (distinct[index - 1] > distinct[index - 2])
        length = length + 1 if same_way else 2
        best = max(best, length)
    return best


def anhoej(useful: int) -> tuple[int, int]:
    """Anhøj's limits for ``useful`` points: the longest run and the fewest crossings without a signal."""
    longest = round(log2(useful) + 3)
    total, chance = 0.0, useful - 1
    for crossings in range(chance + 1):
        total += comb(chance, crossings) / 2**chance
        if total >= 0.05:
            return longest, crossings
    return longest, 0


@dataclass(frozen=True, slots=True)
class Limits:
    """A control chart's centre and limits."""

    centre: float
    low: float
    high: float

    def signals(self, value: float) -> bool:
        return not self.low <= value <= self.high


def individuals(baseline: Sequence[float]) -> Limits:
    """XmR limits of a baseline that is then frozen: mean ± 2.66 mean moving ranges."""
    mean = sum(baseline) / len(baseline)
    ranges = [abs(after - before) for before, after in pairwise(baseline)]
    reach = 2.66 * sum(ranges) / len(ranges)
    return Limits(mean, mean - reach, mean + reach)


def proportions(rate: float, people: int) -> Limits:
    """p-chart limits: three sigma, so they vary with the number of people."""
    sigma: float = (rate * (1 - rate) / people) ** 0.5
    return Limits(rate, max(0.0, rate - 3 * sigma), min(1.0, rate + 3 * sigma))
