"""Acts on promises: make one in public, say what became of it, move its day with the reason."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from commonweal.foundation import audit
from commonweal.foundation.access import Actor
from commonweal.governance import access_promises as access
from commonweal.governance.models.promises import Promise, PromiseWord
from commonweal.governance.vocabulary_promises import PromiseState
from commonweal.kernel.clock import now
from commonweal.kernel.errors import BadInput, Conflict, NotFound, Refused
from commonweal.kernel.ids import new_id
from commonweal.kernel.verdict import Verdict
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners

_WORDS = {
    PromiseState.KEPT: N_("Said that a promise was kept."),
    PromiseState.BROKEN: N_("Said that a promise was broken."),
    PromiseState.WITHDRAWN: N_("Withdrew a promise."),
}


def _check(verdict: Verdict) -> Verdict:
    if not verdict:
        raise Refused(verdict)
    return verdict


def _said(where: str, words: str, most: int) -> str:
    found = " ".join(words.split())[:most]
    if not found:
        raise BadInput(where, N_("Write a few words."))
    return found


@transaction.atomic
def make_promise(
    *,
    by: Actor,
    words: str,
    to_whom: str,
    due_on: date,
    seat_id: UUID | None = None,
    partner_id: UUID | None = None,
    said_on: date | None = None,
    decision_id: UUID | None = None,
) -> UUID:
    """Promise something in public, for one's own seat or partner. Raises Refused, BadInput, NotFound."""
    because = _check(access.may_promise(by, seat_id, partner_id))
    day = said_on or localdate(now())
    if due_on < day:
        raise BadInput("due_on", N_("A promise is for a day to come."))
    return _made(
        new_id(), by, words, to_whom, due_on, day, because.rule,
        seat_id=seat_id, partner_id=partner_id, decision_id=decision_id,
    )  # fmt: skip


@transaction.atomic
def written_in_minutes(
    promise_id: UUID, *, by: Actor, meeting_id: UUID, seat_id: UUID, words: str, to_whom: str, due_on: date
) -> None:
    """A line of the minutes holds it; who writes minutes was judged there."""
    rule = "promises.make.minutes"
    day = localdate(now())
    _made(promise_id, by, words, to_whom, due_on, day, rule, seat_id=seat_id, meeting_id=meeting_id)


def _made(
    promise_id: UUID,
    by: Actor,
    words: str,
    to_whom: str,
    due_on: date,
    said_on: date,
    rule: str,
    *,
    seat_id: UUID | None = None,
    partner_id: UUID | None = None,
    meeting_id: UUID | None = None,
    decision_id: UUID | None = None,
) -> UUID:
    seat = partners.seat(seat_id) if seat_id else None
    owner = partner_id or (seat.partner_id if seat else None)
    partner = partners.partner(owner) if owner else None
    if seat is None and partner is None:
        raise NotFound("owner")
    name = seat.holder.name if seat and seat.holder else (partner.name if partner else "")
    row = Promise.objects.create(
        id=promise_id,
        words=_said("words", words, 400),
        to_whom=_said("to_whom", to_whom, 200),
        seat_id=seat_id,
        partner_id=partner_id,
        said_by=name,
        said_on=said_on,
        first_due_on=due_on,
        due_on=due_on,
        meeting_id=meeting_id,
        decision_id=decision_id,
        recorded_by_id=by.account_id,
        recorded_at=now(),
    )
    audit.record(
        "promise.made", by=by, subject=("promise", row.pk), words=N_("Promised something in public."),
        because=rule,
    )  # fmt: skip
    return row.pk


def _locked(promise_id: UUID) -> Promise:
    row = Promise.objects.select_for_update().filter(pk=promise_id).first()
    if row is None:
        raise NotFound("promise")
    return row


@transaction.atomic
def say_state(promise_id: UUID, state: PromiseState, *, by: Actor, why: str) -> None:
    """Say that it was kept, broken or withdrawn, with the reason. A broken one can still be kept later.

    Withdrawing is its owner's. Raises Refused, BadInput, Conflict.
    """
    row = _locked(promise_id)
    may = access.may_promise if state is PromiseState.WITHDRAWN else access.may_say_state
    because = _check(may(by, row.seat_id, row.partner_id))
    _settle(row, state, by, why, because.rule)


def withdrawn_with_its_line(promise_id: UUID, why: str, *, by: Actor) -> None:
    """The line of the minutes that held it was struck."""
    row = Promise.objects.select_for_update().filter(pk=promise_id).first()
    if row is not None and row.state == PromiseState.OPEN.value:
        _settle(row, PromiseState.WITHDRAWN, by, why, "promises.make.minutes")


def _settle(row: Promise, state: PromiseState, by: Actor, why: str, rule: str) -> None:
    was = PromiseState(row.state)
    may_follow = {PromiseState.OPEN: set(_WORDS), PromiseState.BROKEN: {PromiseState.KEPT}}
    if state not in may_follow.get(was, set()):
        raise Conflict("It was said already what became of it.")
    words = _said("words", why, 500)
    row.state = state.value
    row.save(update_fields=["state"])
    _word(row, by, words)
    audit.record(
        f"promise.{state.value}", by=by, subject=("promise", row.pk), words=_WORDS[state], because=rule
    )


def _word(row: Promise, by: Actor, words: str) -> None:
    PromiseWord.objects.create(
        promise=row,
        state=row.state,
        words=words,
        due_on=row.due_on,
        author_name=partners.known_as(by),
        recorded_at=now(),
    )


@transaction.atomic
def put_later(promise_id: UUID, *, by: Actor, due_on: date, why: str) -> None:
    """Move its day, with the reason; the first day stays on record. Its owner's alone."""
    row = _locked(promise_id)
    because = _check(access.may_promise(by, row.seat_id, row.partner_id))
    if row.state != PromiseState.OPEN.value:
        raise Conflict("It was said already what became of it.")
    if due_on <= row.due_on:
        raise BadInput("due_on", N_("Choose a later day."))
    words = _said("words", why, 500)
    row.due_on = due_on
    row.save(update_fields=["due_on"])
    _word(row, by, words)
    audit.record(
        "promise.moved", by=by, subject=("promise", row.pk), words=N_("Moved the day of a promise."),
        because=because.rule,
    )  # fmt: skip
