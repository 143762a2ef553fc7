"""The one clock of the application, and the one day.

Decisions about access take the database's clock instead (SECURITY P07); this one
stamps *recorded-at* and serves pages. Rules never call it: time is their argument.

Moments are kept in UTC. A *day* (a term's end, a due date, the day of a decision) is the day that
the place has on its calendars: at nine in the evening in New York it is not tomorrow yet. The
database has the same day: ``guard.today()`` and ``guard.day_of(moment)``.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, tzinfo

_fixed: ContextVar[datetime | None] = ContextVar("fixed_clock", default=None)
_place: tzinfo = UTC


def keep_days_of(zone: tzinfo) -> None:
    """From now on days are those of ``zone``: the settings say it once, when the program starts."""
    global _place
    _place = zone


def place() -> tzinfo:
    """The zone whose days count here."""
    return _place


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _fixed.get() or datetime.now(UTC)


def day_of(moment: datetime, zone: tzinfo | None = None) -> date:
    """The day on which ``moment`` (aware) fell, as people of the place, or in ``zone``, write it."""
    return moment.astimezone(zone or _place).date()


def today(zone: tzinfo | None = None) -> date:
    """The present day as people of the place, or in ``zone``, write it."""
    return day_of(now(), zone)


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
