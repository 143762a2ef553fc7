"""Follow-up windows, readmissions and days at home (DOMAIN §6.4, §6.5).

"-like": the measures of record belong to others (HEDIS to NCQA); these follow their published rules and
claim no more.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Days:
    """A window of days, both ends included, as these measures write it."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def after_hospital(discharged: date, within: int) -> Days:
    """FUH-like: the day of discharge does not count."""
    return Days(discharged + timedelta(days=1), discharged + timedelta(days=within))


def after_emergency(visited: date, within: int) -> Days:
    """FUM-like: a follow-up on the same day counts."""
    return Days(visited, visited + timedelta(days=within))


def per_thousand(events: int, member_months: int, *, years: bool = False) -> Fraction:
    """Events per 1,000 member-months, or per 1,000 member-years: twelve times as many."""
    return Fraction(events * 1000 * (12 if years else 1), member_months)


@dataclass(frozen=True, slots=True)
class Stay:
    """A stay in hospital of one person, by admission and discharge."""

    admitted: date
    discharged: date
    planned: bool = False


@dataclass(frozen=True, slots=True)
class Readmissions:
    """Stays that count as an index, and how many were followed by an unplanned one within 30 days."""

    index: int
    readmitted: int

    @property
    def rate(self) -> Fraction:
        return Fraction(self.readmitted, self.index)


def readmissions(stays: Iterable[Stay], seen_to: date, days: int = 30) -> Readmissions:
    """Follow one person's stays. A readmission may be an index in turn; each index has at most one.

    An index counts only when its window lies within the data (``seen_to``).
    """
    chain = sorted(stays, key=lambda stay: stay.admitted)
    index = hits = 0
    for stay, later in zip(chain, [*chain[1:], None], strict=True):
        if stay.discharged + timedelta(days=days) > seen_to:
            continue
        index += 1
        if later and not later.planned and 0 <= (later.admitted - stay.discharged).days <= days:
            hits += 1
    return Readmissions(index, hits)


def day_set(stretches: Iterable[tuple[date, date]], within: tuple[date, date]) -> frozenset[date]:
    """The days covered by half-open ``[start, end)`` stretches, once each, inside ``within``."""
    start, end = within
    return frozenset(
        first + timedelta(days=i)
        for a, b in stretches
        for first in [max(a, start)]
        for i in range(max(0, (min(b, end) - first).days))
    )


def days_without(within: tuple[date, date], *states: Sequence[tuple[date, date]]) -> int:
    """Observed days on which none of ``states`` held: a union, since stays overlap."""
    gone: frozenset[date] = frozenset().union(*(day_set(state, within) for state in states))
    return (within[1] - within[0]).days - len(gone)
