"""One ballot, opened by the link that was mailed to the one who votes. No signing in; nothing else opens."""

from dataclasses import replace
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.web import public
from commonweal.governance.actions import casting, mailing
from commonweal.governance.queries import polls, proposals
from commonweal.governance.shapes_questions import MyVote, QuestionShape, Receipt
from commonweal.governance.vocabulary import Channel
from commonweal.governance.web.ballot_forms import BallotForm, ballot_form
from commonweal.governance.web.questions_rows import ballot_cards
from commonweal.governance.web.views_questions import blame
from commonweal.kernel.errors import BadInput, NotFound


@require_http_methods(["GET", "HEAD", "POST"])
@public
def ballot(request: HttpRequest, token: str) -> HttpResponse:
    """Show the ballot, or cast it. A link that opens nothing, and one that is over, look alike."""
    found = mailing.who_opens(token)
    if found is None:
        raise NotFound("ballot")
    actor, poll_id, voter = found
    with acting(actor):
        return _ballot(request, actor, poll_id, voter, token)


def _ballot(request: HttpRequest, actor: Actor, poll_id: UUID, voter: str, token: str) -> HttpResponse:
    poll = polls.poll(poll_id)
    question = proposals.question(poll.question_id) if poll else None
    if poll is None or question is None:
        raise NotFound("ballot")
    bad, receipt = None, None
    if request.method == "POST":
        form = ballot_form(poll, voter, {**request.POST.dict(), "poll": str(poll_id), "voter": voter})
        receipt = _cast(form, actor, poll_id, voter)
        bad = None if receipt else form
    votes = [v for v in polls.my_votes(actor) if v.poll_id == poll_id and v.voter == voter]
    context = _context(question, votes, bad, token, receipt)
    answer = render(request, "governance/ballot_link.html", context, status=422 if bad else 200)
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def _cast(form: BallotForm, actor: Actor, poll_id: UUID, voter: str) -> Receipt | None:
    if not form.is_valid():
        return None
    try:
        return casting.cast(
            poll_id,
            by=actor,
            voter=voter,
            choice=form.choice(),
            receipt=form.cleaned_data["receipt"],
            is_beyond=form.cleaned_data["is_beyond"],
            channel=Channel.LINK,
        )
    except BadInput as fault:
        blame(form, fault)
        return None


def _context(
    question: QuestionShape, votes: list[MyVote], bad: BallotForm | None, token: str, receipt: Receipt | None
) -> dict[str, object]:
    cards = ballot_cards(question, votes, bad)
    action = reverse("governance:ballot-link", args=[token])
    return {
        "title": question.line.title,
        "question": question.question,
        "body": question.line.body_name,
        "sections": question.sections,
        "ballot": replace(cards[0], action=action) if cards else None,
        "verdict": votes[0].may if votes else casting.OVER,
        "receipt": receipt,
    }
