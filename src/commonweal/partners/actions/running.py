"""Acts in a meeting: open it, come and leave, raise a hand, speak, close it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from commonweal.foundation import audit
from commonweal.foundation.access import Actor
from commonweal.foundation.bus import publish
from commonweal.kernel.clock import now
from commonweal.kernel.errors import BadInput, Conflict, NotFound
from commonweal.kernel.words import N_
from commonweal.partners import access_meetings as access
from commonweal.partners.actions import inviting, minuting
from commonweal.partners.actions.agendas import end_current
from commonweal.partners.actions.rooms import Gathering, check, gathering, said
from commonweal.partners.events_meetings import MeetingClosed
from commonweal.partners.models import AgendaItem, Presence, Turn
from commonweal.partners.queries import meetings, ports_room
from commonweal.partners.vocabulary_meetings import ItemState, MeetingStage

CALLED, RUNNING = MeetingStage.CALLED, MeetingStage.RUNNING


def _entry(verb: str, found: Gathering, by: Actor, rule: str, words: str) -> None:
    audit.record(verb, by=by, subject=("meeting", found.row.pk), words=words, because=rule)


@transaction.atomic
def open_meeting(meeting_id: UUID, *, by: Actor) -> None:
    """Begin. Begun already: nothing changes."""
    found = gathering(meeting_id, CALLED, RUNNING)
    because = found.check_run(by)
    if found.row.stage == RUNNING.value:
        return
    found.row.stage, found.row.opened_at = RUNNING.value, now()
    found.row.save()
    _entry("meeting.opened", found, by, because.rule, N_("Opened a meeting."))


@transaction.atomic
def come(
    meeting_id: UUID,
    *,
    by: Actor,
    seat_id: UUID | None = None,
    name: str = "",
    is_remote: bool = False,
    at: datetime | None = None,
) -> UUID:
    """Note that someone came: the one in a seat by themselves, or anyone by whoever runs the meeting.

    There already: the place (room or remote) is noted anew from now on. A guest is named.
    """
    found = gathering(meeting_id, RUNNING)
    moment = _moment(found, at)
    if seat_id is None:
        because = found.check_run(by)
    else:
        seat = found.seat(seat_id)
        own = access.may_speak_from(by, seat)
        because = own if own else found.check_run(by)
        name = name or (seat.holder.name if seat.holder else "")
        here = Presence.objects.filter(meeting=found.row, seat_id=seat_id, left_at=None).first()
        if here is not None and here.is_remote == is_remote:
            return here.pk
        if here is not None:
            here.left_at = max(moment, here.came_at)
            here.save(update_fields=["left_at"])
    row = Presence.objects.create(
        meeting=found.row,
        seat_id=seat_id,
        name=said("name", name, 200),
        is_remote=is_remote,
        came_at=moment,
        recorded_by_id=by.account_id,
    )
    _entry("meeting.came", found, by, because.rule, N_("Noted that someone came."))
    return row.pk


def _moment(found: Gathering, at: datetime | None) -> datetime:
    moment = at or now()
    if moment > now() or (found.row.opened_at and moment < found.row.opened_at and at is not None):
        raise BadInput("at", N_("That is not within the meeting."))
    return moment


@transaction.atomic
def leave(presence_id: UUID, *, by: Actor, at: datetime | None = None) -> None:
    """Note that someone left. From that minute on they do not count. Left already: nothing changes."""
    named = Presence.objects.filter(pk=presence_id).values_list("meeting_id", flat=True).first()
    if named is None:
        raise NotFound("presence")
    found = gathering(named, RUNNING)
    row = Presence.objects.get(pk=presence_id)
    mine = row.seat_id is not None and any(s.id == row.seat_id for s in found.mine(by))
    rule = "meetings.seat.own" if mine else found.check_run(by).rule
    if row.left_at is not None:
        return
    row.left_at = max(_moment(found, at), row.came_at)
    row.save(update_fields=["left_at"])
    _entry("meeting.left", found, by, rule, N_("Noted that someone left."))


@transaction.atomic
def raise_hand(meeting_id: UUID, *, by: Actor, seat_id: UUID | None = None, name: str = "") -> UUID:
    """Ask to speak: for one's own seat, or written down for someone in the room. Again changes nothing."""
    found = gathering(meeting_id, RUNNING)
    if seat_id is None:
        because = found.check_run(by)
    else:
        seat = found.seat(seat_id)
        own = access.may_speak_from(by, seat)
        because = own if own else found.check_run(by)
        name = name or (seat.holder.name if seat.holder else "")
        up = Turn.objects.filter(
            meeting=found.row, seat_id=seat_id, started_at=None, withdrawn_at=None
        ).first()
        if up is not None:
            return up.pk
    current = AgendaItem.objects.filter(meeting=found.row, state=ItemState.CURRENT.value).first()
    row = Turn.objects.create(
        meeting=found.row, item=current, seat_id=seat_id, name=said("name", name, 200), asked_at=now()
    )
    _entry("meeting.hand-raised", found, by, because.rule, N_("Asked to speak."))
    return row.pk


def _turn(turn_id: UUID) -> tuple[Turn, Gathering]:
    named = Turn.objects.filter(pk=turn_id).values_list("meeting_id", flat=True).first()
    if named is None:
        raise NotFound("turn")
    found = gathering(named, RUNNING)
    return Turn.objects.get(pk=turn_id), found


@transaction.atomic
def lower_hand(turn_id: UUID, *, by: Actor) -> None:
    """Not speak after all."""
    row, found = _turn(turn_id)
    mine = row.seat_id is not None and any(s.id == row.seat_id for s in found.mine(by))
    rule = "meetings.seat.own" if mine else found.check_run(by).rule
    if row.started_at is None and row.withdrawn_at is None:
        row.withdrawn_at = now()
        row.save(update_fields=["withdrawn_at"])
        _entry("meeting.hand-lowered", found, by, rule, N_("Lowered a hand."))


@transaction.atomic
def let_speak(turn_id: UUID, *, by: Actor) -> None:
    """Give someone the floor; whoever has it now is done."""
    row, found = _turn(turn_id)
    because = found.check_run(by)
    if row.started_at is not None or row.withdrawn_at is not None:
        raise Conflict("This hand is down already.")
    _stop(found)
    current = AgendaItem.objects.filter(meeting=found.row, state=ItemState.CURRENT.value).first()
    row.started_at, row.item = now(), current
    row.save(update_fields=["started_at", "item"])
    _entry("meeting.spoke", found, by, because.rule, N_("Gave someone the floor."))


@transaction.atomic
def stop_speaking(meeting_id: UUID, *, by: Actor) -> None:
    """Whoever speaks is done."""
    found = gathering(meeting_id, RUNNING)
    because = found.check_run(by)
    if _stop(found):
        _entry("meeting.spoken", found, by, because.rule, N_("Someone was done speaking."))


def _stop(found: Gathering) -> int:
    speaking = Turn.objects.filter(meeting=found.row, ended_at=None, withdrawn_at=None)
    return speaking.exclude(started_at=None).update(ended_at=now())


@transaction.atomic
def close_meeting(meeting_id: UUID, *, by: Actor, tell: bool = True) -> None:
    """End the meeting: whoever is there leaves now, what was not reached is put off, and the minutes stand
    in their first version; those who sit here get them by mail. Raises Refused, also while a vote is open in
    it, and Conflict."""
    found = gathering(meeting_id, RUNNING)
    because = found.check_run(by)
    shape = meetings.meeting(meeting_id)
    check(ports_room.may_close(shape) if shape else because)
    moment = now()
    end_current(found)
    _stop(found)
    Turn.objects.filter(meeting=found.row, started_at=None, withdrawn_at=None).update(withdrawn_at=moment)
    Presence.objects.filter(meeting=found.row, left_at=None).update(left_at=moment)
    AgendaItem.objects.filter(meeting=found.row, state=ItemState.PLANNED.value).update(
        state=ItemState.DEFERRED.value, deferred_why=N_("There was no time left."), put_off_at=moment
    )
    found.row.stage, found.row.closed_at = MeetingStage.CLOSED.value, moment
    found.row.save()
    _entry("meeting.closed", found, by, because.rule, N_("Closed a meeting."))
    minuting.keep_version(found, by=by)
    publish(MeetingClosed(found.row.pk))
    if tell:
        inviting.send_minutes(found.row.pk)
