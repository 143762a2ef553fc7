"""Needs as far as the current actor may see them, in batches."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from commonweal.foundation.access import current_actor
from commonweal.foundation.access.vocabulary import Segment
from commonweal.kernel.domains import NeedDomain
from commonweal.screening.access import hides
from commonweal.screening.models import Need, NeedMove
from commonweal.screening.shapes import NeedMoveShape, NeedShape
from commonweal.screening.vocabulary import LIVE_NEEDS, NeedStatus, Urgency


def needs(ids: Iterable[UUID]) -> dict[UUID, NeedShape]:
    """Needs by id; those hidden from the current actor are left out."""
    return {need.id: need for need in _seen(Need.objects.filter(id__in=list(ids)))}


def needs_of(person_id: UUID) -> list[NeedShape]:
    """All needs of a person, the newest wish first."""
    return needs_of_many([person_id]).get(person_id, [])


def needs_of_many(person_ids: Iterable[UUID]) -> dict[UUID, list[NeedShape]]:
    """Needs by person, the newest wish first, in one query."""
    rows = Need.objects.filter(person_id__in=list(person_ids)).order_by("-wanted_at", "id")
    grouped: dict[UUID, list[NeedShape]] = defaultdict(list)
    for need in _seen(rows):
        grouped[need.person_id].append(need)
    return dict(grouped)


def live_of_partner(partner_id: UUID, limit: int = 50) -> list[NeedShape]:
    """Needs that a partner holds and that wait, urgent ones first, then the longest waiting."""
    rows = Need.objects.filter(holder_id=partner_id, status=NeedStatus.OPEN.value)
    return _seen(rows.order_by("-urgency", "wanted_at", "id")[:limit])


def live_need_in(person_id: UUID, holder_id: UUID, domain: NeedDomain) -> Need | None:
    """The row of the one live need that a holder may have in a domain, locked."""
    return (
        Need.objects.select_for_update()
        .filter(
            person_id=person_id,
            holder_id=holder_id,
            domain=domain.value,
            status__in=[status.value for status in LIVE_NEEDS],
        )
        .first()
    )


def moves_of(need_id: UUID) -> list[NeedMoveShape]:
    """The history of one need, oldest first."""
    actor = current_actor()
    rows = NeedMove.objects.filter(need_id=need_id).order_by("occurred_at", "recorded_at")
    return [_move(row) for row in rows if not hides(actor, Segment(row.segment), row.topic)]


def need_of(row: Need) -> NeedShape:
    """A stored need as a shape."""
    return NeedShape(
        id=row.id,
        person_id=row.person_id,
        holder_id=row.holder_id,
        domain=NeedDomain(row.domain),
        segment=Segment(row.segment),
        status=NeedStatus(row.status),
        urgency=Urgency(row.urgency),
        wanted_at=row.wanted_at,
        recorded_at=row.recorded_at,
        status_since=row.status_since,
        reason=row.reason,
        screening_id=row.response_id,
    )


def _seen(rows: Iterable[Need]) -> list[NeedShape]:
    actor = current_actor()
    return [need_of(row) for row in rows if not hides(actor, Segment(row.segment), row.topic)]


def _move(row: NeedMove) -> NeedMoveShape:
    return NeedMoveShape(
        need_id=row.need_id,
        before=NeedStatus(row.before) if row.before else None,
        after=NeedStatus(row.after),
        occurred_at=row.occurred_at,
        recorded_at=row.recorded_at,
        by_name=row.by_name,
        reason=row.reason,
    )
