"""Ending what a decision put into effect, on one of five grounds, each kept with who and why.

Without bylaws the backbone withdraws what it entered. Under bylaws: a decision (of the body whose yes it
needed, it takes that yes back), a challenge that suspends, a party that stops telling, or the emergency path,
which only lets a mandate rest for a while.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from commonweal.foundation import audit
from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.facts import end_terms, record_terms
from commonweal.foundation.access.models import AccessTerms
from commonweal.foundation.access.vocabulary import Purpose, Segment
from commonweal.foundation.bus import publish
from commonweal.governance import access, queries
from commonweal.governance.actions.effects.giving import undo
from commonweal.governance.events import MandateWithdrawn
from commonweal.governance.models import Mandate, Stop
from commonweal.governance.queries import stopping as grounds
from commonweal.governance.vocabulary import Matter, StoppedBy
from commonweal.kernel.clock import now
from commonweal.kernel.errors import BadInput, NotFound, Refused
from commonweal.kernel.verdict import Verdict
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners

RESTING = frozenset(
    {
        Matter.DATA_SHARING,
        Matter.MEASURE,
        Matter.TARGET,
        Matter.PUBLICATION,
        Matter.SERVICE_STANDARD,
        Matter.DELEGATION,
        Matter.INITIATIVE,
    }
)
"""Matters of which an effect can rest and wake again: what is read anew each time."""


def _locked(mandate_id: UUID) -> Mandate:
    row = Mandate.objects.select_for_update(of=("self",)).filter(pk=mandate_id).first()
    if row is None:
        raise NotFound("mandate")
    return row


def _said(why: str) -> str:
    if not why.strip():
        raise BadInput("why", N_("Say why, for the record."))
    return why.strip()[:500]


def _check(verdict: Verdict) -> Verdict:
    if not verdict:
        raise Refused(verdict)
    return verdict


@transaction.atomic
def withdraw(mandate_id: UUID, *, by: Actor, why: str) -> None:
    """End a mandate now. What lived under it ends in this transaction: the next read is refused.

    By the backbone, while no bylaws are in force; then only a decision does it (``mandate.withdraw``).
    Withdrawing what has ended changes nothing. Raises Refused, NotFound, and BadInput without a reason.
    """
    because = _check(access.may_withdraw(by))
    stop(mandate_id, by=by, ground=StoppedBy.RECORD, why=why, because=because.rule)


@transaction.atomic
def suspend(mandate_id: UUID, *, by: Actor, why: str, because: str) -> None:
    """End a mandate whose decision is challenged, where the bylaws say that a challenge suspends.

    ``because``: the rule that let them challenge. In the same transaction the question is put again.
    """
    stop(mandate_id, by=by, ground=StoppedBy.CHALLENGE, why=why, because=because)


@transaction.atomic
def stop(
    mandate_id: UUID,
    *,
    by: Actor,
    ground: StoppedBy,
    why: str,
    because: str,
    under: UUID | None = None,
) -> None:
    """Withdraw a mandate on a ground that was found to hold; the database asks for the ground again."""
    row = _locked(mandate_id)
    words = _said(why)
    if row.withdrawn_at is not None:
        return
    _keep(row, by, ground, words, under_id=under)
    row.withdrawn_at, row.withdrawn_why, row.withdrawn_by_id = now(), words, by.account_id
    with acting(by if ground is StoppedBy.RECORD else access.THE_COUNT) as hand:
        end_terms(mandate_id=row.id)
        row.save(update_fields=["withdrawn_at", "withdrawn_why", "withdrawn_by"])
        undo(row, hand)
    audit.record(
        "mandate.withdrawn",
        by=by,
        subject=("mandate", row.id),
        words=N_("Withdrew the effect of a decision."),
        details={"matter": row.matter, "scope": row.scope, "ground": ground.value},
        because=because,
    )
    publish(MandateWithdrawn(row.id, Matter(row.matter), row.scope, row.withdrawn_why))


def _keep(row: Mandate, by: Actor, ground: StoppedBy, why: str, **more: object) -> None:
    Stop.objects.create(
        mandate=row,
        ground=ground.value,
        why=why,
        recorded_by_id=by.account_id,
        recorded_by_name=partners.known_as(by),
        **more,
    )


@transaction.atomic
def stop_telling(mandate_id: UUID, *, by: Actor, why: str) -> int:
    """Let a party to an agreement end what it tells under a mandate; returns how many lines it ended.

    A partner can always stop telling. What others tell goes on. Twice changes nothing. Raises Refused,
    NotFound, BadInput without a reason.
    """
    row = _locked(mandate_id)
    because = _check(grounds.may_stop_telling(by, queries.mandate_shape(row)))
    words = _said(why)
    before = Stop.objects.filter(mandate=row, ground=StoppedBy.PARTY.value)
    if by.partner_id is None or before.filter(partner_id=by.partner_id).exists():
        return 0
    _keep(row, by, StoppedBy.PARTY, words, partner_id=by.partner_id)
    ended = end_terms(mandate_id=row.id, discloser_id=by.partner_id)
    audit.record(
        "mandate.party-stopped",
        by=by,
        subject=("mandate", row.id),
        words=N_("A partner stopped telling under an agreement."),
        details={"lines": ended},
        because=because.rule,
    )
    return ended


@transaction.atomic
def let_rest(mandate_id: UUID, *, by: Actor, why: str) -> datetime:
    """Stop a mandate in an emergency, by the path of the bylaws: it rests until the moment that is returned,
    and its stop is put to review. Raises Refused, NotFound, BadInput."""
    row = _locked(mandate_id)
    found = grounds.to_rest(by, queries.mandate_shape(row))
    because = _check(found.verdict)
    words = _said(why)
    if Matter(row.matter) not in RESTING:
        raise BadInput("mandate", N_("What this did cannot rest. Put it to the table as a question."))
    until = now() + timedelta(days=found.expires_days)
    review = localdate(now() + timedelta(days=found.review_days))
    _keep(row, by, StoppedBy.EMERGENCY, words, until=until, review_on=review)
    row.rests_from, row.rests_until = now(), until
    with acting(access.THE_COUNT):
        row.save(update_fields=["rests_from", "rests_until"])
        _wake_later(row, until)
    audit.record(
        "mandate.rested",
        by=by,
        subject=("mandate", row.id),
        words=N_("Stopped the effect of a decision in an emergency, for a while."),
        details={"matter": row.matter, "scope": row.scope},
        because=because.rule,
    )
    return until


def _wake_later(row: Mandate, until: datetime) -> None:
    """Lines of sharing end now, and the same lines begin again when the rest is over: by themselves."""
    lines = list(AccessTerms.objects.filter(mandate_id=row.id, ended_at=None))
    end_terms(mandate_id=row.id)
    for line in lines:
        if line.ends_at is not None and line.ends_at > until:
            record_terms(
                agreement_id=line.agreement_id,
                mandate_id=row.id,
                discloser_id=line.discloser_id,
                recipient_id=line.recipient_id,
                segment=Segment(line.segment),
                purpose=Purpose(line.purpose),
                starts_at=until,
                ends_at=line.ends_at,
            )
