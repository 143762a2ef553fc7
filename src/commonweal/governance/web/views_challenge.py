"""Challenging a decision: first what it does, then the reasons."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from commonweal.foundation.access.web import actor_of
from commonweal.governance import queries
from commonweal.governance.actions import proposing
from commonweal.governance.queries import challenging, proposals
from commonweal.governance.web.question_forms import ChallengeForm
from commonweal.governance.web.rows_challenge import NO_PATH, way_of
from commonweal.governance.web.views_questions import at_table, blame
from commonweal.kernel.errors import BadInput, NotFound, Refused


@require_http_methods(["GET", "HEAD", "POST"])
@at_table
def challenge(request: HttpRequest, number: int) -> HttpResponse:
    """Put a decided matter again, with reasons that everyone can read."""
    actor = actor_of(request)
    found = queries.decision_numbered(number)
    if found is None:
        raise NotFound("decision")
    ground = challenging.ground(actor, found.id)
    if ground is None or not ground.verdict:
        raise Refused(ground.verdict if ground else NO_PATH)
    form = ChallengeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = _challenged(form, found.id, request)
        if asked is not None:
            messages.success(
                request,
                _("It is challenged. Give notice of the vote; the question is talked about until then."),
            )
            return redirect("governance:question", asked)
    context = {"decision": found, "form": form, "way": way_of(ground)}
    return render(request, "governance/challenge.html", context, status=422 if form.is_bound else 200)


def _challenged(form: ChallengeForm, decision_id: UUID, request: HttpRequest) -> int | None:
    try:
        made = proposing.challenge(decision_id, by=actor_of(request), why=form.cleaned_data["why"])
    except BadInput as fault:
        blame(form, fault)
        return None
    return proposals.number_of(made)
