"""Room as it may be said now."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from commonweal.directory.models import Service
from commonweal.directory.models_search import CapacityReport
from commonweal.directory.rules.room import ask_again_words, room_at, room_words
from commonweal.directory.shapes_search import CapacityNow
from commonweal.directory.vocabulary import Capacity


def rooms(service_ids: Iterable[UUID], at: datetime, today: date) -> dict[UUID, CapacityNow]:
    """The room of each service at a moment; unknown for ids that are none."""
    ids = list(service_ids)
    told = {row.id: row for row in Service.objects.filter(id__in=ids).only("capacity", "capacity_at")}
    reports = {
        (r.service_id, r.occurred_at): r
        for r in CapacityReport.objects.filter(
            service_id__in=ids, occurred_at__in=[row.capacity_at for row in told.values() if row.capacity_at]
        ).order_by("recorded_at")
    }
    return {id_: _room(id_, told.get(id_), reports, at, today) for id_ in ids}


def _room(
    service_id: UUID,
    row: Service | None,
    reports: dict[tuple[UUID, datetime], CapacityReport],
    at: datetime,
    today: date,
) -> CapacityNow:
    if row is None:
        return CapacityNow(
            service_id, Capacity.UNKNOWN, Capacity.UNKNOWN, None, None, None, room_words(Capacity.UNKNOWN)
        )
    report = reports.get((service_id, row.capacity_at)) if row.capacity_at else None
    until = report.until if report else None
    available = report.available if report else None
    told = Capacity(row.capacity)
    waiting = report.waiting if report else None
    state = room_at(told, row.capacity_at, until, at, today)
    words = room_words(state, until, available, waiting)
    if told is Capacity.UNKNOWN and until:
        if until >= today:
            words = ask_again_words(until)
        else:
            until = None
    return CapacityNow(service_id, state, told, row.capacity_at, until, available, words, waiting)
