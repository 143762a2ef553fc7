"""Noting that a list showed people's names: one line a day in each person's log, for each worker."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import connection, transaction

from commonweal.foundation import audit
from commonweal.foundation.access import Actor
from commonweal.kernel.clock import today

_noted: dict[tuple[UUID, date, int], None] = {}
"""Pages whose readings this process has seen committed, so that turning back to one costs nothing."""
_KEPT = 2000


def _remember(page: tuple[UUID, date, int]) -> None:
    if len(_noted) >= _KEPT:
        _noted.clear()
    _noted[page] = None


def note_listed(person_ids: Iterable[UUID], what: str, *, by: Actor, because: str = "access.own") -> int:
    """Note ``what`` of these persons as read by ``by``, where today's list has not been noted yet."""
    wanted = sorted(dict.fromkeys(person_ids))
    if not wanted or by.account_id is None:
        return 0
    page = (by.account_id, today(), hash(tuple(wanted)))
    if page in _noted:
        return 0
    transaction.on_commit(lambda: _remember(page))
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into referrals_listreading (account_id, person_id, day) "
            "select %s, x, %s from unnest(%s::uuid[]) x "
            "on conflict (account_id, day, person_id) do nothing returning person_id",
            [by.account_id, today(), wanted],
        )
        fresh = [row[0] for row in cursor.fetchall()]
    for person_id in fresh:
        audit.note_read(by=by, person_id=person_id, what=what, because=because)
    return len(fresh)
