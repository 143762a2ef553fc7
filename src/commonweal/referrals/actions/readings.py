"""Noting that a list showed people's names: one line a day in each person's log, for each worker."""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection

from commonweal.foundation import audit
from commonweal.foundation.access import Actor
from commonweal.kernel.clock import today


def note_listed(person_ids: Iterable[UUID], what: str, *, by: Actor, because: str = "access.own") -> int:
    """Note ``what`` of these persons as read by ``by``, where today's list has not been noted yet."""
    wanted = list(dict.fromkeys(person_ids))
    if not wanted or by.account_id is None:
        return 0
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
