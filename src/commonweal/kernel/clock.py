"""The one clock of the application.

Decisions about access take the database's clock instead (SECURITY P07); this one
stamps *recorded-at* and serves pages. Rules never call it: time is their argument.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, tzinfo

_fixed: ContextVar[datetime | None] = ContextVar("fixed_clock", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _fixed.get() or datetime.now(UTC)


def today(zone: tzinfo = UTC) -> date:
    """The present date as people in ``zone`` write it."""
    return now().astimezone(zone).date()


def held() -> datetime | None:
    """The moment at which the clock is held (``at``), or None while it runs."""
    return _fixed.get()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Hold the clock at ``moment`` (aware) for this task: for seeds that write history, and for tests."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    token = _fixed.set(moment)
    try:
        yield
    finally:
        _fixed.reset(token)
