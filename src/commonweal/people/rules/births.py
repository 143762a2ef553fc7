"""Birth dates as people know them: a day, a month, a year, or nothing; and how two of them compare."""

from dataclasses import dataclass
from datetime import date

from commonweal.people.vocabulary import DatePrecision


@dataclass(frozen=True, slots=True)
class Birth:
    """A birth date and how much of it is known. Months and days that are not known are 1 in ``day``."""

    day: date | None
    precision: DatePrecision = DatePrecision.DAY

    @property
    def known(self) -> bool:
        return self.day is not None and self.precision is not DatePrecision.UNKNOWN

    @property
    def exact(self) -> bool:
        """Whether the day is evidence: January 1 is what many registers write for *some day that year*."""
        return (
            self.day is not None
            and self.precision is DatePrecision.DAY
            and (self.day.month, self.day.day) != (1, 1)
        )


NO_BIRTH = Birth(None, DatePrecision.UNKNOWN)


def read_birth(text: str, today: date) -> Birth:
    """A birth date from ``1962-03-04``, ``3/4/1962``, ``1962-03`` or ``1962``; empty text is not known.

    Raises ValueError with plain words on a date that does not exist, is in the future, or before 1890.
    """
    parts = [part for part in text.strip().replace("/", "-").replace(".", "-").split("-") if part]
    if not parts:
        return NO_BIRTH
    if not all(part.isascii() and part.isdigit() for part in parts) or len(parts) > 3:
        raise ValueError("not a date")
    numbers = [int(part) for part in parts]
    if len(numbers) == 3 and len(parts[0]) != 4:  # month first, as the United States write it
        numbers = [numbers[2], numbers[0], numbers[1]]
    if len(numbers) == 2 and len(parts[0]) != 4:
        numbers = [numbers[1], numbers[0]]
    day = date(*[*numbers, 1, 1][:3])
    if day > today:
        raise ValueError("in the future")
    if day.year < 1890:
        raise ValueError("too long ago")
    return Birth(day, (DatePrecision.YEAR, DatePrecision.MONTH, DatePrecision.DAY)[len(numbers) - 1])


def swapped(one: date, other: date) -> bool:
    """Whether day and month changed places."""
    return (one.year, one.month, one.day) == (other.year, other.day, other.month) and one != other


def one_digit_off(one: date, other: date) -> bool:
    """Whether exactly one digit of the eight differs."""
    return sum(a != b for a, b in zip(f"{one:%Y%m%d}", f"{other:%Y%m%d}", strict=True)) == 1


def years_apart(one: date, other: date) -> float:
    return abs((one - other).days) / 365.2425
