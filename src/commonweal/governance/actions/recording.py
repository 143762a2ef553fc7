"""Keeping the table's record: enter the minutes of a vote, give them effect, record an agreement."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction

from commonweal.foundation import audit
from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import Purpose, Segment
from commonweal.foundation.bus import publish
from commonweal.governance import access, queries, rules
from commonweal.governance.actions.effects.giving import enter
from commonweal.governance.events import DecisionRecorded
from commonweal.governance.models import Agreement, Decision, Term
from commonweal.governance.shapes import TermShape
from commonweal.governance.vocabulary import Matter
from commonweal.kernel.clock import today
from commonweal.kernel.errors import BadInput, Conflict, Refused
from commonweal.kernel.verdict import Verdict
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners
from commonweal.partners.shapes import PartnerShape


def _check(verdict: Verdict) -> Verdict:
    if not verdict:
        raise Refused(verdict)
    return verdict


@transaction.atomic
def record_decision(
    *,
    by: Actor,
    title: str,
    question: str,
    body: str,
    decided_on: date,
    method: str,
    vote: rules.Vote,
    reasons: str = "",
    dissent: str = "",
    undo: str = "",
) -> UUID:
    """Enter the minutes of a vote under the next number. Raises Refused; BadInput for impossible figures."""
    because = _check(access.may_keep_record(by))
    fault = rules.fault_of_vote(vote)
    if fault:
        raise BadInput("adopted", fault)
    if decided_on > today():
        raise BadInput("decided_on", N_("A vote that has not been held can’t be recorded."))
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('governance.decision'))")
    row = Decision.objects.create(
        number=queries.next_number(),
        title=title.strip(),
        question=question.strip(),
        body=body.strip(),
        decided_on=decided_on,
        method=method.strip(),
        yes=vote.yes,
        no=vote.no,
        abstain=vote.abstain,
        residents=vote.residents.value,
        adopted=vote.adopted,
        reasons=reasons.strip(),
        dissent=dissent.strip(),
        undo=undo.strip(),
        recorded_by_id=by.account_id,
    )
    audit.record(
        "decision.recorded",
        by=by,
        subject=("decision", row.id),
        words=N_("Entered what the table decided."),
        details={"number": row.number, "adopted": row.adopted},
        because=because.rule,
    )
    publish(DecisionRecorded(row.id, row.number, row.adopted))
    return row.id


def give_mandate(
    decision_id: UUID,
    *,
    by: Actor,
    matter: Matter,
    scope: str,
    starts_at: datetime,
    ends_at: datetime | None = None,
    words: str = "",
) -> UUID:
    """Put a decision of old minutes into effect on one matter in one scope, and start what lives under it.

    A mandate on ``data-sharing`` of ``agreement:<id>`` puts the agreement's terms into force with the
    same bounds, in this transaction. Raises Refused, BadInput for impossible bounds, NotFound.
    """
    return enter(
        decision_id, by=by, matter=matter, scope=scope, starts_at=starts_at, ends_at=ends_at, words=words
    )


@transaction.atomic
def record_agreement(
    *,
    by: Actor,
    slug: str,
    title: str,
    terms: Iterable[TermShape],
    text: str = "",
    signed_on: date | None = None,
) -> UUID:
    """Record what partners promised each other. It sleeps until a mandate names it.

    Its lines never change; another wording is another agreement. Raises Refused, and BadInput when a line
    can't be agreed.
    """
    because = _check(access.may_keep_record(by))
    lines = list(dict.fromkeys(terms))
    if not lines:
        raise BadInput("terms", N_("An agreement names who tells whom."))
    known = partners.partners(i for t in lines for i in (t.discloser_id, t.recipient_id))
    for line in lines:
        _check_term(line, known)
    if Agreement.objects.filter(slug=slug).exists():
        raise Conflict("There is an agreement of this name already.")
    row = Agreement.objects.create(
        slug=slug, title=title.strip(), text=text.strip(), signed_on=signed_on, recorded_by_id=by.account_id
    )
    Term.objects.bulk_create(
        Term(
            agreement=row,
            discloser_id=t.discloser_id,
            recipient_id=t.recipient_id,
            segment=Segment(t.segment).value,
            purpose=Purpose(t.purpose).value,
        )
        for t in lines
    )
    audit.record(
        "agreement.recorded",
        by=by,
        subject=("agreement", row.id),
        words=N_("Recorded an agreement between partners."),
        details={"lines": len(lines)},
        because=because.rule,
    )
    return row.id


def _check_term(line: TermShape, known: dict[UUID, PartnerShape]) -> None:
    if not known.keys() >= {line.discloser_id, line.recipient_id}:
        raise BadInput("terms", N_("One of these partners is not at the table."))
    fault = rules.fault_of_term(
        discloser_is_vsp=known[line.discloser_id].is_victim_service_provider,
        same_partner=line.discloser_id == line.recipient_id,
        segment=line.segment,
        purpose=line.purpose,
    )
    if fault:
        raise BadInput("terms", fault)
