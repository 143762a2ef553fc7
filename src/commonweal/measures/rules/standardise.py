"""Comparing places whose people differ in age: direct adjustment (DOMAIN §6.7)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from commonweal.measures.rules.intervals import Z95

US_2000: Mapping[str, float] = {
    "<1": 0.013818, "1-4": 0.055317, "5-14": 0.145565, "15-24": 0.138646, "25-34": 0.135573,
    "35-44": 0.162613, "45-54": 0.134834, "55-64": 0.087247, "65-74": 0.066037, "75-84": 0.044842,
    "85+": 0.015508,
}  # fmt: skip
"""The US 2000 standard population."""

FEWEST_EVENTS = 20
"""Fewer events than this make an adjusted rate unstable (NCHS habit)."""


@dataclass(frozen=True, slots=True)
class Adjusted:
    """An adjusted rate per 1,000 with its 95 % interval, and whether it rests on enough events."""

    per_thousand: float
    low: float
    high: float
    stable: bool


def adjust(groups: Sequence[tuple[int, int]], weights: Sequence[float]) -> Adjusted:
    """Weigh the rates of (events, people) by age group. Weights are brought to one first, so a
    measure of adults may pass the adult weights alone."""
    whole = sum(weights)
    shares = [weight / whole for weight in weights]
    rate = 1000 * sum(w * events / people for w, (events, people) in zip(shares, groups, strict=True))
    reach = Z95 * 1000 * sqrt(sum(w * w * x / n**2 for w, (x, n) in zip(shares, groups, strict=True)))
    return Adjusted(rate, rate - reach, rate + reach, sum(x for x, _ in groups) >= FEWEST_EVENTS)


def crude(groups: Sequence[tuple[int, int]]) -> float:
    """Events per 1,000 people, ages unregarded."""
    return 1000 * sum(x for x, _ in groups) / sum(n for _, n in groups)
