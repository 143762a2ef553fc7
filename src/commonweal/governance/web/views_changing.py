"""Propose that a yes do something else: the effect as it is asked now, to be written otherwise."""

from datetime import date

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from commonweal.foundation.access import Actor
from commonweal.foundation.access.web import actor_of
from commonweal.governance.actions import changing, effects
from commonweal.governance.shapes_questions import QuestionShape
from commonweal.governance.vocabulary import Stage
from commonweal.governance.web import question_acts as steps
from commonweal.governance.web.question_forms import EffectForm
from commonweal.governance.web.rows_changes import as_asked
from commonweal.governance.web.views_questions import at_table, blame, found_question
from commonweal.kernel.errors import BadInput


class ChangeForm(EffectForm):
    """What a yes would do, and why otherwise."""

    why = forms.CharField(
        label=gettext_lazy("Why otherwise?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )

    def days(self) -> dict[str, date | None]:
        """The days as they would be."""
        return {name: self.cleaned_data.get(name) for name in changing.DAYS}


@require_http_methods(["GET", "HEAD", "POST"])
@at_table
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Write what a yes would do otherwise; who put the question changes it at once, others propose it."""
    actor = actor_of(request)
    found = found_question(number, actor)
    may = steps.what_may(number, actor)
    if not may.talk or found.line.stage not in (Stage.DRAFT, Stage.TALKING):
        return redirect("governance:question", number)
    effect = effects.effect(found.effect or "none")
    form = ChangeForm(request.POST or None, effect=effect, initial=as_asked(found, effect))
    if request.method == "POST" and form.is_valid() and _proposed(form, found, actor):
        messages.success(
            request, _("It is changed.") if may.write else _("It stands below the question now.")
        )
        return redirect("governance:question", number)
    context = {"question": found, "effect": effect, "form": form, "owns": may.write}
    status = 422 if request.method == "POST" else 200
    return render(request, "governance/question_change.html", context, status=status)


def _proposed(form: ChangeForm, found: QuestionShape, actor: Actor) -> bool:
    try:
        changing.change_effect(
            found.line.id, by=actor, params=form.params(), days=form.days(), why=form.cleaned_data["why"]
        )
    except BadInput as fault:
        blame(form, fault)
        return False
    return True
