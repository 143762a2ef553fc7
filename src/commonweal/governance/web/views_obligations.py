"""What partners owe each other: under which agreement, by when, and what became of it."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.foundation.access import Actor
from commonweal.foundation.access.web import actor_of, public
from commonweal.governance import access as table
from commonweal.governance import access_obligations as access
from commonweal.governance import queries
from commonweal.governance.actions import obligations as acts
from commonweal.governance.models import Activity
from commonweal.governance.queries import obligations as reading
from commonweal.governance.shapes_obligations import DayOwed, ObligationShape
from commonweal.governance.vocabulary_obligations import AgreementKind
from commonweal.governance.web.obligation_forms import AgreedForm, ObligeForm, SayForm
from commonweal.governance.web.views_questions import at_table
from commonweal.kernel.errors import BadInput, Conflict, NotFound
from commonweal.partners import facade as partners


@require_safe
@public
def index(request: HttpRequest) -> HttpResponse:
    """Everything that is owed, what is late first."""
    found = reading.obligations()
    context = {
        "open": [one for one in found if one.is_open],
        "over": [one for one in found if not one.is_open],
        "late": sum(1 for one in found if one.now and one.now.look == "is-late"),
    }
    return render(request, "governance/obligations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@public
def obligation(request: HttpRequest, obligation_id: UUID) -> HttpResponse:
    """One thing owed, every day of it; who owes it and who receives it say what became of it."""
    found, actor = reading.one(obligation_id), actor_of(request)
    if found is None:
        raise NotFound("obligation")
    form = SayForm(request.POST or None)
    if request.method == "POST":
        if not form.is_valid():
            raise NotFound("verb")
        said = form.cleaned_data
        try:
            _say(found.id, said["verb"], said["due_on"], said["words"], actor)
        except BadInput as fault:
            form.add_error(None, _(fault.what))
        except Conflict:
            form.add_error(None, _("It was said already what became of it."))
        else:
            messages.success(request, _("Written down, with the day and your name."))
            return redirect("governance:obligation", obligation_id)
    context = {
        "it": found,
        "form": form,
        "may_meet": bool(access.may_say_met(actor, found.owes_id, found.account_ids)),
        "may_receive": _may_receive(actor, found),
        "sees_names": actor.account_id is not None,
        "chosen": _chosen(found, form),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "governance/obligation.html", context, status=status)


def _may_receive(actor: Actor, found: ObligationShape) -> bool:
    if found.activity_id is None:
        return bool(access.may_receive(actor, found.to_id))
    body_id = Activity.objects.values_list("body_id", flat=True).get(pk=found.activity_id)
    return bool(access.may_keep_work(actor, body_id))


def _chosen(found: ObligationShape, form: SayForm) -> DayOwed | None:
    """The day that asks for something: the one that was sent, else the oldest open one, else the last one
    that waits for a word of who receives it."""
    sent = form.cleaned_data.get("due_on") if form.is_bound and hasattr(form, "cleaned_data") else None
    if sent:
        return next((day for day in found.days if day.due_on == sent), None)
    waits = [day for day in found.days if day.is_met and day.confirmed is None]
    return waits[0] if waits else found.now


def _say(obligation_id: UUID, verb: str, due_on: date | None, words: str, by: Actor) -> None:
    if verb == "end":
        acts.end(obligation_id, by=by, why=words)
        return
    if due_on is None:
        raise NotFound("day")
    if verb == "met":
        acts.say_met(obligation_id, due_on, by=by, evidence=words)
    elif verb == "confirm":
        acts.confirm(obligation_id, due_on, by=by, words=words)
    elif verb == "deny":
        acts.deny(obligation_id, due_on, by=by, why=words)
    else:
        acts.waive(obligation_id, due_on, by=by, why=words)


@require_http_methods(["GET", "HEAD", "POST"])
@at_table
def oblige(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """Write down what one party owes another."""
    agreement, actor = queries.agreement(agreement_id), actor_of(request)
    if agreement is None:
        raise NotFound("agreement")
    parties = reading.parties_of(agreement_id)
    mine = [p for p in parties if access.may_write_down(actor, p.id)]
    if not mine:
        verdict = access.may_write_down(actor, None)
        return render(request, "ui/refused.html", {"verdict": verdict}, status=403)
    form = ObligeForm(request.POST or None, parties=parties)
    if request.method == "POST" and form.is_valid():
        said = form.said()
        owes, to = UUID(said.pop("owes")), UUID(said.pop("to"))
        try:
            acts.oblige(agreement_id, by=actor, owes_id=owes, to_id=to, **said)
        except BadInput as fault:
            form.add_error(fault.where if fault.where in form.fields else None, _(fault.what))
        except Conflict:
            form.add_error(None, _("This agreement has ended."))
        else:
            messages.success(request, _("Written down. Who owes it is reminded in time."))
            return redirect("governance:agreement", agreement_id)
    status = 422 if request.method == "POST" else 200
    return render(request, "governance/oblige.html", {"form": form, "agreement": agreement}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@at_table
def agreed(request: HttpRequest) -> HttpResponse:
    """Write down an agreement that lets nothing be told about anyone."""
    actor = actor_of(request)
    verdict = table.may_keep_record(actor)
    if not verdict:
        return render(request, "ui/refused.html", {"verdict": verdict}, status=403)
    form = AgreedForm(request.POST or None, known=partners.all_partners())
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = acts.write_agreement(
                by=actor,
                title=said["title"],
                kind=AgreementKind(said["kind"]),
                partner_ids=[UUID(i) for i in said["parties"]],
                text=said["text"],
                signed_on=said["signed_on"],
            )
        except BadInput as fault:
            form.add_error(fault.where if fault.where in form.fields else None, _(fault.what))
        except Conflict:
            form.add_error("title", _("There is an agreement of this name already."))
        else:
            return redirect("governance:oblige", made)
    status = 422 if request.method == "POST" else 200
    return render(request, "governance/agreed.html", {"form": form}, status=status)


@require_POST
@at_table
def end_agreement(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """One of its parties ends an agreement that lets nothing be told."""
    actor = actor_of(request)
    mine = [p for p in reading.parties_of(agreement_id) if access.may_end_agreement(actor, p.id)]
    if not mine:
        raise NotFound("party")
    try:
        acts.end_agreement(agreement_id, mine[0].id, by=actor, why=request.POST.get("why", ""))
    except BadInput as fault:
        messages.error(request, _(fault.what))
    except Conflict:
        messages.error(request, _("It has ended already."))
    return redirect("governance:agreement", agreement_id)
