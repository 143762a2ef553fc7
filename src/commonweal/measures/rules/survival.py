"""How long people wait, told fairly: Kaplan and Meier (DOMAIN §1.11).

The median of finished waits alone is too short, since those who still wait are the slow ones.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Wait:
    """``people`` who had waited ``days`` when help came (``over``) or when we looked (still open)."""

    days: int
    over: bool
    people: int = 1


@dataclass(frozen=True, slots=True)
class Step:
    """From ``days`` on, ``waiting`` is the share that still waits."""

    days: int
    waiting: Fraction


def curve(waits: Iterable[Wait]) -> list[Step]:
    """The share still waiting after each day on which someone's wait ended, exactly.

    Who is censored on a day was still at risk on it.
    """
    ended, left = _by_day(waits)
    at_risk = sum(ended.values()) + sum(left.values())
    share, steps = Fraction(1), []
    for day in sorted(ended.keys() | left.keys()):
        if over := ended.get(day, 0):
            share *= 1 - Fraction(over, at_risk)
            steps.append(Step(day, share))
        at_risk -= over + left.get(day, 0)
    return steps


def _by_day(waits: Iterable[Wait]) -> tuple[dict[int, int], dict[int, int]]:
    ended: dict[int, int] = {}
    left: dict[int, int] = {}
    for wait in waits:
        if wait.days < 0:
            raise ValueError("help cannot come before it was asked for")
        side = ended if wait.over else left
        side[wait.days] = side.get(wait.days, 0) + wait.people
    return ended, left


def median_days(steps: Sequence[Step]) -> int | None:
    """The first day on which at most half still wait; ``None`` where that is not reached yet."""
    return next((step.days for step in steps if step.waiting <= Fraction(1, 2)), None)
