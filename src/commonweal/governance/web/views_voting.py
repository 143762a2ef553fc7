"""Casting a vote, taking a question a step on, ballots on paper, and the board for counting again."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.access.web import actor_of, public, requires
from commonweal.governance import access_voting as access
from commonweal.governance.actions import casting, certifying, polling, proposing
from commonweal.governance.queries import board as boards
from commonweal.governance.queries import polls
from commonweal.governance.shapes_questions import PaperShape, PollShape, QuestionShape
from commonweal.governance.web import question_acts as steps
from commonweal.governance.web import question_rounds as rounds
from commonweal.governance.web.ballot_forms import ballot_form
from commonweal.governance.web.question_forms import PaperForm
from commonweal.governance.web.views_questions import at_table, blame, found_question, shown
from commonweal.kernel.clock import now
from commonweal.kernel.errors import BadInput, Conflict, NotFound, Refused
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners


@require_POST
@at_table
def vote(request: HttpRequest, number: int) -> HttpResponse:
    """Cast or change a vote. The code in the answer is kept nowhere; pressing again gives it again."""
    actor = actor_of(request)
    found = found_question(number, actor)
    poll = _poll(found, request.POST.get("poll", ""))
    form = ballot_form(poll, request.POST.get("voter", ""), request.POST)
    if not form.is_valid():
        return shown(request, number, bad=form)
    try:
        receipt = casting.cast(
            poll.id,
            by=actor,
            voter=form.cleaned_data["voter"],
            choice=form.choice(),
            receipt=form.cleaned_data["receipt"],
            is_beyond=form.cleaned_data["is_beyond"],
        )
    except BadInput as fault:
        blame(form, fault)
        return shown(request, number, bad=form)
    context = {
        "receipt": receipt,
        "number": number,
        "closes_at": poll.closes_at,
        "meeting_id": poll.meeting_id if poll.meeting_id and _is_running(poll.meeting_id) else None,
    }
    return render(request, "governance/receipt.html", context)


def _is_running(meeting_id: UUID) -> bool:
    found = partners.meeting(meeting_id)
    return found is not None and found.is_running


def _poll(found: QuestionShape, said: str) -> PollShape:
    poll = next((p for p in found.polls if str(p.id) == said), None)
    if poll is None:
        raise NotFound("poll")
    return poll


@require_POST
@at_table
def act(request: HttpRequest, number: int) -> HttpResponse:
    """Take the next step: notice, opening, counting, withdrawing."""
    actor = actor_of(request)
    found = found_question(number, actor)
    do = _ACTS.get(request.POST.get("act", ""))
    if do is None:
        raise NotFound("act")
    try:
        messages.success(request, do(found, actor, request.POST.get("why", "")))
    except Refused as refused:
        verdict = refused.verdict
        messages.error(
            request,
            " ".join(
                filter(None, (_(verdict.sentence) % verdict.params, _(verdict.cure) if verdict.cure else ""))
            ),
        )
    except BadInput as fault:
        messages.error(request, _(fault.what))
    return redirect("governance:question", number)


def _notice(found: QuestionShape, actor: Actor, why: str) -> str:
    polling.give_notice(found.line.id, by=actor)
    return _("Notice is given. The text stands from now on.")


def _open(found: QuestionShape, actor: Actor, why: str) -> str:
    polling.open_voting(found.line.id, by=actor)
    return _("Voting is open. Those who vote have been told.")


def _count(found: QuestionShape, actor: Actor, why: str) -> str:
    for poll in found.polls:
        if poll.closed_at is None and not poll.is_open:
            certifying.close(poll.id, by=actor)
    counted = found_question(found.line.number, actor)
    if rounds.found_no_agreement(counted):
        return _("They found no agreement. Another round may begin, or it ends with a no.")
    if found.line.stage in steps.COUNTING:
        certifying.certify(found.line.id, by=actor)
    return _("The votes are counted.")


def _round(found: QuestionShape, actor: Actor, why: str) -> str:
    polling.begin_round(found.line.id, by=actor, why=why)
    return _("Another round has begun. The text can be changed; then give notice.")


def _no(found: QuestionShape, actor: Actor, why: str) -> str:
    if not rounds.found_no_agreement(found):
        raise NotFound("act")
    certifying.certify(found.line.id, by=actor)
    return _("It ended with a no.")


def _hurry(found: QuestionShape, actor: Actor, why: str) -> str:
    hours = int(why) if why.isascii() and why.isdigit() else 0
    if not 1 <= hours <= 24 * 14:
        raise BadInput("why", N_("Say for how many hours, from 1 to 336."))
    polling.open_voting(found.line.id, by=actor, closes_at=now() + timedelta(hours=hours))
    return _("Voting is open. Those who vote have been told.")


def _keep(found: QuestionShape, actor: Actor, why: str) -> str:
    number = proposing.ask_to_keep(found.line.id, by=actor)
    return _("Question %(n)s asks the table to keep it. Give notice of it soon.") % {"n": number}


def _withdraw(found: QuestionShape, actor: Actor, why: str) -> str:
    proposing.withdraw_question(found.line.id, by=actor, why=why)
    return _("The question is withdrawn. It stays on record.")


_ACTS: dict[str, Callable[[QuestionShape, Actor, str], str]] = {
    "notice": _notice,
    "open": _open,
    "hurry": _hurry,
    "keep": _keep,
    "count": _count,
    "round": _round,
    "no": _no,
    "withdraw": _withdraw,
}

_ENTERERS = (Role.ELECTION_OFFICER, Role.ORG_ADMIN)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(*_ENTERERS, purpose=Purpose.GOV)
def paper(request: HttpRequest, number: int) -> HttpResponse:
    """Enter ballots on paper; a second person enters each again from the same paper."""
    actor = actor_of(request)
    verdict = access.may_enter_paper(actor)
    if not verdict:
        raise Refused(verdict)
    found = found_question(number, actor)
    open_polls = [poll for poll in found.polls if poll.is_open]
    form, entry_id = None, request.POST.get("entry", "")
    if request.method == "POST":
        poll = _poll(found, request.POST.get("poll", ""))
        ballot = ballot_form(poll, request.POST.get("voter", ""), request.POST)
        form = PaperForm(request.POST, ballot=ballot, is_check=bool(entry_id))
        done = form.is_valid() and _entered(request, actor, poll, form, entry_id)
        if done:
            return redirect("governance:question-paper", number)
    context = {
        "question": found,
        "cards": [_paper_card(poll, form, entry_id) for poll in open_polls],
        "checks": [
            _check_card(poll, entry, actor, form if str(entry.id) == entry_id else None)
            for poll in open_polls
            for entry in polls.papers_waiting(poll.id)
        ],
    }
    status = 422 if form is not None else 200
    return render(request, "governance/question_paper.html", context, status=status)


def _paper_card(poll: PollShape, bad: PaperForm | None, entry_id: str) -> dict[str, object]:
    is_bad = bad is not None and not entry_id and str(bad.ballot["poll"].value()) == str(poll.id)
    form = bad if is_bad else PaperForm(ballot=ballot_form(poll, ""))
    voters = [(v.id, _(v.name)) for v in poll.electorate.voters if not v.is_recused]
    return {"poll": poll, "form": form, "voters": voters}


def _check_card(poll: PollShape, entry: PaperShape, actor: Actor, bad: PaperForm | None) -> dict[str, object]:
    """A ballot to be read a second time; ``is_own``: the reader read it first."""
    return {
        "poll": poll,
        "entry": entry,
        "is_own": entry.entered_by_id == actor.account_id,
        "form": bad or PaperForm(ballot=ballot_form(poll, entry.voter), is_check=True),
    }


def _entered(request: HttpRequest, actor: Actor, poll: PollShape, form: PaperForm, entry_id: str) -> bool:
    try:
        if entry_id:
            receipt = casting.check_paper(_id(entry_id), by=actor, choice=form.ballot.choice())
            same = _("Both read the same. The ballot is cast.")
            messages.info(
                request, same if receipt else _("You read it differently. Enter it anew, together.")
            )
            return True
        casting.enter_paper(
            poll.id,
            by=actor,
            voter=form.ballot.cleaned_data["voter"],
            choice=form.ballot.choice(),
            provenance=form.cleaned_data["provenance"],
        )
    except BadInput as fault:
        blame(form, fault)
        return False
    except Conflict as twice:
        form.add_error(None, _(str(twice)))
        return False
    messages.success(request, _("Entered. A second person now enters it again from the paper."))
    return True


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as wrong:
        raise NotFound("entry") from wrong


@require_safe
@public
def board(request: HttpRequest, poll_id: UUID) -> HttpResponse:
    """Everything that counting again needs, as a file that ``commonweal recount`` reads."""
    poll = polls.poll(poll_id)
    if poll is None or poll.closed_at is None:
        raise NotFound("poll")
    found_question(poll.question_number, actor_of(request))
    proposing.check(access.may_read_board(actor_of(request), poll.body_id))
    answer = JsonResponse(boards.board(poll_id), json_dumps_params={"indent": 2, "ensure_ascii": False})
    answer["Content-Disposition"] = (
        f'attachment; filename="question-{poll.question_number}-{poll.kind.value}.json"'
    )
    return answer
