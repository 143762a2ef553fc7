"""When a figure may be told: maturity, run-out, quarters (DOMAIN §6.11, 6-T12)."""

from calendar import monthrange
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, TypeVar

from commonweal.kernel.periods import Month
from commonweal.measures.vocabulary import Grain

Case = TypeVar("Case")


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """A month or a quarter, by the first day of it."""

    first: date
    grain: Grain

    @property
    def months(self) -> tuple[Month, ...]:
        start = Month.of(self.first)
        return tuple(start.plus(i) for i in range(3 if self.grain is Grain.QUARTER else 1))

    @property
    def last(self) -> date:
        """The last day, inclusive."""
        return last_day(self.months[-1])

    @property
    def quarter(self) -> "Period":
        """The calendar quarter that holds this period."""
        return quarter_of(Month.of(self.first))

    def __str__(self) -> str:
        """``2026-07`` or ``2026-Q3``: stable names, also for files."""
        if self.grain is Grain.MONTH:
            return str(Month.of(self.first))
        return f"{self.first.year:04d}-Q{(self.first.month + 2) // 3}"


def parse(text: str) -> Period:
    """Read ``2026-07`` or ``2026-Q3``. Raises ValueError on anything else."""
    year, _, part = text.partition("-")
    if part.startswith("Q"):
        number = int(part[1:])
        if not 1 <= number <= 4:
            raise ValueError("a year has four quarters")
        return Period(date(int(year), number * 3 - 2, 1), Grain.QUARTER)
    return month(Month.parse(text))


def month(which: Month) -> Period:
    return Period(which.first, Grain.MONTH)


def quarter_of(which: Month) -> Period:
    return Period(date(which.year, (which.month - 1) // 3 * 3 + 1, 1), Grain.QUARTER)


def last_day(which: Month) -> date:
    return date(which.year, which.month, monthrange(which.year, which.month)[1])


def report_date(period: Period, maturity_days: int, run_out_days: int) -> date:
    """The day from which a period may be reported: its end, the time its youngest case needs, and
    the time that partners take to write things down."""
    return period.last + timedelta(days=maturity_days + run_out_days)


def reportable(
    first: Month, as_of: date, maturity_days: int, run_out_days: int
) -> tuple[tuple[Period, ...], tuple[Period, ...]]:
    """The months and the full quarters from ``first`` on that may be reported on ``as_of``."""
    months: list[Period] = []
    while report_date(month(first), maturity_days, run_out_days) <= as_of:
        months.append(month(first))
        first = first.next
    present = set(months)
    quarters = sorted({period.quarter for period in months})
    return tuple(months), tuple(q for q in quarters if all(month(m) in present for m in q.months))


@dataclass(frozen=True, slots=True)
class Matured(Generic[Case]):
    """Cases old enough to be judged, and how many were not."""

    cases: tuple[Case, ...]
    too_young: int


def matured(cases: Iterable[Case], began: Callable[[Case], date], as_of: date, days: int) -> Matured[Case]:
    """Part the cases that have had ``days`` days by ``as_of`` from the rest.

    A referral sent 29 days ago says nothing yet about help within 30 days; it is left out, and counted.
    """
    everyone = tuple(cases)
    old = tuple(case for case in everyone if began(case) + timedelta(days=days) <= as_of)
    return Matured(old, len(everyone) - len(old))


def unique_people(by_partner: Sequence[Iterable[object]]) -> int:
    """How many different people: the union over partners, never the sum of them (6-T10)."""
    return len({person for people in by_partner for person in people})
