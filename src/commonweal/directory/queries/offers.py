"""What the search form offers, and the public counts beside it: asked rarely, kept for some minutes."""

import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeVar

from django.db import connection
from django.db.models import Count

from commonweal.directory.models_search import UnmetWish
from commonweal.kernel.domains import NeedDomain

_KEEP_SECONDS = 300.0
_held: dict[str, tuple[float, object]] = {}
Value = TypeVar("Value")


def kept(name: str, ask: Callable[[], Value], seconds: float = _KEEP_SECONDS) -> Value:
    """What ``ask`` says, asked anew when the answer is older than ``seconds``."""
    held = _held.get(name)
    if held is None or time.monotonic() - held[0] > seconds:
        held = _held[name] = (time.monotonic(), ask())
    value: Value = held[1]  # type: ignore[assignment]
    return value


def forget() -> None:
    """Ask anew, after an edit or in tests."""
    _held.clear()


def spoken_languages() -> tuple[str, ...]:
    """The languages of the public directory, by a sample of its entries."""
    return kept("languages", _spoken)


def _spoken() -> tuple[str, ...]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select distinct code from (select unnest(languages) as code from directory_searchentry"
            " where visibility = 'public' limit 20000) sample order by code"
        )
        return tuple(row[0] for row in cursor)


SMALLEST_TOLD = 11
"""Counts of people from 1 to 10 are not told (DOMAIN §6.9)."""


def unmet_counts(since: date) -> tuple[tuple[NeedDomain, int], ...]:
    """The needs that people could not meet since a day, the most frequent first; none below eleven."""
    return kept(f"unmet {since}", lambda: _unmet(since))


def _unmet(since: date) -> tuple[tuple[NeedDomain, int], ...]:
    rows = UnmetWish.objects.filter(day__gte=since).values_list("domain").annotate(n=Count("id"))
    told = [(NeedDomain(domain), n) for domain, n in rows if n >= SMALLEST_TOLD]
    return tuple(sorted(told, key=lambda pair: (-pair[1], pair[0].value)))


def season_start(day: date) -> date:
    """The first day of the ninety that the public counts speak of."""
    return day - timedelta(days=90)
