"""How often organizations are asked: about room, and about their entries. Read from ``data/asking.toml``."""

import tomllib
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Pace:
    """How long to leave an organization alone, how long its links work, how many are asked at a time."""

    room_again: timedelta
    room_link: timedelta
    room_told: timedelta
    check_due: timedelta
    check_again: timedelta
    check_link: timedelta
    checks_each_day: int
    checks_at_once: int


def read_pace(text: str) -> Pace:
    """The pace that a file names. Raises KeyError for a missing number, ValueError for one that is none."""
    raw = tomllib.loads(text)
    room, check = raw["room"], raw["check"]
    pace = Pace(
        _days(room["again_days"]),
        _days(room["link_days"]),
        _days(room["told_days"]),
        _days(check["due_days"]),
        _days(check["again_days"]),
        _days(check["link_days"]),
        int(check["each_day"]),
        int(check["at_once"]),
    )
    if min(pace.checks_each_day, pace.checks_at_once) < 0:
        raise ValueError("fewer than none cannot be asked")
    return pace


def _days(number: int) -> timedelta:
    if number < 1:
        raise ValueError("a pace is at least one day")
    return timedelta(days=number)
