"""Acts before a meeting: call it, ask who could come, set its time, move it, cancel it, give out parts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from commonweal.foundation import audit
from commonweal.foundation.access import Actor
from commonweal.kernel.clock import now
from commonweal.kernel.errors import BadInput, NotFound
from commonweal.kernel.verdict import Verdict
from commonweal.kernel.words import N_
from commonweal.partners import access_meetings as access
from commonweal.partners import queries
from commonweal.partners.actions import arranging, inviting
from commonweal.partners.actions.rooms import Gathering, body_of, check, gathering, said
from commonweal.partners.models import Meeting, MeetingRole, SeatNeeds, Slot, SlotAnswer
from commonweal.partners.vocabulary_meetings import Coming, Could, MeetingPart, MeetingStage, Offer

CHOOSING, CALLED, RUNNING = MeetingStage.CHOOSING, MeetingStage.CALLED, MeetingStage.RUNNING
SHORTEST, LONGEST = 5, 720


@dataclass(frozen=True, slots=True)
class Place:
    """When and where, and what makes it possible to come."""

    starts_at: datetime
    place: str = ""
    offers: tuple[Offer, ...] = ()
    languages: tuple[str, ...] = ()
    online_url: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a meeting asks of those who come. ``stipend_cents``: what each resident member gets for it."""

    title: str = ""
    purpose: str = ""
    minutes: int = 90
    prep_minutes: int = 0
    stipend_cents: int | None = None
    languages: tuple[str, ...] = field(default=())


@transaction.atomic
def call_meeting(body_id: UUID, *, by: Actor, plan: Plan, at: Place | None = None, tell: bool = True) -> UUID:
    """Call a meeting of a body: at a time (``at``), and those who sit there get the invitation by mail; or
    without one, and they say first when they could come. Raises Refused, NotFound, BadInput."""
    body = body_of(body_id)
    seats = queries.seats_of([body_id])[body_id]
    because = check(access.may_call(by, body, seats))
    if not SHORTEST <= plan.minutes <= LONGEST:
        raise BadInput("minutes", N_("A meeting lasts from five minutes to twelve hours."))
    row = Meeting.objects.create(
        body_id=body_id,
        title=plan.title.strip()[:200],
        purpose=plan.purpose.strip(),
        minutes=plan.minutes,
        prep_minutes=plan.prep_minutes,
        stipend_cents=plan.stipend_cents,
        languages=list(plan.languages),
        called_by_id=by.account_id,
    )
    _record("meeting.called", row, by, because, N_("Called a meeting."))
    if at is not None:
        _set_time(Gathering(row, body, seats), at, by=by, tell=tell)
    elif tell:
        inviting.ask_when(row.pk)
    return row.pk


def _record(verb: str, row: Meeting, by: Actor, because: Verdict, words: str) -> None:
    audit.record(verb, by=by, subject=("meeting", row.pk), words=words, because=because.rule)


def _set_time(at_hand: Gathering, at: Place, *, by: Actor, tell: bool) -> None:
    row = at_hand.row
    row.starts_at, row.place = at.starts_at, at.place.strip()[:200]
    row.offers, row.online_url = [o.value for o in at.offers], at.online_url.strip()
    row.languages = list(at.languages or row.languages)
    row.stage, row.noticed_at = CALLED.value, now()
    row.save()
    arranging.look_again(at_hand, by=by)
    if tell:
        inviting.invite(row.pk)


@transaction.atomic
def add_slot(
    meeting_id: UUID, *, by: Actor, starts_at: datetime, place: str = "", offers: Iterable[Offer] = ()
) -> UUID:
    """Add a possible time and place. The same again changes what the place offers. Raises Refused."""
    found = gathering(meeting_id, CHOOSING)
    because = found.check_call(by)
    row, _made = Slot.objects.update_or_create(
        meeting=found.row,
        starts_at=starts_at,
        place=place.strip()[:200],
        defaults={"offers": sorted({o.value for o in offers})},
    )
    _record("meeting.slot-added", found.row, by, because, N_("Proposed a time for a meeting."))
    return row.pk


@transaction.atomic
def answer_slots(
    meeting_id: UUID,
    seat_id: UUID,
    *,
    by: Actor,
    answers: Mapping[UUID, Could],
    needs: Iterable[Offer] = (),
    language: str = "",
    words: str = "",
) -> None:
    """Say for a seat when it could come and what it needs for that; again replaces.

    The one in the seat answers, or whoever calls the meeting writes down what was said on the phone.
    """
    found = gathering(meeting_id, CHOOSING)
    own = access.may_speak_from(by, found.seat(seat_id))
    because = own if own else found.check_call(by)
    slots = set(Slot.objects.filter(meeting=found.row).values_list("pk", flat=True))
    for slot_id, could in answers.items():
        if slot_id not in slots:
            raise NotFound("slot")
        SlotAnswer.objects.update_or_create(
            slot_id=slot_id,
            seat_id=seat_id,
            defaults={"could": could.value, "recorded_by_id": by.account_id, "recorded_at": now()},
        )
    needed = {o.value for o in needs} | ({Offer.INTERPRETER.value} if language else set())
    SeatNeeds.objects.update_or_create(
        meeting=found.row,
        seat_id=seat_id,
        defaults={
            "needs": sorted(needed),
            "language": language,
            "words": words.strip()[:300],
            "recorded_by_id": by.account_id,
            "recorded_at": now(),
        },
    )
    _record("meeting.slots-answered", found.row, by, because, N_("Said when a seat could come."))


@transaction.atomic
def choose_slot(meeting_id: UUID, slot_id: UUID, *, by: Actor, tell: bool = True) -> None:
    """Set the meeting to one of the times that were asked about; the invitation goes out."""
    found = gathering(meeting_id, CHOOSING)
    because = found.check_call(by)
    slot = Slot.objects.filter(pk=slot_id, meeting=found.row).first()
    if slot is None:
        raise NotFound("slot")
    spoken = SeatNeeds.objects.filter(meeting=found.row).exclude(language="")
    languages = sorted(set(spoken.values_list("language", flat=True)) | set(found.row.languages))
    at = Place(slot.starts_at, slot.place, tuple(Offer(o) for o in slot.offers), tuple(languages))
    _record("meeting.time-set", found.row, by, because, N_("Set the time of a meeting."))
    _take_over(found, slot)
    _set_time(found, at, by=by, tell=tell)


def _take_over(found: Gathering, slot: Slot) -> None:
    """Who said that they could come at this very time is not asked again; they can change it as everyone can.

    *If needed* and *no* stay open: an alternate may come. So does what an alternate said, since only they
    know who of the two it is.
    """
    alternates = {a.account_id for seat in found.seats for a in seat.alternates if a.account_id}
    could = SlotAnswer.objects.filter(slot=slot, could=Could.YES.value).exclude(recorded_by_id__in=alternates)
    said_yes = SeatNeeds.objects.filter(meeting=found.row, seat_id__in=could.values("seat_id"), coming="")
    said_yes.update(coming=Coming.YES.value)


@transaction.atomic
def move_meeting(meeting_id: UUID, *, by: Actor, at: Place, minutes: int, tell: bool = True) -> None:
    """Change when or where, and tell those invited: their calendar moves the same entry."""
    found = gathering(meeting_id, CALLED)
    because = found.check_call(by)
    if not SHORTEST <= minutes <= LONGEST:
        raise BadInput("minutes", N_("A meeting lasts from five minutes to twelve hours."))
    row = found.row
    if row.starts_at != at.starts_at:
        # Who could come on Tuesday has not said anything about Thursday. What they need stays said.
        SeatNeeds.objects.filter(meeting=row).update(coming="")
    row.starts_at, row.place, row.minutes = at.starts_at, at.place.strip()[:200], minutes
    row.offers, row.languages = [o.value for o in at.offers], list(at.languages)
    row.online_url, row.sequence = at.online_url.strip(), row.sequence + 1
    row.reminded_at = None
    row.save()
    arranging.look_again(found, by=by)
    _record("meeting.moved", row, by, because, N_("Moved a meeting."))
    if tell:
        inviting.invite(row.pk, moved=True)


@transaction.atomic
def cancel_meeting(meeting_id: UUID, *, by: Actor, why: str, tell: bool = True) -> None:
    """Cancel a meeting with a reason; calendars take it out. Again changes nothing."""
    found = gathering(meeting_id)
    because = found.check_call(by)
    row = found.row
    if row.stage == MeetingStage.CANCELLED.value:
        return
    if row.stage not in (CHOOSING.value, CALLED.value):
        raise BadInput("why", N_("It has begun already. Close it instead."))
    row.cancelled_why = said("why", why)
    row.stage, row.sequence = MeetingStage.CANCELLED.value, row.sequence + 1
    row.save()
    arranging.look_again(found, by=by)
    _record("meeting.cancelled", row, by, because, N_("Cancelled a meeting."))
    if tell and row.starts_at is not None:
        inviting.cancel(row.pk)


@transaction.atomic
def give_part(
    meeting_id: UUID, part: MeetingPart, *, by: Actor, seat_id: UUID | None, name: str = ""
) -> None:
    """Say who leads, helps us talk, keeps the time or takes notes: a seat, or a guest by name."""
    found = gathering(meeting_id, CHOOSING, CALLED, RUNNING)
    because = found.check_run(by)
    if seat_id is not None:
        holder = found.seat(seat_id).holder
        name = holder.name if holder else name
    MeetingRole.objects.update_or_create(
        meeting=found.row, part=part.value, defaults={"seat_id": seat_id, "name": said("name", name, 200)}
    )
    _record("meeting.part-given", found.row, by, because, N_("Gave someone a part in a meeting."))
