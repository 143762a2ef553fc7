"""The clock: within how many days an input gets a first answer, and who has waited longer."""

from collections.abc import Iterable
from datetime import datetime, timedelta

Wait = tuple[datetime, datetime | None]
"""When it was said, and when it was first answered (None: not yet)."""


def is_late(wait: Wait, days: int, now: datetime) -> bool:
    """Nobody has answered, and the time is over. An answer that came late is an answer."""
    said, answered = wait
    return answered is None and now - said > timedelta(days=days)


def late(waits: Iterable[Wait], days: int, now: datetime) -> tuple[int, int]:
    """How many wait past the clock, and the longest of these waits in whole days (0: none).

    >>> late([], 21, datetime(2026, 11, 1))
    (0, 0)
    """
    found = [now - said for said, answered in waits if is_late((said, answered), days, now)]
    return len(found), max((wait.days for wait in found), default=0)
