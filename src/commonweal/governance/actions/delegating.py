"""What a delegate decides alone, within what the table let it; and how it reports back."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.timezone import localdate

from commonweal.foundation import audit
from commonweal.foundation.access import Actor, acting
from commonweal.foundation.bus import publish
from commonweal.governance import access_delegation as access
from commonweal.governance import queries
from commonweal.governance.access import THE_COUNT
from commonweal.governance.actions.effects import giving, registry
from commonweal.governance.events import DecisionRecorded
from commonweal.governance.models import (
    Decision,
    DelegatedAct,
    Delegation,
    DelegationReport,
    ReportReading,
)
from commonweal.governance.queries import bylaws
from commonweal.governance.queries import delegations as reads
from commonweal.governance.rules import delegation as rules
from commonweal.governance.shapes_effects import Params, Preview
from commonweal.governance.vocabulary import Assent
from commonweal.kernel.clock import now
from commonweal.kernel.errors import BadInput, Conflict, NotFound, Refused
from commonweal.kernel.verdict import Verdict, deny
from commonweal.kernel.words import N_

METHOD = N_("Decided alone, within a delegation of the table")
UNDO = N_("The table can end it by a decision, at any time. Money that was paid stays paid.")
ALONE: Mapping[str, Any] = {
    "method": METHOD,
    "undo": UNDO,
    "yes": 0,
    "no": 0,
    "residents": Assent.NOT_ASKED.value,
    "adopted": True,
}
"""What every decision of a delegate says of its vote: there was none."""


def _check(verdict: Verdict) -> Verdict:
    if not verdict:
        raise Refused(verdict)
    return verdict


def _locked(delegation_id: UUID) -> Delegation:
    row = (
        Delegation.objects.select_for_update(of=("self",))
        .select_related("mandate__decision", "partner")
        .filter(pk=delegation_id)
        .first()
    )
    if row is None:
        raise NotFound("delegation")
    return row


def _said(where: str, words: str, most: int) -> str:
    found = words.strip()
    if not found:
        raise BadInput(where, N_("Say this, please."))
    if len(found) > most:
        raise BadInput(where, N_("Say it shorter."))
    return found


@transaction.atomic
def act(
    delegation_id: UUID,
    *,
    by: Actor,
    title: str,
    words: str,
    reason: str,
    amount_cents: int,
    acted_on: date | None = None,
    effect: str = "",
    params: Mapping[str, object] | None = None,
    ends_at: datetime | None = None,
) -> UUID:
    """Decide something under a delegation; returns the decision, which is the delegate's own.

    ``amount_cents`` counts against what is left, and is the cost of an effect that has one. The effect is of
    a kind that the delegation carries, and is given and undone as the table's own are. Raises Refused beyond
    any limit, BadInput with the field, NotFound.
    """
    row = _locked(delegation_id)
    because = _check(access.may_speak_for_delegate(by, row.partner_id))
    clean = _clean(effect, params or {}, amount_cents)
    day = acted_on or localdate(now())
    _check(_within(row, amount_cents, day, effect, clean))
    decision = Decision.objects.create(
        number=_next_number(),
        title=_said("title", title, 200),
        question=_said("words", words, 2000),
        body=row.partner.name,
        decided_on=day,
        reasons=_said("reason", reason, 4000),
        delegation_id=row.pk,
        recorded_by_id=by.account_id,
        **ALONE,
    )
    DelegatedAct.objects.create(
        delegation=row,
        decision=decision,
        amount_cents=amount_cents,
        acted_on=day,
        effect=effect,
        recorded_by_id=by.account_id,
        recorded_by_name=by.name,
    )
    if effect:
        with acting(THE_COUNT):
            giving.give(decision.pk, effect, clean, by=THE_COUNT, starts_at=now(), ends_at=ends_at)
    audit.record(
        "delegation.used",
        by=by,
        subject=("decision", decision.pk),
        words=N_("Decided something alone, as the table let it."),
        details={"number": decision.number, "cents": amount_cents, "effect": effect},
        because=because.rule,
    )
    publish(DecisionRecorded(decision.pk, decision.number, adopted=True))
    return decision.pk


def may_begin(delegation_id: UUID) -> Verdict:
    """Whether anything at all may be decided under it today."""
    row = _row(delegation_id)
    return _within(row, 0, localdate(now()), "", {})


def preview(
    delegation_id: UUID,
    *,
    amount_cents: int,
    acted_on: date,
    effect: str = "",
    params: Mapping[str, object] | None = None,
) -> Preview | None:
    """What an act would put into effect; None where it only decides and pays. Changes nothing.

    Raises what the act would raise: Refused beyond a limit, BadInput with the field, NotFound.
    """
    row = _row(delegation_id)
    clean = _clean(effect, params or {}, amount_cents)
    _check(_within(row, amount_cents, acted_on, effect, clean))
    return registry.preview(effect, clean) if effect else None


def _row(delegation_id: UUID) -> Delegation:
    row = Delegation.objects.select_related("mandate__decision", "partner").filter(pk=delegation_id).first()
    if row is None:
        raise NotFound("delegation")
    return row


def _clean(effect: str, params: Mapping[str, object], amount_cents: int) -> Params:
    if not effect:
        return {}
    cost = registry.effect(effect).cost
    said = {k: v for k, v in params.items() if not cost or k != f"{cost}_dollars"}
    return registry.read(effect, {**said, f"{cost}_cents": amount_cents or None} if cost else said)


def _within(row: Delegation, amount_cents: int, day: date, effect: str, params: Params) -> Verdict:
    """Whether it stays within the delegation; and the bylaws do not ask others for their yes to it."""
    limits = reads.limits_of(row)
    spent, _uses = reads.used([row.pk]).get(row.pk, (0, 0))
    answered = set(DelegationReport.objects.filter(delegation=row).values_list("due_on", flat=True))
    mandate = queries.mandate_shape(row.mandate)
    found = rules.may_act(
        limits,
        spent_cents=spent,
        amount_cents=amount_cents,
        acted_on=day,
        today=localdate(now()),
        starts_on=localdate(mandate.starts_at),
        is_live=mandate.is_live(now()),
        report_due=rules.next_report(limits, answered, reads.end_of(row.mandate)),
        effect=effect,
    )
    if not found or not effect:
        return found
    rule = bylaws.rule_for(registry.matter_of(effect, params))
    if rule is not None and (rule.gate_body or rule.reserved):
        return deny(
            "governance.delegation.others-yes",
            N_("The bylaws ask others for their yes to this, so nobody decides it alone."),
            N_("Put it to the table as a question."),
        )
    return found


def _next_number() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('governance.decision'))")
    return queries.next_number()


@transaction.atomic
def report(delegation_id: UUID, *, by: Actor, words: str) -> UUID:
    """Report to the table about a delegation, for the next day that is owed; also before that day.

    What was spent and how often it was used is written beside it. Raises Refused, BadInput, NotFound, and
    Conflict where no report is owed.
    """
    row = _locked(delegation_id)
    because = _check(access.may_speak_for_delegate(by, row.partner_id))
    answered = set(DelegationReport.objects.filter(delegation=row).values_list("due_on", flat=True))
    due = rules.next_report(reads.limits_of(row), answered, reads.end_of(row.mandate))
    if due is None:
        raise Conflict("No report is owed.")
    spent, uses = reads.used([row.pk]).get(row.pk, (0, 0))
    made = DelegationReport.objects.create(
        delegation=row,
        due_on=due,
        words=_said("words", words, 8000),
        spent_cents=spent,
        uses=uses,
        recorded_by_id=by.account_id,
        recorded_by_name=by.name,
    )
    audit.record(
        "delegation.reported",
        by=by,
        subject=("delegation", row.pk),
        words=N_("Reported to the table what was decided alone."),
        details={"due": due.isoformat(), "cents": spent, "uses": uses},
        because=because.rule,
    )
    return made.pk


@transaction.atomic
def read_report(report_id: UUID, *, by: Actor, words: str = "") -> None:
    """Say that a report was read for the table, with a word if there is one. Twice changes nothing.

    Raises Refused, NotFound, BadInput.
    """
    rows = DelegationReport.objects.select_for_update(of=("self",)).select_related("delegation")
    row = rows.filter(pk=report_id).first()
    if row is None:
        raise NotFound("report")
    body = reads.body_that_delegated(row.delegation_id)
    because = _check(access.may_read_for_table(by, body, row.delegation.partner_id))
    if len(words) > 1000:
        raise BadInput("words", N_("Say it shorter."))
    if ReportReading.objects.filter(report=row).exists():
        return
    ReportReading.objects.create(
        report=row, words=words.strip(), recorded_by_id=by.account_id, recorded_by_name=by.name
    )
    audit.record(
        "delegation.report-read",
        by=by,
        subject=("delegation", row.delegation_id),
        words=N_("Read a report for the table."),
        because=because.rule,
    )
