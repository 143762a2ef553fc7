"""Reading meetings. What a private body says is left out by the database for everyone outside it."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from commonweal.kernel.clock import now
from commonweal.partners.models import (
    AgendaItem,
    Meeting,
    MeetingRole,
    MinuteLine,
    MinutesVersion,
    Presence,
    Turn,
)
from commonweal.partners.rules import presence
from commonweal.partners.shapes import SeatShape
from commonweal.partners.shapes_meetings import (
    ItemShape,
    LineShape,
    MeetingShape,
    PartShape,
    PresenceShape,
    TurnShape,
    VersionShape,
)
from commonweal.partners.vocabulary_meetings import (
    ItemState,
    LineKind,
    MeetingPart,
    MeetingStage,
    Offer,
)

AFTER = timedelta(hours=6)
"""A meeting that nobody opened is still shown as the next one for so long."""


def shapes_of(rows: QuerySet[Meeting]) -> list[MeetingShape]:
    """Meetings as they cross the door, with their parts; two queries."""
    found = list(rows.select_related("body"))
    parts: dict[UUID, list[PartShape]] = defaultdict(list)
    for one in MeetingRole.objects.filter(meeting__in=[m.pk for m in found]):
        parts[one.meeting_id].append(PartShape(MeetingPart(one.part), one.seat_id, one.name))
    order = list(MeetingPart)
    return [_shape(row, tuple(sorted(parts[row.pk], key=lambda p: order.index(p.part)))) for row in found]


def _shape(row: Meeting, parts: tuple[PartShape, ...]) -> MeetingShape:
    return MeetingShape(
        id=row.id,
        body_id=row.body_id,
        body_name=row.body.said("name"),
        body_slug=row.body.slug,
        is_private=row.body.is_private,
        title=row.title,
        purpose=row.purpose,
        starts_at=row.starts_at,
        minutes=row.minutes,
        prep_minutes=row.prep_minutes,
        place=row.place,
        online_url=row.online_url,
        offers=tuple(Offer(one) for one in row.offers),
        languages=tuple(row.languages),
        stipend_cents=row.stipend_cents,
        stage=MeetingStage(row.stage),
        noticed_at=row.noticed_at,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        cancelled_why=row.cancelled_why,
        sequence=row.sequence,
        parts=parts,
    )


def meeting(meeting_id: UUID) -> MeetingShape | None:
    """One meeting, or None: unknown, or of a closed room."""
    return next(iter(shapes_of(Meeting.objects.filter(pk=meeting_id))), None)


def meetings(body_ids: Iterable[UUID] | None = None) -> list[MeetingShape]:
    """All meetings of these bodies (None: of all), the latest first; those without a time before all."""
    rows = Meeting.objects.all()
    if body_ids is not None:
        rows = rows.filter(body_id__in=set(body_ids))
    return sorted(shapes_of(rows), key=lambda m: (m.starts_at is not None, _ago(m)))


def _ago(shape: MeetingShape) -> float:
    return -shape.starts_at.timestamp() if shape.starts_at else 0.0


def to_come(body_ids: Iterable[UUID] | None = None) -> list[MeetingShape]:
    """Meetings that run or are called, the next first."""
    stages = [MeetingStage.CALLED.value, MeetingStage.RUNNING.value]
    rows = Meeting.objects.filter(
        Q(stage=MeetingStage.RUNNING.value) | Q(starts_at__gt=now() - AFTER), stage__in=stages
    )
    if body_ids is not None:
        rows = rows.filter(body_id__in=set(body_ids))
    return shapes_of(rows.order_by("starts_at"))


def held(since: datetime, body_ids: Iterable[UUID] | None = None) -> list[MeetingShape]:
    """Meetings that were opened and closed since a moment, the oldest first."""
    rows = Meeting.objects.filter(stage=MeetingStage.CLOSED.value, closed_at__gte=since)
    if body_ids is not None:
        rows = rows.filter(body_id__in=set(body_ids))
    return shapes_of(rows.order_by("closed_at"))


def before(shape: MeetingShape) -> list[MeetingShape]:
    """Earlier meetings of the same body that are closed, the latest first."""
    rows = Meeting.objects.filter(body_id=shape.body_id, stage=MeetingStage.CLOSED.value)
    if shape.starts_at is not None:
        rows = rows.filter(starts_at__lt=shape.starts_at)
    return shapes_of(rows.order_by("-starts_at"))


def items(shape: MeetingShape) -> list[ItemShape]:
    """The agenda in its order, each point with the minute for which it is planned."""
    at = shape.opened_at or shape.starts_at
    found = []
    for row in AgendaItem.objects.filter(meeting_id=shape.id):
        found.append(_item(row, at))
        if at is not None and row.state != ItemState.DEFERRED.value:
            at += timedelta(minutes=row.minutes)
    return found


def item(item_id: UUID) -> ItemShape | None:
    """One point on an agenda."""
    row = AgendaItem.objects.filter(pk=item_id).first()
    return _item(row, None) if row else None


def _item(row: AgendaItem, planned_at: datetime | None) -> ItemShape:
    return ItemShape(
        id=row.id,
        meeting_id=row.meeting_id,
        place=row.place,
        title=row.said("title"),
        words=row.words,
        minutes=row.minutes,
        ref=row.ref,
        url=row.url,
        put_by_seat_id=row.put_by_seat_id,
        put_by_residents=row.put_by_residents,
        state=ItemState(row.state),
        started_at=row.started_at,
        ended_at=row.ended_at,
        seconds_before=row.seconds_before,
        deferred_why=row.deferred_why,
        planned_at=planned_at,
        is_refused=row.is_refused,
        put_by_roster=row.put_by_member_id is not None,
    )


def presences(meeting_id: UUID) -> list[PresenceShape]:
    """Who came and left when."""
    return [
        PresenceShape(p.id, p.seat_id, p.name, p.is_remote, p.came_at, p.left_at)
        for p in Presence.objects.filter(meeting_id=meeting_id)
    ]


def stays(meeting_ids: Iterable[UUID]) -> dict[UUID, list[presence.Stay]]:
    """Stays by meeting, for counting."""
    found: dict[UUID, list[presence.Stay]] = defaultdict(list)
    for p in Presence.objects.filter(meeting__in=set(meeting_ids)):
        found[p.meeting_id].append(presence.Stay(p.seat_id, p.came_at, p.left_at))
    return found


def turns(meeting_id: UUID, residents: frozenset[UUID] = frozenset()) -> list[TurnShape]:
    """Raised hands and who spoke, as they were asked for; withdrawn hands are left out."""
    rows = list(Turn.objects.filter(meeting_id=meeting_id, withdrawn_at=None))
    spoken = {r.seat_id for r in rows if r.started_at is not None and r.seat_id}
    return [
        TurnShape(
            t.id,
            t.seat_id,
            t.item_id,
            t.name,
            t.seat_id in residents,
            t.asked_at,
            t.started_at,
            t.ended_at,
            spoke_before=t.seat_id in spoken and t.started_at is None,
        )
        for t in rows
    ]


def lines(meeting_id: UUID) -> list[LineShape]:
    """The lines of the minutes as they were written, struck ones included."""
    return [_line(row) for row in MinuteLine.objects.filter(meeting_id=meeting_id)]


def line(line_id: UUID) -> tuple[LineShape, MeetingShape] | None:
    """A line that stands, with its meeting; None: unknown, struck, or of a closed room."""
    row = MinuteLine.objects.filter(pk=line_id, struck_at=None).first()
    shape = meeting(row.meeting_id) if row else None
    return (_line(row), shape) if row and shape else None


def _line(r: MinuteLine) -> LineShape:
    return LineShape(
        r.id,
        r.item_id,
        LineKind(r.kind),
        r.words,
        r.details,
        r.made,
        r.occurred_at,
        r.struck_at,
        r.struck_why,
    )


def versions(meeting_id: UUID) -> list[VersionShape]:
    """Every version of the minutes, the first first."""
    return [_version(row) for row in MinutesVersion.objects.filter(meeting_id=meeting_id)]


def _version(row: MinutesVersion) -> VersionShape:
    return VersionShape(
        row.meeting_id,
        row.version,
        row.content,
        row.digest,
        row.why,
        row.recorded_at,
        row.approved_at,
        row.approved_in_id,
    )


def to_approve(shape: MeetingShape) -> list[VersionShape]:
    """The latest version of each earlier meeting's minutes that nobody has approved yet, oldest first."""
    rows = MinutesVersion.objects.filter(meeting__body_id=shape.body_id).exclude(meeting_id=shape.id)
    latest: dict[UUID, MinutesVersion] = {}
    for row in rows.order_by("meeting__starts_at", "version"):
        latest[row.meeting_id] = row
    return [_version(row) for row in latest.values() if row.approved_at is None]


def chairs(seats: Iterable[SeatShape]) -> list[presence.Chair]:
    """Filled seats, as a quorum sees them: one vote for an organization and for those it controls."""
    return [
        presence.Chair(s.id, s.unit or s.voter_id, s.has_vote, s.is_resident, s.holder.authority)
        for s in seats
        if s.holder
    ]


def there(meeting_id: UUID, moment: datetime | None = None) -> frozenset[UUID]:
    """The seats that are there at a moment, by default now."""
    return presence.there_at(stays([meeting_id])[meeting_id], moment or now())
