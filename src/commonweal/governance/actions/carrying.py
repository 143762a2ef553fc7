"""Acts on what came of a decision: take something on for it, name what was taken on, name a measure."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from commonweal.foundation import audit
from commonweal.foundation.access import Actor
from commonweal.governance.actions.proposing import check
from commonweal.governance.models import Decision, FollowUp
from commonweal.governance.queries import carrying as reading
from commonweal.kernel.clock import now
from commonweal.kernel.errors import BadInput, Conflict, NotFound
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners


@transaction.atomic
def take_on(decision_id: UUID, seat_id: UUID, *, by: Actor, words: str, due_on: date) -> UUID:
    """Give a seat of its body something to do that comes of the decision. Raises Refused, BadInput."""
    check(reading.may_carry(by, _decision(decision_id).pk))
    seat = partners.seat(seat_id)
    if seat is None or seat.body_id != reading.body_of(_decision(decision_id)):
        raise BadInput("seat", N_("Choose one of these."))
    made = partners.take_on(seat.body_id, seat_id, by=by, words=words, due_on=due_on)
    name_action(decision_id, made, by=by)
    return made


@transaction.atomic
def name_action(decision_id: UUID, action_id: UUID, *, by: Actor) -> None:
    """Say that something that was taken on, in a meeting or between, came of the decision."""
    if not partners.work_by_id([action_id]):
        raise NotFound("action")
    _link(decision_id, by, action_id=action_id)


@transaction.atomic
def name_measure(decision_id: UUID, mandate_id: UUID, *, by: Actor) -> None:
    """Name a measure or target in force by which one sees whether the decision worked."""
    if mandate_id not in {found for found, _words in reading.measures_to_choose()}:
        raise BadInput("measure", N_("Choose one of these."))
    _link(decision_id, by, measure_id=mandate_id)


def _decision(decision_id: UUID) -> Decision:
    row = Decision.objects.select_related("proposal__body").filter(pk=decision_id).first()
    if row is None:
        raise NotFound("decision")
    return row


def _link(decision_id: UUID, by: Actor, **what: UUID) -> None:
    because = check(reading.may_carry(by, _decision(decision_id).pk))
    try:
        with transaction.atomic():
            FollowUp.objects.create(
                decision_id=decision_id, author_id=by.account_id, recorded_at=now(), **what
            )
    except IntegrityError as twice:
        raise Conflict("It is named already.") from twice
    audit.record(
        "decision.followed", by=by, subject=("decision", decision_id),
        words=N_("Said what came of a decision."), because=because.rule,
    )  # fmt: skip
