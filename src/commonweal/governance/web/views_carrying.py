"""What comes of a decision: who does what by when, and by which measure one sees whether it worked."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from commonweal.foundation.access import Actor
from commonweal.foundation.access.web import actor_of
from commonweal.governance import queries
from commonweal.governance.actions import carrying as acts
from commonweal.governance.queries import carrying as reading
from commonweal.governance.web.views_questions import at_table
from commonweal.kernel.errors import BadInput, Conflict, NotFound
from commonweal.partners import facade as partners
from commonweal.partners.shapes import SeatShape


class _Choosing(forms.Form):
    """A form whose choices are given when it is shown; none is taken beforehand."""

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = next(f for f in self.fields.values() if isinstance(f, forms.ChoiceField))
        field.choices = [("", "–"), *choices]


class TakeOnForm(_Choosing):
    """Something new that somebody does by a day."""

    seat = forms.ChoiceField(label=gettext_lazy("Who does it?"))
    words = forms.CharField(label=gettext_lazy("What?"), max_length=300)
    due_on = forms.DateField(
        label=gettext_lazy("By when?"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )


class NameForm(_Choosing):
    """Something that was taken on already."""

    action = forms.ChoiceField(label=gettext_lazy("What was taken on already"))


class MeasureForm(_Choosing):
    """A measure by which one sees whether it worked."""

    measure = forms.ChoiceField(label=gettext_lazy("By which measure do we see whether it worked?"))


@require_http_methods(["GET", "HEAD", "POST"])
@at_table
def carry(request: HttpRequest, number: int) -> HttpResponse:
    """Say who carries a decision."""
    found, actor = queries.decision_numbered(number), actor_of(request)
    if found is None:
        raise NotFound("decision")
    verdict = reading.may_carry(actor, found.id)
    if not verdict:
        return render(request, "ui/refused.html", {"verdict": verdict}, status=403)
    came = reading.came_of(found.id)
    forms_here = _forms(request, came)
    verb = request.POST.get("verb", "")
    if request.method == "POST" and verb in forms_here and forms_here[verb].is_valid():
        try:
            _do(verb, found.id, forms_here[verb].cleaned_data, actor)
        except BadInput as fault:
            form = forms_here[verb]
            form.add_error(fault.where if fault.where in form.fields else None, _(fault.what))
        except Conflict:
            forms_here[verb].add_error(None, _("It is named already."))
        else:
            messages.success(request, _("Written down. It stands on the page of the decision."))
            return redirect("governance:decision", number)
    context = {"decision": found, "came": came, "forms": forms_here, "verb": verb}
    return render(request, "governance/carry.html", context, status=422 if request.method == "POST" else 200)


def _forms(request: HttpRequest, came: reading.CameOf) -> dict[str, forms.Form]:
    """The three forms; those with nothing to choose are left out."""
    body_id = came.body_id
    seats = partners.seats_of([body_id])[body_id] if body_id else []
    taken = {one.id for one in came.actions}
    items = partners.work_of_bodies([body_id]) if body_id else []
    said = request.POST.get("verb", "")
    offered: dict[str, tuple[type[_Choosing], list[tuple[str, str]]]] = {
        "take-on": (TakeOnForm, [(str(s.id), _seat(s)) for s in seats if s.holder]),
        "name": (NameForm, [(str(a.id), _(a.words)) for a in items if a.id not in taken and a.is_open]),
        "measure": (MeasureForm, [(str(pk), _(words)) for pk, words in reading.measures_to_choose()]),
    }
    return {
        verb: kind(request.POST if verb == said else None, choices=choices)
        for verb, (kind, choices) in offered.items()
        if choices
    }


def _seat(seat: SeatShape) -> str:
    name = _(partners.seat_said(seat))
    return f"{seat.holder.name} ({name})" if seat.holder and seat.holder.name != name else name


def _do(verb: str, decision_id: UUID, said: dict[str, Any], by: Actor) -> None:
    if verb == "take-on":
        acts.take_on(decision_id, UUID(said["seat"]), by=by, words=said["words"], due_on=said["due_on"])
    elif verb == "name":
        acts.name_action(decision_id, UUID(said["action"]), by=by)
    else:
        acts.name_measure(decision_id, UUID(said["measure"]), by=by)
