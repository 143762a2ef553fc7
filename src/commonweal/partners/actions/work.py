"""Acts on action items: take one on, move its day, say what is in the way, finish, drop, nudge."""

from datetime import date
from uuid import UUID

from django.db import transaction

from commonweal.foundation import audit
from commonweal.foundation.access import Actor
from commonweal.kernel.clock import now
from commonweal.kernel.errors import BadInput, Conflict, NotFound, Refused
from commonweal.kernel.words import N_
from commonweal.partners import access_meetings as access
from commonweal.partners import queries
from commonweal.partners.actions.rooms import Gathering, body_of, check, said
from commonweal.partners.models import ActionEvent, ActionItem
from commonweal.partners.vocabulary_meetings import ActionState

OPEN, BLOCKED = ActionState.OPEN, ActionState.BLOCKED


@transaction.atomic
def take_on(body_id: UUID, seat_id: UUID, *, by: Actor, words: str, due_on: date) -> UUID:
    """Give a seat something to do: for one's own seat, or by whoever leads the body. Raises Refused."""
    body = body_of(body_id)
    seats = queries.seats_of([body_id])[body_id]
    seat = next((s for s in seats if s.id == seat_id), None)
    if seat is None:
        raise NotFound("seat")
    own = access.may_speak_from(by, seat)
    because = own if own else check(access.may_call(by, body, seats))
    return _made(body_id, seat_id, words, due_on, by=by, rule=because.rule)


def written_down(found: Gathering, seat_id: UUID, words: str, due_on: date, *, by: Actor) -> UUID:
    """The action item of a line of the minutes; who writes the minutes was judged there."""
    seat = found.seat(seat_id)
    return _made(found.body.id, seat.id, words, due_on, by=by, rule="minutes.line", meeting_id=found.row.pk)


def to_arrange(found: Gathering, seat_id: UUID, need: str, words: str, due_on: date, *, by: Actor) -> UUID:
    """What someone who comes needs and the meeting has not; whose wish it is was judged by the caller."""
    return _made(
        found.body.id,
        seat_id,
        words,
        due_on,
        by=by,
        rule="meetings.wish.to-arrange",
        meeting_id=found.row.pk,
        need=need,
    )


def arranged(row: ActionItem, *, by: Actor, is_there: bool, why: str) -> None:
    """What was to arrange is there now, or nobody needs it any more: ``why``, in English, marked."""
    row.state = (ActionState.DONE if is_there else ActionState.DROPPED).value
    row.settled_at, row.settled_words, row.blocker = now(), why, ""
    row.save()
    verb = "action.done" if is_there else "action.dropped"
    words = N_("Did what was to do.") if is_there else N_("Dropped what was to do.")
    _note(row, by, verb, words, "meetings.wish.to-arrange", why)


def _made(
    body_id: UUID,
    seat_id: UUID,
    words: str,
    due_on: date,
    *,
    by: Actor,
    rule: str,
    meeting_id: UUID | None = None,
    need: str = "",
) -> UUID:
    row = ActionItem.objects.create(
        body_id=body_id,
        meeting_id=meeting_id,
        seat_id=seat_id,
        words=said("words", words),
        need=need,
        due_on=due_on,
        recorded_by_id=by.account_id,
        recorded_at=now(),
    )
    _note(row, by, "action.taken-on", N_("Something to do was given to a seat."), rule)
    return row.pk


def _note(row: ActionItem, by: Actor, verb: str, words: str, rule: str, said_words: str = "") -> None:
    ActionEvent.objects.create(
        action=row,
        state=row.state,
        words=said_words,
        due_on=row.due_on,
        author_name=queries.known_as(by),
        recorded_at=now(),
    )
    audit.record(verb, by=by, subject=("action", row.pk), words=words, because=rule)


def _open(action_id: UUID, by: Actor) -> tuple[ActionItem, str]:
    """The item under lock, if it is open and ``by`` may say something about it."""
    row = ActionItem.objects.select_for_update().filter(pk=action_id).first()
    if row is None:
        raise NotFound("action")
    seats = queries.seats_of([row.body_id])[row.body_id]
    seat = queries.seats_by_id([row.seat_id])[row.seat_id]
    own = access.may_speak_from(by, seat)
    because = (
        own if own else check(access.may_call(by, queries.bodies_by_id([row.body_id])[row.body_id], seats))
    )
    if row.state not in (OPEN.value, BLOCKED.value):
        raise Conflict("It is settled already.")
    return row, because.rule


@transaction.atomic
def finish(action_id: UUID, *, by: Actor, words: str = "") -> None:
    """It is done. Raises Refused, NotFound, Conflict when it is settled already."""
    row, rule = _open(action_id, by)
    row.state, row.settled_at, row.settled_words = ActionState.DONE.value, now(), words.strip()[:300]
    row.blocker = ""
    row.save()
    _note(row, by, "action.done", N_("Did what was to do."), rule, row.settled_words)


@transaction.atomic
def drop(action_id: UUID, *, by: Actor, why: str) -> None:
    """It will not be done, and why."""
    row, rule = _open(action_id, by)
    row.state, row.settled_at, row.settled_words = ActionState.DROPPED.value, now(), said("why", why)
    row.blocker = ""
    row.save()
    _note(row, by, "action.dropped", N_("Dropped what was to do."), rule, row.settled_words)


@transaction.atomic
def block(action_id: UUID, *, by: Actor, what: str) -> None:
    """Something is in the way: say what."""
    row, rule = _open(action_id, by)
    row.state, row.blocker = BLOCKED.value, said("what", what)
    row.save()
    _note(row, by, "action.blocked", N_("Said what is in the way."), rule, row.blocker)


@transaction.atomic
def unblock(action_id: UUID, *, by: Actor) -> None:
    """Nothing is in the way any more."""
    row, rule = _open(action_id, by)
    row.state, row.blocker = OPEN.value, ""
    row.save()
    _note(row, by, "action.unblocked", N_("Said that nothing is in the way any more."), rule)


@transaction.atomic
def put_later(action_id: UUID, *, by: Actor, due_on: date, why: str) -> None:
    """Move its day, with the reason."""
    row, rule = _open(action_id, by)
    if due_on <= row.due_on:
        raise BadInput("due_on", N_("Choose a later day."))
    row.due_on, row.nudged_on = due_on, None
    row.save()
    _note(row, by, "action.moved", N_("Moved the day of what is to do."), rule, said("why", why))


def dropped_with_its_line(action_id: UUID, why: str, *, by: Actor) -> None:
    """The line that made it was struck. What is settled stays settled."""
    try:
        drop(action_id, by=by, why=why)
    except (Conflict, NotFound, Refused):
        return


def nudged(action_id: UUID, on: date, *, by: Actor) -> None:
    """Keep that its owner was reminded on a day."""
    ActionItem.objects.filter(pk=action_id).update(nudged_on=on)
    audit.record(
        "action.nudged",
        by=by,
        subject=("action", action_id),
        words=N_("Reminded someone of what is to do."),
    )
