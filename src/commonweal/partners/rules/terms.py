"""How long someone may sit: terms, partial terms, limits, staggering. Pure.

"Two consecutive three-year terms" must say what a partial term is (DOMAIN §7.7). Unless the bylaws say
otherwise a term counts from its half on, and twelve months away begin the count anew.
"""

import calendar
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction

from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_
from commonweal.partners.shapes_seats import SeatRule, Stint

DEFAULT = SeatRule()
TOGETHER = timedelta(days=90)
"""Terms that end within this time of each other end together."""


def term_end(starts_on: date, months: int | None) -> date | None:
    """The first day after a term of so many months; None where the seat has no term.

    A term that would end on a day that the month does not have ends on the month's last day.
    """
    return None if months is None else _later(starts_on, months)


def _later(day: date, months: int) -> date:
    year, month = divmod(day.month - 1 + months, 12)
    year += day.year
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def terms_in(starts_on: date, until: date, months: int, counts_from: Fraction) -> int:
    """How many terms a time in a seat counts for: whole ones, and the last one from ``counts_from`` on."""
    if months < 1:
        raise ValueError("a term lasts at least a month")
    whole = 0
    while _later(starts_on, months * (whole + 1)) <= until:
        whole += 1
    begun, full = _later(starts_on, months * whole), _later(starts_on, months * (whole + 1))
    part = Fraction(max((until - begun).days, 0), (full - begun).days)
    return whole + (part > 0 and part >= counts_from)


def _joined(stints: Iterable[Stint]) -> list[Stint]:
    """Stints in order; one that was cut short and goes on the same day is one with the next."""
    found: list[Stint] = []
    for stint in sorted(stints, key=lambda s: s.starts_on):
        last = found[-1] if found else None
        if (
            last is not None
            and last.ended_on is not None
            and stint.starts_on <= last.ended_on
            and (last.term_ends_on is None or last.ended_on < last.term_ends_on)
        ):
            found[-1] = Stint(last.starts_on, stint.ended_on, stint.term_ends_on)
        else:
            found.append(stint)
    return found


def terms_served(stints: Sequence[Stint], months: int, on: date, rule: SeatRule = DEFAULT) -> int:
    """How many terms in a row someone has served by a day. A long enough break begins anew."""
    terms = 0
    before: date | None = None
    for stint in _joined(stints):
        if before is not None and stint.starts_on >= _later(before, rule.break_months):
            terms = 0
        until = min(stint.ended_on or on, on)
        terms += terms_in(stint.starts_on, until, months, rule.partial_counts_from)
        before = stint.ended_on
    if before is not None and on >= _later(before, rule.break_months):
        return 0
    return terms


def may_serve_again(
    stints: Sequence[Stint], months: int | None, at_most: int | None, on: date, rule: SeatRule = DEFAULT
) -> Verdict:
    """Whether someone may take a seat for another term."""
    if months is None or at_most is None:
        return allow("partners.term.no-limit", N_("The seat has no limit of terms."))
    served = terms_served(stints, months, on, rule)
    if served < at_most:
        return allow(
            "partners.term.within",
            N_("%(served)s of %(most)s terms are served."),
            served=served,
            most=at_most,
        )
    return deny(
        "partners.term.limit",
        N_("This person has served %(served)s terms in a row; the seat allows %(most)s."),
        N_("Seat someone else, or wait until they were away for %(months)s months."),
        served=served,
        most=at_most,
        months=rule.break_months,
    )


def staggered(starts_on: date, seats: int, months: int, groups: int) -> list[date]:
    """When the first terms of seats end so that not all change at once: in ``groups`` of like size.

    Nine seats of 36 months in three groups: three end after 12 months, three after 24, three after 36.
    """
    if groups < 1 or seats < 0 or months < groups:
        raise ValueError("as many groups as fit into a term")
    return [_later(starts_on, -(-months * (i % groups + 1) // groups)) for i in range(seats)]


def ending_together(ends: Iterable[date | None]) -> int:
    """The most terms that end within ninety days of each other."""
    days = sorted(day for day in ends if day is not None)
    return max((sum(first <= day < first + TOGETHER for day in days) for first in days), default=0)
