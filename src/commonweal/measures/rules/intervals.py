"""How sure a rate is: Wilson's interval (DOMAIN §6.6).

The simpler Wald interval is forbidden: it gives 55 to 104.8 for 8 of 10, and 0 to 0 for 0 of 20.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Band:
    """Where the true rate may lie; fractions of one."""

    low: float
    high: float

    def lies_above(self, rate: float) -> bool:
        return self.low > rate

    def lies_below(self, rate: float) -> bool:
        return self.high < rate


def wilson(numerator: int, denominator: int, z: float = Z95) -> Band:
    """Wilson's score interval of ``numerator`` in ``denominator``, fractions within 0 and 1.

    Raises ValueError where there is nobody to count or more hits than people.
    """
    _check(numerator, denominator)
    share, spread = numerator / denominator, z * z / denominator
    centre = (share + spread / 2) / (1 + spread)
    half = z * sqrt(share * (1 - share) / denominator + spread / (4 * denominator)) / (1 + spread)
    low = 0.0 if numerator == 0 else max(0.0, centre - half)
    high = 1.0 if numerator == denominator else min(1.0, centre + half)
    return Band(low, high)


def _check(numerator: int, denominator: int) -> None:
    if denominator <= 0:
        raise ValueError("a rate needs someone to count")
    if not 0 <= numerator <= denominator:
        raise ValueError("a numerator lies between nobody and everybody")


def in_hundred(numerator: int, denominator: int, digits: int = 0) -> float:
    """How many in every 100, rounded half up as people do it by hand: 0.5 goes to 1.

    Division and rounding happen here and nowhere else, so that every engine agrees (DESIGN §5).
    """
    _check(numerator, denominator)
    scale: int = 10**digits
    return (200 * numerator * scale + denominator) // (2 * denominator) / scale


def points_between(before: float, after: float) -> tuple[float, float]:
    """The change from one rate to another: in percentage points, and in percent of the first.

    40 to 50 in 100 is 10 points, and 25 percent. They are never confused on a page.
    """
    return (after - before) * 100, (after / before - 1) * 100


def risk_ratio(rate: float, reference: float, *, of_event: bool = True) -> float:
    """One rate over another, on the event or on its absence: the two are not mirror images."""
    return rate / reference if of_event else (1 - rate) / (1 - reference)


def funnel(counts: Iterable[int]) -> list[tuple[float, float]]:
    """For each step after the first: percent of those who entered, percent of the step before."""
    steps = list(counts)
    return [(100 * now / steps[0], 100 * now / before) for before, now in pairwise(steps)]
