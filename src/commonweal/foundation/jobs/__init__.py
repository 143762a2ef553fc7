"""Work for later, queued in PostgreSQL in the same transaction as the act that asks for it.

Owns: the names of jobs and their timetable.
Offers: ``job``, ``defer``.
Leans on: procrastinate.
Never: loses a job that was committed; a job is safe to run twice.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from procrastinate.contrib.django import app as _app
from procrastinate.types import TimeDeltaParams

Work = TypeVar("Work", bound=Callable[..., None])

_names: dict[Callable[..., None], str] = {}


def job(*, name: str, cron: str | None = None, retry: int = 5) -> Callable[[Work], Work]:
    """Register a function as a job. ``cron`` (UTC) also runs it on a timetable, with ``timestamp=``."""

    def register(work: Work) -> Work:
        task = _app.task(work, name=name, retry=retry, queue="default")
        if cron:
            _app.periodic(cron=cron)(task)
        _names[work] = name
        return work

    return register


def defer(work: Callable[..., None], **arguments: Any) -> None:
    """Queue ``work`` with JSON-ready arguments; it runs after this transaction commits, or never."""
    defer_by_name(_names[work], **arguments)


def defer_by_name(name: str, wait: timedelta | None = None, /, **arguments: Any) -> None:
    """``defer`` for a lower room that cannot import the job's function; ``wait``: not before then."""
    later: TimeDeltaParams | None = {"seconds": int(wait.total_seconds())} if wait else None
    _app.configure_task(name, queue="default", schedule_in=later).defer(**arguments)


def run_waiting() -> None:
    """Run everything that waits now, in this process, then return: for tests and the demo seed."""
    _app.run_worker(wait=False, install_signal_handlers=False, listen_notify=False, delete_jobs="successful")
