"""What was put on agendas and never talked about: each point with its reason, and how often by who put it.

Kinds only, never a name and never an organization: a body may have one hospital, and one point of it.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from commonweal.partners.models import AgendaItem
from commonweal.partners.queries.bodies import bodies
from commonweal.partners.vocabulary_meetings import PUT_BY_ORDER, ItemState, MeetingStage, PutBy


@dataclass(frozen=True, slots=True)
class PutOff:
    """A point that was put off or refused, in which meeting, when and why."""

    meeting_id: UUID
    body_name: str
    met_at: datetime | None
    title: str
    url: str
    put_by: PutBy
    is_refused: bool
    why: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of the points that one kind of people put: how many, talked about, put off, refused."""

    put_by: PutBy
    put: int
    done: int
    off: int
    refused: int


def _kind(row: AgendaItem) -> PutBy:
    if row.put_by_residents:
        return PutBy.RESIDENTS
    if row.put_by_member_id is not None:
        return PutBy.VOLUNTEERS
    return PutBy.OTHERS


def log(since: datetime, body_ids: Iterable[UUID] | None = None) -> tuple[list[PutOff], list[Fate]]:
    """Points put off or refused in meetings of open bodies since a moment, the latest first; and the counts
    of all points by who put them. Points of a meeting that was cancelled count with those put off."""
    known = {body.id for body in bodies() if not body.is_private}
    wanted = known if body_ids is None else known & set(body_ids)
    rows = AgendaItem.objects.select_related("meeting", "meeting__body").filter(
        meeting__body_id__in=wanted, recorded_at__gte=since
    )
    found: list[PutOff] = []
    counts: Counter[tuple[PutBy, str]] = Counter()
    for row in rows:
        kind, fate = _kind(row), _fate(row)
        counts[kind, "put"] += 1
        counts[kind, fate] += 1
        if fate in ("off", "refused"):
            found.append(_put_off(row, kind))
    found.sort(key=lambda one: one.at.timestamp() if one.at else 0.0, reverse=True)
    fates = [Fate(k, *(counts[k, n] for n in ("put", "done", "off", "refused"))) for k in PUT_BY_ORDER]
    return found, [one for one in fates if one.put]


def _fate(row: AgendaItem) -> str:
    if row.is_refused:
        return "refused"
    if row.state == ItemState.DEFERRED.value or row.meeting.stage == MeetingStage.CANCELLED.value:
        return "off"
    return "done" if row.state == ItemState.DONE.value else "open"


def _put_off(row: AgendaItem, kind: PutBy) -> PutOff:
    meeting = row.meeting
    return PutOff(
        meeting.pk,
        meeting.body.said("name"),
        meeting.starts_at,
        row.said("title"),
        row.url,
        kind,
        row.is_refused,
        row.deferred_why or meeting.cancelled_why,
        row.put_off_at or meeting.closed_at or meeting.starts_at or row.recorded_at,
    )
