"""Keeping the record: enter a decision, give it effect, withdraw it, write an agreement down."""

from datetime import datetime
from itertools import product
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.access.web import actor_of, requires
from commonweal.governance import access, actions, facade, queries
from commonweal.governance.actions import proposing
from commonweal.governance.queries import proposals
from commonweal.governance.shapes import AgreementShape, DecisionShape, TermShape
from commonweal.governance.vocabulary import MATTER_NAMES, Matter
from commonweal.governance.web.forms import AgreementForm, DecisionForm, MandateForm, WithdrawForm, start_of
from commonweal.governance.web.rows import tellings
from commonweal.governance.web.rows_ending import Ways, ways_to_end
from commonweal.kernel.errors import BadInput, Conflict, NotFound
from commonweal.partners import facade as partners


def _refused(request: HttpRequest) -> HttpResponse | None:
    verdict = access.may_keep_record(actor_of(request))
    return None if verdict else render(request, "ui/refused.html", {"verdict": verdict}, status=403)


def _blame(form: Form, fault: BadInput) -> None:
    form.add_error(fault.where if fault.where in form.fields else None, _(fault.what))


def _status(request: HttpRequest) -> int:
    return 422 if request.method == "POST" else 200


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Role.ORG_ADMIN, purpose=Purpose.GOV)
def record(request: HttpRequest) -> HttpResponse:
    """Enter the minutes of a vote."""
    refused = _refused(request)
    if refused is not None:
        return refused
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        number = _recorded(request, form)
        if number:
            messages.success(
                request,
                _("Decision %(number)s is on record. Now say what it puts into effect.") % {"number": number},
            )
            return redirect("governance:effect", number)
    return render(request, "governance/record.html", {"form": form}, status=_status(request))


def _recorded(request: HttpRequest, form: DecisionForm) -> int | None:
    said = form.cleaned_data
    words = {k: said[k] for k in ("title", "question", "body", "method", "reasons", "dissent", "undo")}
    try:
        made = actions.record_decision(
            by=actor_of(request), decided_on=said["decided_on"], vote=form.vote(), **words
        )
    except BadInput as fault:
        _blame(form, fault)
        return None
    return queries.decisions_by_id([made])[made].number


def _decision(number: int) -> DecisionShape:
    found = queries.decision_numbered(number)
    if found is None:
        raise NotFound("decision")
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Role.ORG_ADMIN, purpose=Purpose.GOV)
def effect(request: HttpRequest, number: int) -> HttpResponse:
    """Put a decision into effect."""
    refused = _refused(request)
    if refused is not None:
        return refused
    found = _decision(number)
    form = MandateForm(
        request.POST or None, agreements=queries.agreements(), initial={"starts_on": localdate()}
    )
    if request.method == "POST" and form.is_valid() and _given(request, found.id, form):
        messages.success(request, _("It is in effect as written."))
        return redirect("governance:decision", number)
    context = {"decision": found, "form": form}
    return render(request, "governance/effect.html", context, status=_status(request))


def _given(request: HttpRequest, decision_id: UUID, form: MandateForm) -> bool:
    said = form.cleaned_data
    ends: datetime | None = start_of(said["ends_on"]) if said["ends_on"] else None
    try:
        actions.give_mandate(
            decision_id,
            by=actor_of(request),
            matter=Matter(said["matter"]),
            scope=said["scope"],
            starts_at=start_of(said["starts_on"]),
            ends_at=ends,
            words=said["words"],
        )
    except BadInput as fault:
        _blame(form, fault)
        return False
    except Conflict:
        form.add_error(None, _("This decision has put that into effect already."))
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Role.ORG_ADMIN, Role.MEMBER, purpose=Purpose.GOV)
def withdraw(request: HttpRequest, mandate_id: UUID) -> HttpResponse:
    """How an effect ends: first the page says what stops and who may stop it, then it stops."""
    mandate = queries.mandates([mandate_id]).get(mandate_id)
    if mandate is None:
        raise NotFound("mandate")
    if mandate.withdrawn_at is not None:
        messages.info(request, _("This was withdrawn already."))
        return redirect("governance:decision", mandate.decision_number)
    ways = ways_to_end(actor_of(request), mandate)
    if not ways.any and not ways.ask:
        return render(request, "ui/refused.html", {"verdict": ways.whole}, status=403)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if ways.agreed and request.POST.get("how") == "assent":
            return _ask_those_who_agreed(request, mandate_id, form.cleaned_data["why"])
        messages.success(request, _ended(request, mandate_id, ways, form.cleaned_data["why"]))
        return redirect("governance:decision", mandate.decision_number)
    named = queries.agreement_in(mandate.scope)
    agreement: AgreementShape | None = queries.agreement(named) if named else None
    context = {
        "mandate": mandate,
        "decision": _decision(mandate.decision_number),
        "matter": MATTER_NAMES[mandate.matter],
        "agreement": agreement,
        "tellings": tellings(agreement.terms) if agreement else [],
        "form": form,
        "ways": ways,
    }
    return render(request, "governance/withdraw.html", context, status=_status(request))


def _ask_those_who_agreed(request: HttpRequest, mandate_id: UUID, why: str) -> HttpResponse:
    """The body whose yes it needed is asked, alone, whether it takes it back."""
    asked = proposing.ask_to_withdraw_assent(mandate_id, by=actor_of(request), why=why)
    messages.success(request, _("The question is put. Give notice; they alone decide it."))
    return redirect("governance:question", proposals.number_of(asked))


def _ended(request: HttpRequest, mandate_id: UUID, ways: Ways, why: str) -> str:
    """Do what was chosen; the acts ask again whether it may be done."""
    by, chosen = actor_of(request), request.POST.get("how", "")
    if chosen == "telling" and ways.party:
        actions.stop_telling(mandate_id, by=by, why=why)
        return _("You tell nothing under it any more. What others tell goes on.")
    if chosen == "rest" and ways.rest:
        until = actions.let_rest(mandate_id, by=by, why=why)
        return _("It rests up to %(day)s, and is looked at again.") % {"day": facade.day_of(until)}
    actions.withdraw(mandate_id, by=by, why=why)
    return _("Withdrawn. Nothing it allowed works any more.")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Role.ORG_ADMIN, purpose=Purpose.GOV)
def agree(request: HttpRequest) -> HttpResponse:
    """Write an agreement down; it sleeps until a decision puts it into force."""
    refused = _refused(request)
    if refused is not None:
        return refused
    form = AgreementForm(request.POST or None, partners=partners.all_partners())
    if request.method == "POST" and form.is_valid():
        made = _agreed(request, form)
        if made is not None:
            messages.success(request, _("Written down. It sleeps until a decision puts it into force."))
            return redirect("governance:agreement", made)
    return render(request, "governance/agree.html", {"form": form}, status=_status(request))


def _agreed(request: HttpRequest, form: AgreementForm) -> UUID | None:
    said = form.cleaned_data
    lines = [
        TermShape(UUID(discloser), UUID(recipient), segment, purpose)
        for discloser, recipient, segment, purpose in product(
            said["disclosers"], said["recipients"], said["segments"], said["purposes"]
        )
        if discloser != recipient
    ]
    try:
        return actions.record_agreement(
            by=actor_of(request),
            slug=slugify(said["title"]) or "agreement",
            title=said["title"],
            text=said["text"],
            signed_on=said["signed_on"],
            terms=lines,
        )
    except BadInput as fault:
        _blame(form, fault)
    except Conflict:
        form.add_error("title", _("There is an agreement of this name already."))
    return None
