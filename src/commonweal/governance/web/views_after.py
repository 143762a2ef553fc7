"""Acts beside and after the vote: judge a reason, answer for an organization, ask a body again, go on without
it."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from commonweal.foundation.access.web import actor_of
from commonweal.governance.actions import casting, certifying, polling
from commonweal.governance.models import Proposal
from commonweal.governance.queries import passing, polls
from commonweal.governance.rules.bylaws_words import share_words
from commonweal.governance.vocabulary import Result
from commonweal.governance.web.question_forms import PastForm
from commonweal.governance.web.questions_rows import day_said
from commonweal.governance.web.views_questions import at_table, blame, found_question
from commonweal.kernel.errors import BadInput, NotFound, Refused


def _done(request: HttpRequest, number: int, do: Callable[[], str]) -> HttpResponse:
    """Do it, and tell on the question's page how it went."""
    try:
        messages.success(request, do())
    except BadInput as fault:
        messages.error(request, _(fault.what))
    return redirect("governance:question", number)


@require_POST
@at_table
def judge_reason(request: HttpRequest, number: int, poll_id: UUID) -> HttpResponse:
    """Say as a voter whether another's block or objection is one."""
    actor = actor_of(request)
    found = found_question(number, actor)
    if poll_id not in {poll.id for poll in found.polls}:
        raise NotFound("poll")

    def do() -> str:
        casting.judge_reason(
            poll_id,
            by=actor,
            about=request.POST.get("about", ""),
            voter=request.POST.get("voter", ""),
            is_upheld=request.POST.get("is") == "reason",
            why=request.POST.get("why", ""),
        )
        return _("Written down, with the reason.")

    return _done(request, number, do)


@require_POST
@at_table
def ratify(request: HttpRequest, number: int) -> HttpResponse:
    """Stand, for an organization, behind its delegate's vote, or not."""
    actor = actor_of(request)
    found = found_question(number, actor)

    def do() -> str:
        is_behind = request.POST.get("is") == "behind"
        result = certifying.ratify(
            found.line.id,
            by=actor,
            voter=request.POST.get("voter", ""),
            is_behind=is_behind,
            words=request.POST.get("words", ""),
        )
        if result is Result.ADOPTED:
            return _("Your organization stands behind it. With that the question is adopted.")
        return (
            _("Your organization stands behind it.")
            if is_behind
            else _("Your organization’s no is written down.")
        )

    return _done(request, number, do)


@require_POST
@at_table
def ask_again(request: HttpRequest, number: int, body_id: UUID) -> HttpResponse:
    """Ask a body that has not answered once more, up to the question's deadline."""
    actor = actor_of(request)
    found = found_question(number, actor)

    def do() -> str:
        polling.ask_gate_again(found.line.id, body_id, by=actor)
        return _("They are asked again. Those who vote have been told.")

    return _done(request, number, do)


@require_http_methods(["GET", "HEAD", "POST"])
@at_table
def past(request: HttpRequest, number: int) -> HttpResponse:
    """The narrow way past a gate that did not answer: first what it does, then the reasons."""
    actor = actor_of(request)
    found = found_question(number, actor)
    row = Proposal.objects.select_related("body").get(pk=found.line.id)
    verdict = passing.may_pass(actor, row)
    if not verdict:
        raise Refused(verdict)
    asked = polls.polls_of_round(row)
    way = passing.way_past(row, asked[0])
    assert way is not None  # may_pass refuses without one
    form = PastForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            certifying.pass_gate(row.pk, by=actor, why=form.cleaned_data["why"])
        except BadInput as fault:
            blame(form, fault)
        else:
            messages.success(request, _("It is adopted. Your reasons stand with the decision."))
            return redirect("governance:question", number)
    silent = [_(name) for name in found.waiting.whom] if found.waiting else []
    context = {
        "question": found,
        "form": form,
        "whom": ", ".join(silent),
        "way": way,
        "share": _(share_words(way.threshold)),
        "since": day_said(way.opens_at),
        "body": _(found.line.body_name),
    }
    return render(request, "governance/question_past.html", context, status=422 if form.is_bound else 200)
