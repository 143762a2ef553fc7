"""Reading who answers for what: of a body, of an initiative, one activity with its history."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from commonweal.governance.models import Activity, ActivityPart
from commonweal.governance.queries import obligations
from commonweal.governance.shapes_activities import ActivityShape, HandShape
from commonweal.governance.vocabulary_obligations import Part
from commonweal.partners import facade as partners

ORDER = tuple(Part)


def of_bodies(body_ids: Iterable[UUID]) -> list[ActivityShape]:
    """What is done for bodies now, also what has ended: last."""
    return _shapes(Activity.objects.filter(body_id__in=set(body_ids)))


def of_initiative(initiative_id: UUID) -> list[ActivityShape]:
    """What is done for an initiative now."""
    return _shapes(Activity.objects.filter(initiative_id=initiative_id, ended_on=None))


def one(activity_id: UUID) -> ActivityShape | None:
    """One activity."""
    return next(iter(_shapes(Activity.objects.filter(pk=activity_id))), None)


def _shapes(rows: QuerySet[Activity]) -> list[ActivityShape]:
    found = list(rows.select_related("body", "initiative").order_by("recorded_at", "id"))
    parts = list(ActivityPart.objects.filter(activity__in=[row.pk for row in found]))
    hands = _hands(parts)
    now: dict[UUID, list[HandShape]] = defaultdict(list)
    before: dict[UUID, list[HandShape]] = defaultdict(list)
    for part in parts:
        (before if part.ended_on else now)[part.activity_id].append(hands[part.pk])
    owed = obligations.of_activities(row.pk for row in found)
    shapes = [
        ActivityShape(
            id=row.pk,
            words=row.words,
            body_id=row.body_id,
            body_slug=row.body.slug,
            body_name=row.body.said("name"),
            initiative=row.initiative.title if row.initiative else "",
            initiative_slug=row.initiative.slug if row.initiative else "",
            hands=tuple(sorted(now[row.pk], key=lambda h: (ORDER.index(h.part), h.name))),
            before=tuple(sorted(before[row.pk], key=lambda h: str(h.ended_on), reverse=True)),
            owed=tuple(owed.get(row.pk, ())),
            ended_on=row.ended_on,
            ended_why=row.ended_why,
        )
        for row in found
    ]
    return sorted(shapes, key=lambda s: s.ended_on is not None)


def _hands(parts: list[ActivityPart]) -> dict[UUID, HandShape]:
    seats = partners.seats_by_id(p.seat_id for p in parts if p.seat_id)
    known = partners.partners(p.partner_id for p in parts if p.partner_id)
    found = {}
    for row in parts:
        seat = seats.get(row.seat_id) if row.seat_id else None
        partner = known.get(row.partner_id) if row.partner_id else None
        found[row.pk] = HandShape(
            id=row.pk,
            part=Part(row.part),
            key=f"seat:{row.seat_id}" if row.seat_id else f"partner:{row.partner_id}",
            name=partners.seat_said(seat) if seat else (partner.name if partner else ""),
            holder=seat.holder.name if seat and seat.holder else "",
            is_vacant=bool(seat and (seat.holder is None or seat.ends_on)),
            starts_on=row.starts_on,
            ended_on=row.ended_on,
            ended_why=row.ended_why,
            author=row.author_name,
        )
    return found
