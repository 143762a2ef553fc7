"""Who answers for what: the matrix of a body, an activity with its history, and changing it."""

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
from commonweal.governance import access_obligations as access
from commonweal.governance.actions import activities as acts
from commonweal.governance.actions import obligations
from commonweal.governance.models import Initiative
from commonweal.governance.queries import activities as reading
from commonweal.governance.rules import activities as rules
from commonweal.governance.shapes_activities import ActivityShape
from commonweal.governance.vocabulary_obligations import PART_NAMES, Part
from commonweal.governance.web.obligation_forms import DatedForm
from commonweal.governance.web.views_questions import at_table
from commonweal.kernel.errors import BadInput, Conflict, NotFound
from commonweal.partners import facade as partners
from commonweal.partners.shapes import BodyShape


class BeginForm(forms.Form):
    """Something that is done."""

    words = forms.CharField(label=gettext_lazy("What is done?"), max_length=200)
    initiative = forms.ChoiceField(label=gettext_lazy("For an initiative?"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["initiative"]
        assert isinstance(field, forms.ChoiceField)
        found = Initiative.objects.order_by("title").values_list("pk", "title")
        field.choices = [("", "–"), *((str(pk), _(title)) for pk, title in found)]


class PartForm(forms.Form):
    """Who has which part from today on."""

    part = forms.ChoiceField(
        label=gettext_lazy("Which part?"),
        choices=[(p.value, gettext_lazy(PART_NAMES[p])) for p in Part],
        widget=forms.RadioSelect,
    )
    who = forms.ChoiceField(label=gettext_lazy("Who?"))
    why = forms.CharField(
        label=gettext_lazy("Why, if somebody else answered for it until now"), max_length=300, required=False
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["who"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


def _open_bodies() -> list[BodyShape]:
    return [body for body in partners.bodies() if not body.is_private]


@require_http_methods(["GET", "HEAD", "POST"])
@at_table
def index(request: HttpRequest) -> HttpResponse:
    """The matrix of all bodies that meet in the open, or of one; whoever leads it adds to it."""
    actor, bodies = actor_of(request), _open_bodies()
    body = next((b for b in bodies if b.slug == request.GET.get("body", "")), None)
    found = reading.of_bodies([body.id] if body else [b.id for b in bodies])
    may = bool(body and access.may_keep_work(actor, body.id))
    form = BeginForm(request.POST or None) if may else None
    if request.method == "POST" and body and form and form.is_valid():
        about = form.cleaned_data["initiative"]
        made = acts.begin(
            body.id, by=actor, words=form.cleaned_data["words"], initiative_id=UUID(about) if about else None
        )
        return redirect("governance:activity", made)
    live = [one for one in found if one.ended_on is None]
    context = {
        "rows": live,
        "over": [one for one in found if one.ended_on is not None],
        "parts": [PART_NAMES[part] for part in Part],
        "gaps": rules.gaps(live),
        "loads": rules.loads(rules.counts(live)),
        "body": body,
        "bodies": bodies,
        "form": form,
    }
    return render(request, "governance/activities.html", context, status=422 if request.POST else 200)


def _choices(found: ActivityShape) -> list[tuple[str, str]]:
    """Seats of its body, and every partner."""
    seats = partners.seats_of([found.body_id])[found.body_id]
    named = [
        (f"seat:{s.id}", _("%(seat)s, in this body") % {"seat": _(partners.seat_said(s))}) for s in seats
    ]
    return [*named, *((f"partner:{p.id}", p.name) for p in partners.all_partners())]


@require_http_methods(["GET", "HEAD", "POST"])
@at_table
def activity(request: HttpRequest, activity_id: UUID) -> HttpResponse:
    """One activity: who has which part, who had it before, what is due, and how it changes."""
    found, actor = reading.one(activity_id), actor_of(request)
    if found is None:
        raise NotFound("activity")
    may = access.may_keep_work(actor, found.body_id)
    verb = request.POST.get("verb", "")
    part = PartForm(request.POST if verb == "give" else None, choices=_choices(found))
    dated = DatedForm(request.POST if verb == "date" else None)
    if request.method == "POST":
        try:
            done = _changed(request, verb, found, part, dated, actor)
        except BadInput as fault:
            done = False
            messages.error(request, _(fault.what))
        except Conflict:
            done = False
            messages.error(request, _("That is so already."))
        if done:
            return redirect("governance:activity", activity_id)
    context = {"it": found, "may": may, "part": part, "dated": dated, "verb": verb}
    return render(request, "governance/activity.html", context, status=422 if request.POST else 200)


def _changed(
    request: HttpRequest, verb: str, found: ActivityShape, part: PartForm, dated: DatedForm, by: Actor
) -> bool:
    """Do what was asked; False where a form says what is missing."""
    if verb == "give":
        if not part.is_valid():
            return False
        kind, _colon, named = part.cleaned_data["who"].partition(":")
        who = {"seat_id" if kind == "seat" else "partner_id": UUID(named)}
        acts.give_part(
            found.id,
            Part(part.cleaned_data["part"]),
            by=by,
            why=part.cleaned_data["why"],
            **who,
        )
    elif verb == "date":
        if not dated.is_valid():
            return False
        obligations.oblige_for(found.id, by=by, **dated.said())
    elif verb == "end-part":
        acts.end_part(UUID(request.POST.get("part_id", "")), by=by, why=request.POST.get("why", ""))
    elif verb == "finish":
        acts.finish(found.id, by=by, why=request.POST.get("why", ""))
    else:
        raise NotFound("verb")
    return True
