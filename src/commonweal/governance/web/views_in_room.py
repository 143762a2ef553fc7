"""A vote in a meeting: put to the vote, cast on phones or written down by name, ended; and motions."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from commonweal.foundation.access import Actor
from commonweal.foundation.access.web import actor_of
from commonweal.foundation.ui.templatetags.ui import cure, say
from commonweal.governance import access_voting as access
from commonweal.governance.actions import casting, holding
from commonweal.governance.models import Poll
from commonweal.governance.queries import bylaws, polls, rooms
from commonweal.governance.shapes_questions import QuestionShape
from commonweal.governance.vocabulary import RESULT_NAMES, Channel, Matter
from commonweal.governance.web import questions_rows as rows
from commonweal.governance.web.room_forms import MotionForm, RollForm
from commonweal.governance.web.views_questions import at_table, blame, found_question
from commonweal.kernel.errors import BadInput, Conflict, NotFound, Refused
from commonweal.kernel.verdict import Verdict
from commonweal.partners import facade as partners
from commonweal.partners.facade import LineShape, MeetingShape
from commonweal.partners.shapes import SeatShape


def _meeting(meeting_id: UUID) -> MeetingShape:
    """A meeting that runs; an unknown one and one of a closed room look alike. Raises NotFound."""
    found = partners.meeting(meeting_id)
    if found is None:
        raise NotFound("meeting")
    return found


def _poll(question: QuestionShape, meeting_id: UUID) -> Poll | None:
    """The vote on this question that is open in this meeting."""
    return next((row for row in rooms.open_in(meeting_id) if row.proposal_id == question.line.id), None)


@require_http_methods(["GET", "HEAD", "POST"])
@at_table
def in_room(request: HttpRequest, number: int, meeting_id: UUID) -> HttpResponse:
    """The vote as it is held in the room: begin it, cast, write down who said what, end it."""
    actor, meeting = actor_of(request), _meeting(meeting_id)
    found = found_question(number, actor)
    act = request.POST.get("act", "")
    if act == "begin":
        return _begin(request, found, meeting)
    poll = _poll(found, meeting_id)
    if poll is None:
        messages.info(request, _("No vote on this question is open in the meeting."))
        return redirect("partners:room", meeting_id)
    if act == "write":
        return _write(request, found, meeting, poll)
    if act == "end":
        return _end(request, found, meeting, poll)
    return render(request, "governance/in_room.html", _page(found, meeting, poll, actor))


def _begin(request: HttpRequest, found: QuestionShape, meeting: MeetingShape) -> HttpResponse:
    try:
        holding.begin_vote(found.line.id, by=actor_of(request), meeting_id=meeting.id)
    except Refused as refused:
        messages.error(request, _whole(refused.verdict))
    else:
        messages.success(request, _("Voting is open. Everyone here can cast on a phone."))
    return redirect("partners:room", meeting.id)


def _whole(verdict: Verdict) -> str:
    return " ".join(filter(None, (say(verdict), cure(verdict))))


def _write(request: HttpRequest, found: QuestionShape, meeting: MeetingShape, poll: Poll) -> HttpResponse:
    actor = actor_of(request)
    form = _roll_form(meeting, poll, actor, request.POST)
    if form.is_valid():
        try:
            given = casting.cast_in_meeting(
                poll.pk, by=actor, choices=form.choices(), provenance=form.cleaned_data["provenance"]
            )
        except BadInput as fault:
            blame(form, fault)
        else:
            messages.success(request, _("%(n)s votes are written down.") % {"n": len(given)})
            return redirect("governance:in-room", found.line.number, meeting.id)
    context = _page(found, meeting, poll, actor) | {"roll": form}
    return render(request, "governance/in_room.html", context, status=422)


def _end(request: HttpRequest, found: QuestionShape, meeting: MeetingShape, poll: Poll) -> HttpResponse:
    actor = actor_of(request)
    if _missing(poll) and not request.POST.get("asked"):
        context = _page(found, meeting, poll, actor) | {"unasked": True}
        return render(request, "governance/in_room.html", context, status=422)
    result = holding.end_vote(poll.pk, by=actor)
    messages.success(request, _("Counted: %(result)s.") % {"result": _(RESULT_NAMES[result])})
    return redirect("partners:room", meeting.id)


def _missing(poll: Poll) -> int:
    """How many who are here have not voted; of a secret vote at most as many as that."""
    heard = rooms.units_heard(poll)
    if poll.is_secret:
        return max(0, len(heard) - polls.turnout_of(poll))
    return len(heard - polls.units_that_cast(poll))


def _roll_form(meeting: MeetingShape, poll: Poll, actor: Actor, data: Any = None) -> RollForm:
    words = _("Called one by one in the meeting of %(body)s; written down by %(who)s.")
    said = words % {"body": _(meeting.body_name), "who": actor.name}
    return RollForm(data, poll=polls.poll_shape(poll), called=rooms.called(poll), said=said)


def _page(found: QuestionShape, meeting: MeetingShape, poll: Poll, actor: Actor) -> dict[str, Any]:
    votes = [v for v in polls.my_votes(actor) if v.poll_id == poll.pk]
    away = _is_away(poll, [v.voter for v in votes], actor)
    called = rooms.called(poll)
    may_write = bool(access.may_enter_in_meeting(actor, poll)) and not poll.is_secret
    ending = holding.may_end(actor, poll)
    holds = bool(access.may_end_in_meeting(actor, poll))
    roll = _roll_form(meeting, poll, actor) if may_write and not poll.rule["choosing"] else None
    return {
        "question": found,
        "line": found.line,
        "meeting": meeting,
        "voted": polls.turnout_of(poll),
        "entitled": rooms.entitled(poll),
        "heard": len(rooms.units_heard(poll)),
        "enough": rooms.quorum_in(poll),
        "ballots": [] if away else rows.ballot_cards(found, votes),
        "not_here": away,
        "roll": roll,
        "others": [one for one in called if one not in roll.called] if roll else [],
        "counts": _counts(meeting, found),
        "may_end": ending if holds else None,
        "missing": _missing(poll),
    }


def _is_away(poll: Poll, voters: list[str], actor: Actor) -> Verdict | None:
    """Why the reader's seats can't cast now, where the bylaws have it voted on by who is there."""
    verdicts = [casting.may_cast_now(poll, Channel.PAGE, voter, actor) for voter in voters]
    return next((v for v in verdicts if not v), None) if verdicts and not any(verdicts) else None


def _counts(meeting: MeetingShape, found: QuestionShape) -> dict[str, Any] | None:
    """The counts that the minutes hold of the motion that became this question."""
    line = next((x for x in partners.lines_of(meeting.id) if x.made == found.line.id), None)
    details = dict(line.details) if line else {}
    said = {name: details.get(name, 0) for name in ("yes", "no", "abstain")}
    return said if any(said.values()) else None


@require_http_methods(["GET", "HEAD", "POST"])
@at_table
def motion(request: HttpRequest, line_id: UUID) -> HttpResponse:
    """A motion that the minutes hold: put it to the vote, or make it a question for later."""
    actor, found = actor_of(request), partners.line(line_id)
    if found is None or found[0].kind is not partners.LineKind.MOTION or "vote" in found[0].details:
        raise NotFound("motion")
    line, meeting = found
    if line.made is not None or not meeting.is_running:
        return redirect("partners:meeting", meeting.id)
    form = MotionForm(
        request.POST or None, matters=_matters(meeting), there=_there(meeting), line=line.details
    )
    refused = None
    if form.is_bound and form.is_valid():
        now = request.POST.get("when") != "later"
        try:
            number = _put(form, line, actor, now=now)
        except Refused as no:
            refused = no.verdict
        except BadInput as fault:
            blame(form, fault)
        except Conflict:
            return redirect("partners:room", meeting.id)
        else:
            if now:
                return redirect("governance:in-room", number, meeting.id)
            messages.success(
                request, _("It is a question now. Give notice of it, or put it to the vote later.")
            )
            return redirect("governance:question", number)
    context = {"form": form, "line": line, "meeting": meeting, "refused": refused}
    return render(request, "governance/motion.html", context, status=422 if form.is_bound else 200)


def _matters(meeting: MeetingShape) -> list[Matter]:
    """What this body decides by the bylaws, positions first."""
    laws = bylaws.in_force()
    found = list(laws.decided_by(meeting.body_slug)) if laws else []
    return sorted(found, key=lambda m: m is not Matter.POSITION)


def _there(meeting: MeetingShape) -> list[SeatShape]:
    there = partners.seats_there(meeting.id)
    return [s for s in partners.seats_of([meeting.body_id]).get(meeting.body_id, []) if s.id in there]


def _put(form: MotionForm, line: LineShape, actor: Actor, *, now: bool) -> int:
    said = form.cleaned_data
    moved = holding.Moved(UUID(said["mover"]), UUID(said["seconder"]) if said["seconder"] else None)
    return holding.put_motion(line.id, by=actor, matter=Matter(said["matter"]), moved=moved, now=now)
