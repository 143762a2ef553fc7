"""Delegations: what somebody may decide alone, what they decided, what is left, and what they reported."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.access.web import actor_of, public, requires
from commonweal.foundation.ui.lines import DecisionLine
from commonweal.foundation.ui.templatetags.ui import say
from commonweal.governance import access_delegation as access
from commonweal.governance import facade, queries
from commonweal.governance.actions import delegating, effects
from commonweal.governance.models import DelegationReport
from commonweal.governance.queries import delegations as reads
from commonweal.governance.rules.delegation import dollars
from commonweal.governance.shapes_delegations import DelegationShape
from commonweal.governance.shapes_effects import Effect
from commonweal.governance.web import rows_delegations as rows
from commonweal.governance.web.delegation_forms import ActForm, ReadForm, ReportForm
from commonweal.governance.web.rows_ending import ways_to_end
from commonweal.governance.web.views import closed_register
from commonweal.governance.web.views_questions import at_table, blame
from commonweal.kernel.errors import BadInput, Conflict, NotFound, Refused
from commonweal.kernel.verdict import Verdict

delegate = requires(Role.ORG_ADMIN, purpose=Purpose.GOV)


def _found(delegation_id: UUID) -> DelegationShape:
    found = reads.delegation(delegation_id)
    if found is None:
        raise NotFound("delegation")
    return found


@require_safe
@public
def index(request: HttpRequest) -> HttpResponse:
    """What others may decide alone."""
    closed = closed_register(request)
    if closed is not None:
        return closed
    lines = [rows.line_of(found) for found in reads.delegations()]
    context = {"lines": lines, "live": sum(line.it.is_live for line in lines)}
    return render(request, "governance/delegations.html", context)


@require_safe
@public
def delegation(request: HttpRequest, delegation_id: UUID) -> HttpResponse:
    """One delegation: limits, uses, what is left, reports."""
    closed = closed_register(request)
    if closed is not None:
        return closed
    return render(request, "governance/delegation.html", _page(_found(delegation_id), actor_of(request)))


def _page(found: DelegationShape, actor: Actor) -> dict[str, object]:
    lines = _decision_lines(found)
    mine = bool(access.may_speak_for_delegate(actor, found.partner_id))
    body = reads.body_that_delegated(found.id)
    mandate = queries.mandates([found.mandate_id])[found.mandate_id]
    return {
        "it": found,
        "mark": rows.mark_of(found),
        "left": rows.left_said(found),
        "report_mark": rows.report_mark(found),
        "limits": rows.limits_said(found),
        "acts": [rows.act_line(act, lines.get(act.decision_number)) for act in found.acts],
        "reports": [rows.report_line(report) for report in found.reports],
        "line": facade.decision_line(found.mandate_id),
        "may_act": mine and found.is_live and not found.is_suspended,
        "may_report": mine and found.report_due is not None,
        "may_read": bool(access.may_read_for_table(actor, body, found.partner_id)),
        "may_end": found.is_live and actor.account_id is not None and ways_to_end(actor, mandate),
        "form": ReadForm(),
    }


def _decision_lines(found: DelegationShape) -> dict[int, DecisionLine | None]:
    """What the decisions under it put into effect, by their number, for the line that says how it stands."""
    mandates = queries.mandates_under(found.id)
    lines = facade.decision_lines(m.id for m in mandates)
    return {m.decision_number: lines.get(m.id) for m in mandates}


@require_http_methods(["GET", "HEAD", "POST"])
@delegate
def act(request: HttpRequest, delegation_id: UUID) -> HttpResponse:
    """Decide something under a delegation: first the page says what follows, then it is decided."""
    found, actor = _found(delegation_id), actor_of(request)
    verdict = _may_act(found, actor)
    if not verdict:
        return render(request, "ui/refused.html", {"verdict": verdict}, status=403)
    effect = _effect(request, found)
    form = ActForm(request.POST or None, effect=effect)
    looked: dict[str, object] | None = None
    if form.is_bound and form.is_valid():
        looked = _looked(form, found)
        if looked is not None and request.POST.get("step") == "decide":
            made = _decided(form, found, actor)
            if made is not None:
                messages.success(request, _("Decided, and on record as your own decision."))
                return redirect("governance:decision", made)
            looked = None
    context = {
        "it": found,
        "form": form,
        "effect": effect,
        "left": rows.left_said(found),
        "limits": rows.limits_said(found),
        "looked": looked,
        "kinds": [k for k in _kinds(found) if effect is None or k.kind != effect.kind],
    }
    status = 422 if form.is_bound and looked is None else 200
    return render(request, "governance/delegation_act.html", context, status=status)


def _may_act(found: DelegationShape, actor: Actor) -> Verdict:
    mine = access.may_speak_for_delegate(actor, found.partner_id)
    return delegating.may_begin(found.id) if mine else mine


def _kinds(found: DelegationShape) -> list[Effect]:
    return [effect for effect in effects.effects() if effect.kind in found.limits.carries]


def _effect(request: HttpRequest, found: DelegationShape) -> Effect | None:
    chosen = request.POST.get("effect") or request.GET.get("effect") or ""
    return next((effect for effect in _kinds(found) if effect.kind == chosen), None)


def _looked(form: ActForm, found: DelegationShape) -> dict[str, object] | None:
    """What would follow, or None with the faults in the form. Changes nothing."""
    kind = form.effect.kind if form.effect else ""
    try:
        preview = delegating.preview(
            found.id, amount_cents=form.cents, acted_on=form.cleaned_data["acted_on"], effect=kind,
            params=form.params(),
        )  # fmt: skip
    except BadInput as fault:
        blame(form, fault)
        return None
    except Refused as no:
        form.add_error("amount" if "much" in no.verdict.rule else None, _words(no.verdict))
        return None
    after = dollars(found.left_cents - form.cents)
    return {"preview": preview, "amount": dollars(form.cents), "after": after}


def _words(verdict: Verdict) -> str:
    cure = f" {_(verdict.cure)}" if verdict.cure else ""
    return f"{say(verdict)}{cure}"


def _decided(form: ActForm, found: DelegationShape, actor: Actor) -> int | None:
    said = form.cleaned_data
    try:
        made = delegating.act(
            found.id,
            by=actor,
            title=said["title"],
            words=said["words"],
            reason=said["reason"],
            amount_cents=form.cents,
            acted_on=said["acted_on"],
            effect=form.effect.kind if form.effect else "",
            params=form.params(),
        )
    except BadInput as fault:
        blame(form, fault)
        return None
    except Refused as no:
        form.add_error(None, _words(no.verdict))
        return None
    return queries.decisions_by_id([made])[made].number


@require_http_methods(["GET", "HEAD", "POST"])
@delegate
def report(request: HttpRequest, delegation_id: UUID) -> HttpResponse:
    """Report to the table."""
    found, actor = _found(delegation_id), actor_of(request)
    verdict = access.may_speak_for_delegate(actor, found.partner_id)
    if not verdict:
        return render(request, "ui/refused.html", {"verdict": verdict}, status=403)
    if found.report_due is None:
        messages.info(request, _("No report is owed."))
        return redirect("governance:delegation", found.id)
    form = ReportForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            delegating.report(found.id, by=actor, words=form.cleaned_data["words"])
        except BadInput as fault:
            blame(form, fault)
        except Conflict:
            form.add_error(None, _("No report is owed."))
        else:
            messages.success(request, _("Told. Those at the table read it, and say so."))
            return redirect("governance:delegation", found.id)
    context = {
        "it": found,
        "form": form,
        "due": report_due(found),
        "spent": dollars(found.spent_cents),
        "uses": rows.uses_said(found.uses),
        "acts": [rows.act_line(act, None) for act in found.acts],
    }
    return render(request, "governance/delegation_report.html", context, status=422 if form.is_bound else 200)


def report_due(found: DelegationShape) -> str:
    """The day of the report that is owed, in the reader's language."""
    return rows.day_said(found.report_due) if found.report_due else ""


@require_POST
@at_table
def read(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Say that a report was read for the table."""
    row = DelegationReport.objects.filter(pk=report_id).first()
    if row is None:
        raise NotFound("report")
    form = ReadForm(request.POST)
    words = form.cleaned_data["words"] if form.is_valid() else request.POST.get("words", "")[:1000]
    try:
        delegating.read_report(report_id, by=actor_of(request), words=words)
    except Refused as no:
        return render(request, "ui/refused.html", {"verdict": no.verdict}, status=403)
    messages.success(request, _("Written down: the table has read it."))
    return redirect("governance:delegation", row.delegation_id)
