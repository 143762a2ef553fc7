"""Acts on minutes: write a line and make what it says, strike one, keep a version, approve it."""

from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from commonweal.foundation import audit
from commonweal.foundation.access import Actor
from commonweal.foundation.bus import publish
from commonweal.kernel.clock import now
from commonweal.kernel.errors import BadInput, Conflict, NotFound
from commonweal.kernel.ids import new_id
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_
from commonweal.partners.actions import work
from commonweal.partners.actions.rooms import Gathering, check, gathering, said
from commonweal.partners.events_meetings import PromiseStruck, PromiseWritten
from commonweal.partners.models import AgendaItem, MinuteLine, MinutesVersion
from commonweal.partners.queries import meetings, ports_room
from commonweal.partners.queries.work import seat_name
from commonweal.partners.rules import minutes, presence
from commonweal.partners.shapes_room import Counted
from commonweal.partners.vocabulary_meetings import ItemState, LineKind, MeetingStage

RUNNING, CLOSED = MeetingStage.RUNNING, MeetingStage.CLOSED
LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Owned:
    """Who does it and by when. ``to_whom``: to whom a promise was said."""

    seat_id: UUID
    due_on: date
    to_whom: str = ""


@dataclass(frozen=True, slots=True)
class Motion:
    """A motion as it was put, and how many stood where. The text of the line is the motion, word by word."""

    mover: str
    seconder: str = ""
    yes: int = 0
    no: int = 0
    abstain: int = 0


@transaction.atomic
def write_line(
    meeting_id: UUID,
    *,
    by: Actor,
    kind: LineKind,
    words: str,
    item_id: UUID | None = None,
    owned: Owned | None = None,
    motion: Motion | None = None,
    why: str = "",
) -> UUID:
    """Write a line; an action or a promise comes into being with it, a motion with who was there.

    ``item_id`` None: the point that is being talked about. After the meeting it is a correction, needs its
    reason (``why``), and makes the next version. Raises Refused, BadInput.
    """
    found = gathering(meeting_id, RUNNING, CLOSED)
    because = found.check_run(by)
    text = said("words", words, LONGEST)
    item = _item(found, item_id)
    details, line_id = _details(found, kind, owned, motion), new_id()
    made = None
    if kind is LineKind.ACTION and owned is not None:
        made = work.written_down(found, owned.seat_id, text, owned.due_on, by=by)
    row = MinuteLine.objects.create(
        id=line_id,
        meeting=found.row,
        item=item,
        kind=kind.value,
        words=text,
        details=details,
        made=made or (line_id if kind is LineKind.PROMISE else None),
        recorded_by_id=by.account_id,
        occurred_at=now(),
    )
    if kind is LineKind.PROMISE and owned is not None:
        publish(
            PromiseWritten(
                row.pk, found.row.pk, found.body.id, owned.seat_id, text, owned.to_whom, owned.due_on
            )
        )
    audit.record(
        "minutes.line-written",
        by=by,
        subject=("meeting", found.row.pk),
        words=N_("Wrote a line of the minutes."),
        because=because.rule,
    )
    _correct(found, by, why)
    return row.pk


def _item(found: Gathering, item_id: UUID | None) -> AgendaItem | None:
    rows = AgendaItem.objects.filter(meeting=found.row)
    if item_id is None:
        return rows.filter(state=ItemState.CURRENT.value).first()
    row = rows.filter(pk=item_id).first()
    if row is None:
        raise NotFound("item")
    return row


def _details(
    found: Gathering, kind: LineKind, owned: Owned | None, motion: Motion | None
) -> dict[str, object]:
    if kind is LineKind.NOTE:
        return {}
    if kind is LineKind.MOTION:
        if motion is None:
            raise BadInput("mover", N_("Say who made the motion."))
        said("mover", motion.mover)
        there = meetings.there(found.row.pk)
        said_by_bylaws = ports_room.quorum(found.body, there)
        quorum = presence.quorum_now(
            meetings.chairs(found.seats), there, said_by_bylaws.needed if said_by_bylaws else None
        )
        here = {"here": quorum.here, "needed": quorum.needed, "residents": quorum.residents}
        return {**asdict(motion), **here}
    if owned is None:
        raise BadInput("seat", N_("Say who does it, and by when."))
    if kind is LineKind.PROMISE:
        said("to_whom", owned.to_whom)
        if found.body.is_private:
            raise BadInput("kind", N_("A promise is public. Say it in a body that meets in the open."))
    seat = found.seat(owned.seat_id)
    who = seat.holder.name if seat.holder else ""
    return {
        "seat": str(seat.id),
        "owner": who or seat_name(seat),
        "due_on": owned.due_on.isoformat(),
        "to_whom": owned.to_whom,
    }


@transaction.atomic
def became(line_id: UUID, question_id: UUID, *, by: Actor) -> None:
    """Keep in the minutes which question a motion became. Once and for all; striking the line later takes
    nothing back that was asked. Raises Refused, NotFound, Conflict where it became one before."""
    row = MinuteLine.objects.filter(pk=line_id, kind=LineKind.MOTION.value, struck_at=None).first()
    if row is None:
        raise NotFound("line")
    found = gathering(row.meeting_id, RUNNING, CLOSED)
    because = found.check_run(by)
    if MinuteLine.objects.get(pk=line_id).made is not None:
        raise Conflict("This motion is a question already.")
    row.made = question_id
    row.save(update_fields=["made"])
    audit.record(
        "minutes.motion-became",
        by=by,
        subject=("meeting", found.row.pk),
        words=N_("A motion became a question."),
        details={"question": str(question_id)},
        because=because.rule,
    )


@transaction.atomic
def write_vote(meeting_id: UUID, counted: Counted, *, by: Actor) -> UUID:
    """Write a vote that was held and counted in this meeting into its minutes, under the point that it was
    about. Once for each question and result. Raises Refused, NotFound, Conflict after the meeting."""
    found = gathering(meeting_id, RUNNING)
    because = found.check_run(by)
    told = {
        "number": counted.number,
        "url": counted.url,
        "result": counted.result,
        "decision": counted.decision,
    }
    numbers = {"yes": counted.yes, "no": counted.no, "abstain": counted.abstain}
    items = AgendaItem.objects.filter(meeting=found.row)
    item = items.filter(ref=f"proposal:{counted.question_id}").first() or _item(found, None)
    row = MinuteLine.objects.create(
        meeting=found.row,
        item=item,
        kind=LineKind.MOTION.value,
        words=said("words", counted.words, LONGEST),
        details={"vote": {**told, **numbers}},
        made=counted.question_id,
        recorded_by_id=by.account_id,
        occurred_at=now(),
    )
    audit.record(
        "minutes.vote-written",
        by=by,
        subject=("meeting", found.row.pk),
        words=N_("Wrote the result of a vote into the minutes."),
        details={"question": counted.number},
        because=because.rule,
    )
    return row.pk


def _correct(found: Gathering, by: Actor, why: str) -> None:
    """What is written after the meeting makes the next version, with its reason."""
    if found.row.stage == CLOSED.value:
        keep_version(found, by=by, why=said("why", why))


@transaction.atomic
def strike_line(line_id: UUID, *, by: Actor, why: str) -> None:
    """Strike a line with its reason. The action that it made is dropped, the promise withdrawn.

    Struck already: nothing changes.
    """
    named = MinuteLine.objects.filter(pk=line_id).values_list("meeting_id", flat=True).first()
    if named is None:
        raise NotFound("line")
    found = gathering(named, RUNNING, CLOSED)
    because = found.check_run(by)
    row = MinuteLine.objects.get(pk=line_id)
    check(_may_strike(row))
    if row.struck_at is not None:
        return
    row.struck_at, row.struck_why = now(), said("why", why)
    row.save(update_fields=["struck_at", "struck_why"])
    if row.kind == LineKind.ACTION.value and row.made is not None:
        work.dropped_with_its_line(row.made, row.struck_why, by=by)
    if row.kind == LineKind.PROMISE.value:
        publish(PromiseStruck(row.pk, row.struck_why))
    audit.record(
        "minutes.line-struck",
        by=by,
        subject=("meeting", found.row.pk),
        words=N_("Struck a line of the minutes."),
        because=because.rule,
    )
    _correct(found, by, why)


def _may_strike(row: MinuteLine) -> Verdict:
    """What was counted is no wording that somebody could take back."""
    if "vote" in row.details:
        return deny(
            "minutes.strike.vote",
            N_("A vote that was counted stays in the minutes."),
            N_("Write a note beside it."),
        )
    return allow("minutes.strike.line", N_("A line is struck with its reason."))


def keep_version(found: Gathering, *, by: Actor, why: str = "") -> int:
    """Keep the minutes as they stand now as the next version; returns its number."""
    shape = meetings.meeting(found.row.pk)
    if shape is None:
        raise NotFound("meeting")
    names: dict[object, str] = {seat.id: seat_name(seat) for seat in found.seats}
    content = minutes.composed(
        shape,
        meetings.presences(shape.id),
        meetings.items(shape),
        meetings.lines(shape.id),
        names,
    )
    number = MinutesVersion.objects.filter(meeting=found.row).count() + 1
    MinutesVersion.objects.create(
        meeting=found.row,
        version=number,
        content=content,
        digest=minutes.digest(content),
        why=why,
        recorded_by_id=by.account_id,
        recorded_at=now(),
    )
    audit.record(
        "minutes.kept",
        by=by,
        subject=("meeting", found.row.pk),
        words=N_("Kept a version of the minutes."),
        details={"version": number},
    )
    return number


@transaction.atomic
def approve_minutes(meeting_id: UUID, version: int, *, by: Actor, in_meeting: UUID) -> None:
    """Approve the latest version of an earlier meeting's minutes, in a meeting of the same body that runs.

    Raises Conflict when there is a newer version, or it is approved already.
    """
    now_in = gathering(in_meeting, RUNNING)
    because = now_in.check_run(by)
    rows = MinutesVersion.objects.select_for_update().filter(
        meeting_id=meeting_id, meeting__body_id=now_in.row.body_id
    )
    last = rows.exclude(meeting=now_in.row).order_by("-version").first()
    if last is None:
        raise NotFound("minutes")
    if last.version != version or last.approved_at is not None:
        raise Conflict("There is a newer version, or these are approved.")
    last.approved_in, last.approved_at = now_in.row, now()
    last.save(update_fields=["approved_in", "approved_at"])
    audit.record(
        "minutes.approved",
        by=by,
        subject=("meeting", meeting_id),
        words=N_("Approved minutes."),
        details={"version": version},
        because=because.rule,
    )
