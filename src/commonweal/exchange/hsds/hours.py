"""Opening hours as sources write them: ``9:00AM``, ``570`` minutes, ``24 hours``, ``Second Saturday``.

Pure functions. What is not a time or a weekday stays as words; nothing is guessed.
"""

import re
from dataclasses import dataclass

from commonweal.exchange.hsds.faults import Unreadable

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_NAMES = {
    "monday": 0, "mon": 0, "mondays": 0, "mo": 0, "m": 0,
    "tuesday": 1, "tues": 1, "tue": 1, "tuesdays": 1, "tu": 1,
    "wednesday": 2, "wed": 2, "weds": 2, "wednesdays": 2, "wendesday": 2, "we": 2, "w": 2,
    "thursday": 3, "thurs": 3, "thur": 3, "thu": 3, "thursdays": 3, "th": 3,
    "friday": 4, "fri": 4, "fridays": 4, "fr": 4, "f": 4,
    "saturday": 5, "sat": 5, "saturdays": 5, "sa": 5,
    "sunday": 6, "sun": 6, "sundays": 6, "su": 6,
}  # fmt: skip
_ORDINALS = {
    "first": "1", "1st": "1", "second": "2", "2nd": "2", "third": "3", "3rd": "3",
    "fourth": "4", "4th": "4", "fifth": "5", "5th": "5", "last": "-1",
}  # fmt: skip
_WHOLE_WEEK = frozenset({"daily", "every day", "everyday", "24-7", "24/7", "7 days a week", "all week"})
_RULE_DAY = re.compile(r"[-+]?\d{0,2}(?:MO|TU|WE|TH|FR|SA|SU)\Z")
_CLOCK = re.compile(
    r"(\d{1,2})(?:[:.](\d{2}))?(?:[:.](\d{2})(?:[.,]\d+)?)?\s*([ap])?\.?\s?(?:m\.?)?\s*"
    r"(Z|[+-]\d{2}:?\d{2})?\Z",
    re.IGNORECASE,
)
_AROUND_THE_CLOCK = re.compile(r"(?:24\s*(?:hours?|hrs?|h)|open 24 hours|24/7|24-7)\.?\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day: ``HH:MM:SS`` and the published offset from UTC in minutes, a hint only.

    ``all_day`` for *24 hours*; ``words`` for what is no time but may help a reader.
    """

    at: str = ""
    offset: int | None = None
    all_day: bool = False
    words: str = ""


def clock(cell: str) -> Clock:
    """Read a time. Raises Unreadable where digits were meant as a time and are none."""
    cell = cell.strip()
    if not cell:
        return Clock()
    if _AROUND_THE_CLOCK.match(cell):
        return Clock("00:00:00", all_day=True)
    if cell.isdigit() and len(cell) in (3, 4) and int(cell) <= 1440:
        return Clock(_minutes(int(cell)))  # minutes since midnight, as one vendor stores them
    if found := _CLOCK.match(cell):
        hour, minute, second = int(found[1]), int(found[2] or 0), int(found[3] or 0)
        if not found[2] and not found[4]:
            raise Unreadable("time")  # a bare number is no time
        hour = _of_half_day(hour, found[4])
        if hour == 24 and minute == second == 0:
            return Clock("23:59:00", _offset(found[5]))
        if hour > 23 or minute > 59 or second > 59:
            raise Unreadable("time")
        return Clock(f"{hour:02d}:{minute:02d}:{second:02d}", _offset(found[5]))
    if cell.lower() in ("noon", "midday"):
        return Clock("12:00:00")
    if cell.lower() == "midnight":
        return Clock("00:00:00")
    if any(c.isdigit() for c in cell) and not any(c.isalpha() for c in cell):
        raise Unreadable("time")
    return Clock(words=cell)


def _minutes(count: int) -> str:
    return "23:59:00" if count == 1440 else f"{count // 60:02d}:{count % 60:02d}:00"


def _of_half_day(hour: int, half: str | None) -> int:
    if not half or hour > 12:
        return hour
    return hour % 12 + (12 if half.lower() == "p" else 0)


def _offset(cell: str | None) -> int | None:
    if not cell:
        return None
    if cell in ("Z", "z"):
        return 0
    sign = -1 if cell[0] == "-" else 1
    return sign * (int(cell[1:3]) * 60 + int(cell[-2:]))


@dataclass(frozen=True, slots=True)
class Days:
    """Which days: RFC 5545 ``byday``, with the frequency and interval that the words imply."""

    byday: str = ""
    freq: str = ""
    interval: str = ""
    words: str = ""


def days(cell: str) -> Days:
    """Read weekdays in words or as a rule. What is not understood comes back as words."""
    whole = cell.strip()
    if not whole:
        return Days()
    if (rule := _as_rule(whole)) is not None:
        return rule
    core, _, aside = whole.partition("(")
    folded = re.sub(r"\b(?:of|each|every month|every|the|month)\b", " ", core.lower()).strip(" .,")
    folded = re.sub(r"\s+", " ", folded)
    if whole.lower() in _WHOLE_WEEK:
        return Days(",".join(_DAYS), "WEEKLY")
    if folded.startswith("other "):
        found = _list(folded[6:])
        return Days(found, "WEEKLY", "2", whole) if found else Days(words=whole)
    if monthly := _monthly(folded):
        return Days(monthly, "MONTHLY", words=whole)
    if found := _list(folded):
        return Days(found, "WEEKLY", words=whole if aside else "")
    return Days(words=whole)


def _as_rule(cell: str) -> Days | None:
    parts = [part.strip().upper() for part in cell.split(",")]
    if not all(_RULE_DAY.match(part) for part in parts):
        return None
    return Days(",".join(parts), "MONTHLY" if any(part[:-2] for part in parts) else "")


def _monthly(folded: str) -> str:
    words = re.split(r"[\s,&]+|\band\b", folded)
    words = [word for word in words if word]
    which = [_ORDINALS[word] for word in words[:-1] if word in _ORDINALS]
    if not which or len(which) != len(words) - 1 or words[-1] not in _NAMES:
        return ""
    return ",".join(ordinal + _DAYS[_NAMES[words[-1]]] for ordinal in which)


def _list(folded: str) -> str:
    chosen: set[int] = set()
    for part in re.split(r"[,&;/]|\band\b", folded.replace("–", "-").replace(" to ", "-")):
        ends = [end.strip() for end in part.split("-")]
        if not part.strip():
            continue
        if any(end not in _NAMES for end in ends) or len(ends) > 2:
            return ""
        first, last = _NAMES[ends[0]], _NAMES[ends[-1]]
        chosen |= {day % 7 for day in range(first, last + (7 if last < first else 0) + 1)}
    return ",".join(_DAYS[day] for day in sorted(chosen))
