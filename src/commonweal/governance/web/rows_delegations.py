"""What the pages of delegations and initiatives show, made from shapes."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal.foundation.ui.lines import DecisionLine
from commonweal.governance.actions.effects import registry
from commonweal.governance.queries import delegations
from commonweal.governance.rules.delegation import dollars
from commonweal.governance.shapes import DecisionShape
from commonweal.governance.shapes_delegations import ActShape, DelegationShape, ReportShape
from commonweal.kernel.clock import day_of


@dataclass(frozen=True, slots=True)
class Mark:
    """A state: its look and its words."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """One delegation in the list."""

    it: DelegationShape
    mark: Mark
    left: str
    report: Mark | None


@dataclass(frozen=True, slots=True)
class ActLine:
    """One thing that was decided under a delegation. ``ended``: what it put into effect has ended."""

    it: ActShape
    amount: str
    effect: str
    line: DecisionLine | None


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One report to the table."""

    it: ReportShape
    spent: str
    uses: str
    was_late: bool


def day_said(day: date) -> str:
    """A day in the reader's language."""
    return date_format(day, "DATE_FORMAT")


def mark_of(found: DelegationShape) -> Mark:
    """Whether it may be used now."""
    if not found.is_live:
        return Mark("is-off", _("Ended"))
    if found.is_suspended:
        return Mark("is-no", _("Stopped until the report is written"))
    return Mark("is-done", _("In force"))


def report_mark(found: DelegationShape) -> Mark | None:
    """When the next report is due; None: none is owed."""
    if found.report_due is None:
        return None
    day = {"day": day_said(found.report_due)}
    if found.is_overdue:
        return Mark("is-late", _("Report overdue since %(day)s") % day)
    return Mark("is-wait", _("Reports by %(day)s") % day)


def left_said(found: DelegationShape) -> str:
    """*$1,240 of $2,000 is left.*"""
    if found.limits.in_all_cents is None:
        return _("It may spend nothing.")
    return _("%(left)s of %(all)s is left.") % {
        "left": dollars(found.left_cents),
        "all": dollars(found.limits.in_all_cents),
    }


def uses_said(uses: int) -> str:
    """How often it was used."""
    if not uses:
        return _("Not used yet")
    return ngettext("Used once", "Used %(n)s times", uses) % {"n": uses}


def line_of(found: DelegationShape) -> Line:
    """One delegation for the list."""
    return Line(found, mark_of(found), left_said(found), report_mark(found))


def limits_said(found: DelegationShape) -> list[tuple[str, str]]:
    """Each limit as a name and its words."""
    limits = found.limits
    in_all = dollars(limits.in_all_cents) if limits.in_all_cents else _("nothing")
    rows = [
        (_("In all"), in_all),
        (_("Spent"), f"{dollars(found.spent_cents)}. {uses_said(found.uses)}."),
        (_("What is left"), dollars(found.left_cents)),
    ]
    if limits.act_cents is not None:
        rows.append((_("In one decision"), _("at most %(most)s") % {"most": dollars(limits.act_cents)}))
    names = [_(registry.effect(kind).name) for kind in sorted(limits.carries)]
    rows.append((_("Puts into effect"), "; ".join(names) or _("nothing: it decides and pays")))
    rows.append((_("From"), day_said(day_of(found.starts_at))))
    rows.append((_("Up to"), day_said(found.ended_on) if found.ended_on else _("until the table ends it")))
    if limits.report_every:
        days = _("every %(n)s days") % {"n": limits.report_every}
        rows.append((_("It reports"), days))
    if limits.suspends:
        rows.append((_("If a report is late"), _("nothing more is decided until it is written")))
    return rows


def act_line(act: ActShape, line: DecisionLine | None) -> ActLine:
    """One act for the page."""
    effect = _(registry.effect(act.effect_kind).name) if act.effect_kind else ""
    return ActLine(act, dollars(act.amount_cents) if act.amount_cents else _("costs nothing"), effect, line)


def act_line_of(decision: DecisionShape) -> ActLine | None:
    """The act behind a decision that a delegate took alone."""
    found = delegations.acts_of(decision.delegation_id) if decision.delegation_id else ()
    act = next((one for one in found if one.decision_number == decision.number), None)
    return act_line(act, None) if act else None


def report_line(report: ReportShape) -> ReportLine:
    """One report for the page."""
    is_late = day_of(report.recorded_at) > report.due_on
    return ReportLine(report, dollars(report.spent_cents), uses_said(report.uses), is_late)
