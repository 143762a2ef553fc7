"""Reading delegations: limits, what was done under them, what is left, reports and when the next is due."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Sum
from django.utils.timezone import localdate

from commonweal.governance.models import DelegatedAct, Delegation, DelegationReport, Mandate
from commonweal.governance.queries.decisions import mandate_shape
from commonweal.governance.rules import delegation as rules
from commonweal.governance.shapes_delegations import ActShape, DelegationShape, Limits, ReportShape
from commonweal.kernel.clock import day_of, now


def limits_of(row: Delegation) -> Limits:
    """What the table wrote into a delegation."""
    return Limits(
        in_all_cents=row.limit_cents,
        report_on=row.report_on,
        act_cents=row.act_limit_cents,
        report_every=row.report_every_days,
        carries=frozenset(str(kind) for kind in row.carries),
        suspends=row.overdue_suspends,
    )


def used(delegation_ids: Iterable[UUID]) -> dict[UUID, tuple[int, int]]:
    """What was spent, in cents, and how often each was used; one that was not is left out."""
    rows = DelegatedAct.objects.filter(delegation__in=set(delegation_ids)).values("delegation_id")
    return {
        r["delegation_id"]: (int(r["spent"] or 0), int(r["uses"]))
        for r in rows.annotate(spent=Sum("amount_cents"), uses=Count("id")).order_by()
    }


def end_of(row: Mandate) -> date | None:
    """The day on which a mandate ended or will, by the place's calendar, as the database reckons it too."""
    ends = row.ended_at
    return day_of(ends) if ends else None


def delegations() -> list[DelegationShape]:
    """Every delegation, those in force first, then the newest."""
    found = _shapes(Delegation.objects.all(), whole=False)
    return sorted(found, key=lambda d: (not d.is_live, -d.starts_at.timestamp()))


def delegation(delegation_id: UUID) -> DelegationShape | None:
    """One delegation with its acts and reports, the newest first."""
    return next(iter(_shapes(Delegation.objects.filter(pk=delegation_id), whole=True)), None)


def of_partner(partner_id: UUID) -> list[DelegationShape]:
    """What a partner was let do alone."""
    return _shapes(Delegation.objects.filter(partner_id=partner_id), whole=False)


def under_mandates(mandate_ids: Iterable[UUID]) -> dict[UUID, DelegationShape]:
    """Delegations by the mandate that gave them."""
    found = _shapes(Delegation.objects.filter(mandate__in=set(mandate_ids)), whole=False)
    return {one.mandate_id: one for one in found}


def owing(on: date | None = None) -> list[DelegationShape]:
    """Delegations of which a report is owed on a day (by default today), the longest overdue first."""
    day = on or localdate(now())
    found = [d for d in _shapes(Delegation.objects.all(), whole=False) if d.report_due is not None]
    return sorted(
        (d for d in found if d.report_due and d.report_due <= day), key=lambda d: d.report_due or day
    )


def unread() -> list[tuple[DelegationShape, DelegationReport]]:
    """Reports that nobody has read for the table yet, the oldest first."""
    rows = list(DelegationReport.objects.filter(reading=None).order_by("recorded_at"))
    shapes = {d.id: d for d in _shapes(Delegation.objects.filter(reports__in=rows), whole=False)}
    return [(shapes[row.delegation_id], row) for row in rows]


def _shapes(rows: Iterable[Delegation], *, whole: bool) -> list[DelegationShape]:
    found = list({row.pk: row for row in _with_mandates(rows)}.values())
    ids = [row.pk for row in found]
    spent = used(ids)
    reported: dict[UUID, set[date]] = {}
    for of, due in DelegationReport.objects.filter(delegation__in=ids).values_list("delegation_id", "due_on"):
        reported.setdefault(of, set()).add(due)
    moment = now()
    return [
        _shape(row, spent.get(row.pk, (0, 0)), reported.get(row.pk, set()), moment, whole=whole)
        for row in found
    ]


def _with_mandates(rows: Iterable[Delegation]) -> Iterable[Delegation]:
    return getattr(rows, "select_related", lambda *_: rows)("mandate__decision", "partner")


def _shape(
    row: Delegation, spent: tuple[int, int], reported: set[date], moment: datetime, *, whole: bool
) -> DelegationShape:
    limits, mandate = limits_of(row), mandate_shape(row.mandate)
    due = rules.next_report(limits, reported, end_of(row.mandate))
    return DelegationShape(
        id=row.pk,
        mandate_id=mandate.id,
        decision_number=mandate.decision_number,
        partner_id=row.partner_id,
        partner_name=row.partner.name,
        words=row.words,
        limits=limits,
        is_live=mandate.is_live(moment),
        starts_at=mandate.starts_at,
        ended_on=end_of(row.mandate),
        spent_cents=spent[0],
        uses=spent[1],
        report_due=due,
        is_overdue=rules.is_overdue(due, localdate(moment)),
        acts=acts_of(row.pk) if whole else (),
        reports=reports_of(row.pk) if whole else (),
        withdrawn_why=mandate.withdrawn_why,
        ends_at=mandate.ends_at,
    )


def acts_of(delegation_id: UUID) -> tuple[ActShape, ...]:
    """What was decided under a delegation, the newest first."""
    rows = DelegatedAct.objects.filter(delegation_id=delegation_id).select_related("decision")
    return tuple(
        ActShape(
            id=row.pk,
            decision_number=row.decision.number,
            title=row.decision.title,
            words=row.decision.question,
            reason=row.decision.reasons,
            amount_cents=row.amount_cents,
            acted_on=row.acted_on,
            effect_kind=row.effect,
            recorded_by_name=row.recorded_by_name,
            recorded_at=row.recorded_at,
        )
        for row in rows.order_by("-acted_on", "-recorded_at")
    )


def reports_of(delegation_id: UUID) -> tuple[ReportShape, ...]:
    """What was told the table about a delegation, the newest first."""
    rows = DelegationReport.objects.filter(delegation_id=delegation_id).select_related("reading")
    return tuple(report_shape(row) for row in rows.order_by("-due_on"))


def report_shape(row: DelegationReport) -> ReportShape:
    """A report, with who read it."""
    reading = getattr(row, "reading", None)
    return ReportShape(
        id=row.pk,
        due_on=row.due_on,
        words=row.words,
        spent_cents=row.spent_cents,
        uses=row.uses,
        written_by_name=row.recorded_by_name,
        recorded_at=row.recorded_at,
        read_by_name=reading.recorded_by_name if reading else "",
        read_words=reading.words if reading else "",
        read_at=reading.recorded_at if reading else None,
    )


def behind(decision_ids: Iterable[UUID]) -> Mapping[UUID, DelegatedAct]:
    """The acts behind decisions that a delegate took alone, by decision."""
    rows = DelegatedAct.objects.filter(decision__in=set(decision_ids))
    return {
        row.decision_id: row
        for row in rows.select_related("delegation__partner", "delegation__mandate__decision")
    }


def body_that_delegated(delegation_id: UUID) -> UUID | None:
    """The body that decided a delegation; None where it came from minutes of a vote held elsewhere."""
    row = Delegation.objects.filter(pk=delegation_id).select_related("mandate__decision__proposal").first()
    question = row.mandate.decision.proposal if row else None
    return question.body_id if question else None
