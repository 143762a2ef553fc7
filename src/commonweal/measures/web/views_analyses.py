"""Analyses: what was asked, who answered for its rows, and what was told to those who may see it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.foundation.access import Actor
from commonweal.foundation.access.web import actor_of
from commonweal.governance import facade as governance
from commonweal.kernel.errors import BadInput, NotFound
from commonweal.measures import actions
from commonweal.measures.access_data import may_answer
from commonweal.measures.queries import analyses, dictionary
from commonweal.measures.rules.analyses import COUNTABLE
from commonweal.measures.shapes_data import AnalysisShape, AnswerShape
from commonweal.measures.vocabulary_data import (
    POPULATION_NAMES,
    TOLD_NAMES,
    Population,
    Says,
    Told,
)
from commonweal.measures.web.analysis_rows import period_said, tables_of
from commonweal.measures.web.forms_data import AnswerForm, AskForm
from commonweal.measures.web.views_dictionary import at_table
from commonweal.partners import facade as partners


@require_safe
@at_table
def register(request: HttpRequest) -> HttpResponse:
    """What was asked; first what waits for one's own organization."""
    actor = actor_of(request)
    waiting = {one.number for one in analyses.asked_of(actor.partner_id)}
    found = analyses.analyses()
    context = {
        "waiting": [shape for shape in found if shape.number in waiting],
        "others": [shape for shape in found if shape.number not in waiting],
        "may_answer": may_answer(actor, actor.partner_id),
    }
    return render(request, "measures/analyses.html", context)


def _shape(number: int) -> AnalysisShape:
    found = analyses.analysis(number)
    if found is None:
        raise NotFound("analysis")
    return found


def _asked(shape: AnalysisShape) -> dict[str, Any]:
    """Exactly what was asked, for whoever answers or reads."""
    return {
        "shape": shape,
        "period": period_said(shape),
        "elements": [e for e in dictionary.dictionary() if e.element.id in shape.elements],
        "population": POPULATION_NAMES[shape.population],
        "told": TOLD_NAMES[shape.told],
    }


def _own(shape: AnalysisShape, actor: Actor) -> AnswerShape | None:
    return next((a for a in shape.answers if a.partner_id == actor.partner_id), None)


@require_safe
@at_table
def analysis(request: HttpRequest, number: int) -> HttpResponse:
    """One analysis. What it told is on it only for those who sit in the body that it was asked for."""
    shape, actor = _shape(number), actor_of(request)
    result = analyses.result(shape)
    own = _own(shape, actor)
    context = {
        "decided": governance.decision_line(shape.mandate_id),
        **_asked(shape),
        "own": own,
        "may_answer": may_answer(actor, actor.partner_id) if own else None,
        "result": result,
        "tables": tables_of(shape, result) if result else [],
        "yes": len(shape.yes),
    }
    response = render(request, "measures/analysis.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@at_table
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """Answer for one's own organization's rows."""
    shape, actor = _shape(number), actor_of(request)
    verdict = may_answer(actor, actor.partner_id)
    own = _own(shape, actor)
    if not verdict or own is None:
        refused = verdict if not verdict else may_answer(actor, None)
        return render(request, "ui/refused.html", {"verdict": refused}, status=403)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.answer_analysis(shape.id, by=actor, **{**said, "says": Says(said["says"])})
        except BadInput as fault:
            form.add_error(fault.where if fault.where in form.fields else None, _(fault.what))
        else:
            messages.success(request, _("Said for your organization. It holds from the next read on."))
            return redirect("measures:analysis", number)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "own": own, **_asked(shape)}
    return render(request, "measures/analysis_answer.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@at_table
def ask(request: HttpRequest) -> HttpResponse:
    """Ask those who hold data."""
    form = AskForm(request.POST or None, choices=_choices())
    if request.method == "POST" and form.is_valid():
        try:
            number = actions.ask_analysis(by=actor_of(request), **_said(form.cleaned_data))
        except BadInput as fault:
            form.add_error(fault.where if fault.where in form.fields else None, _(fault.what))
        else:
            messages.success(request, _("Asked. Now the holders answer, and the table decides."))
            return redirect("measures:analysis", number)
    status = 422 if request.method == "POST" else 200
    return render(request, "measures/analysis_ask.html", {"form": form}, status=status)


def _said(said: dict[str, Any]) -> dict[str, Any]:
    return {
        **said,
        "population": Population(said["population"]),
        "told": Told(said["told"]),
        "body_id": UUID(said["body_id"]),
        "holders": [UUID(one) for one in said["holders"]],
    }


def _choices() -> dict[str, list[tuple[str, str]]]:
    countable = {e for those in COUNTABLE.values() for e in those}
    return {
        "population": [(p.value, _(name)) for p, name in POPULATION_NAMES.items()],
        "elements": [
            (e.element.id, _(e.element.name))
            for e in dictionary.dictionary()
            if e.mandate_id and e.element.id in countable
        ],
        "told": [(t.value, _(name)) for t, name in TOLD_NAMES.items()],
        "body_id": [(str(b.id), _(b.name)) for b in partners.bodies()],
        "holders": [
            (str(p.id), p.name)
            for p in partners.all_partners()
            if p.is_here and not p.is_victim_service_provider and not p.is_backbone
        ],
    }
