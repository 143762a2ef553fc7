"""Stretches of time, half-open ``[start, end)`` (DOMAIN §0.2 rule 3)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo


@dataclass(frozen=True, slots=True)
class Interval:
    """From ``start`` up to, not including, ``end``; ``None`` is open."""

    start: datetime | None
    end: datetime | None

    def __contains__(self, moment: datetime) -> bool:
        return (self.start is None or self.start <= moment) and (self.end is None or moment < self.end)


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """A calendar month."""

    year: int
    month: int

    @classmethod
    def of(cls, day: date) -> "Month":
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> "Month":
        """Read ``2026-10``. Raises ValueError on anything else."""
        year, month = text.split("-")
        return cls.of(date(int(year), int(month), 1))

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def next(self) -> "Month":
        return self.plus(1)

    def plus(self, months: int) -> "Month":
        count = self.year * 12 + self.month - 1 + months
        return Month(count // 12, count % 12 + 1)

    def bounds(self, zone: tzinfo) -> tuple[datetime, datetime]:
        """The first instant of the month and of the next, as people in ``zone`` live it."""
        return (
            datetime(self.year, self.month, 1, tzinfo=zone),
            datetime(self.next.year, self.next.month, 1, tzinfo=zone),
        )


def working_days_after(start: date, days: int, holidays: frozenset[date] = frozenset()) -> date:
    """The date ``days`` working days (Monday to Friday, no holiday) after ``start``."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in holidays:
            days -= 1
    return day
