"""Put a decided matter again: challenge it, or ask the body that agreed whether it takes its yes back."""

from datetime import date, timedelta
from uuid import UUID

from django.db import connection, transaction

from commonweal.foundation.access import Actor
from commonweal.foundation.bus import publish
from commonweal.foundation.ui.framing import TO_END
from commonweal.governance import access_voting as access
from commonweal.governance.actions import effects
from commonweal.governance.actions.proposing.held import check, told
from commonweal.governance.actions.proposing.putting import put, write_first
from commonweal.governance.events_voting import QuestionPut
from commonweal.governance.models import Decision, Mandate, Proposal
from commonweal.governance.queries import bylaws, challenging, laws, mandate_shape, stopping
from commonweal.governance.shapes_bylaws import MatterRule
from commonweal.governance.vocabulary import Matter
from commonweal.kernel.clock import now, today
from commonweal.kernel.errors import BadInput, NotFound
from commonweal.kernel.words import N_


@transaction.atomic
def challenge(decision_id: UUID, *, by: Actor, why: str) -> UUID:
    """Put a decided matter again, as the bylaws let some do for a time; returns the new question.

    Where the rule suspends, what the decision put into effect ends now and the same question is asked again;
    else the new question is whether to withdraw it. Raises Refused, NotFound, BadInput without a reason.
    """
    with connection.cursor() as cursor:  # one challenge at a time: two that press at once make one question
        cursor.execute("select pg_advisory_xact_lock(hashtext(%s))", [f"governance.challenge.{decision_id}"])
    decision = _decision(decision_id)
    body = laws.body_of(decision)
    rule = bylaws.rule_for(Matter(decision.proposal.matter), body) if decision.proposal else None
    path = challenging.path_of(decision)
    because = check(challenging.may_challenge(by, decision, path))
    assert rule is not None
    assert path is not None
    if not why.strip():
        raise BadInput("why", N_("Say why, for the record."))
    live = Mandate.objects.filter(decision=decision).live(now()).first()
    if path.suspends and live is not None:
        _suspend(live, by, why, because.rule)
    again = path.suspends or live is None
    row = _again(decision, rule, by, why) if again else _undo(decision, live, rule, by, why, rule.body)
    told(row, by, "decision.challenged", N_("Challenged a decision."), because.rule, decision=decision.number)
    publish(QuestionPut(row.id, row.number))
    return row.id


def _decision(decision_id: UUID) -> Decision:
    row = Decision.objects.select_related("proposal__body").filter(pk=decision_id).first()
    if row is None:
        raise NotFound("decision")
    return row


def _suspend(mandate: Mandate, by: Actor, why: str, because: str) -> None:
    effects.suspend(mandate.id, by=by, why=why, because=because)


def _again(decision: Decision, rule: MatterRule, by: Actor, why: str) -> Proposal:
    """The same question once more, with the text as it was voted on."""
    old = decision.proposal
    assert old is not None
    row = put(
        by,
        rule,
        body=rule.body,
        title=old.title,
        question=old.question,
        effect=old.effect,
        params=old.params,
        options=old.options,
        counting=old.counting,
        starts_on=None,
        ends_on=old.ends_on if old.ends_on and old.ends_on > today() else _latest_end(rule),
        review_on=None,
        proposed_by_seat_id=next((s.id for s in access.seats_of_account(by)), None),
        with_partner_id=old.with_partner_id,
        challenges=decision,
    )
    last = {s.place: s for s in old.sections.order_by("place", "version")}
    write_first(
        row, [(N_("Why it is challenged"), why), *((s.heading, s.text) for _, s in sorted(last.items()))], by
    )
    return row


def _latest_end(rule: MatterRule) -> date | None:
    return today() + timedelta(days=rule.longest_days) if rule.longest_days else None


def _undo(
    decision: Decision, mandate: Mandate | None, rule: MatterRule, by: Actor, why: str, body: str
) -> Proposal:
    """A question whose yes withdraws what the decision put into effect."""
    assert mandate is not None
    params = effects.read("mandate.withdraw", {"mandate": str(mandate.id), "why": why})
    row = put(
        by,
        rule,
        body=body,
        title=(TO_END % {"title": decision.title})[:200],
        question=N_("Shall what this decision put into effect be withdrawn?"),
        effect="mandate.withdraw",
        params=dict(params),
        options=[],
        starts_on=None,
        ends_on=None,
        review_on=None,
        proposed_by_seat_id=next((s.id for s in access.seats_of_account(by)), None),
        challenges=decision,
    )
    write_first(row, [(N_("Why"), why)], by)
    return row


@transaction.atomic
def ask_to_withdraw_assent(mandate_id: UUID, *, by: Actor, why: str) -> UUID:
    """Ask the body whose yes a mandate needed whether it takes that yes back; returns the question.

    It alone decides, under its own quorum; its yes withdraws the mandate. Raises Refused, NotFound, BadInput.
    """
    mandate = Mandate.objects.select_related("decision").filter(pk=mandate_id).first()
    if mandate is None:
        raise NotFound("mandate")
    shape = mandate_shape(mandate)
    because = check(stopping.may_take_assent_back(by, shape))
    law, gate = laws.law_of(mandate.decision), stopping.body_that_agreed(shape)
    rule = law.rule(shape.matter, laws.body_of(mandate.decision)) if law else None
    assert rule is not None  # may_take_assent_back refuses without both
    assert gate is not None
    if not why.strip():
        raise BadInput("why", N_("Say why, for the record."))
    row = _undo(mandate.decision, mandate, rule, by, why, gate.slug)
    told(row, by, "question.put", N_("Asked the residents whether they take their yes back."), because.rule)
    publish(QuestionPut(row.id, row.number))
    return row.id
