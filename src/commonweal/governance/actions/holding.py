"""Holding a vote in a meeting: begin it, end it, and make a motion that was moved there a question.

Who votes casts as everywhere (``casting``), and the count is the one that every vote has (``certifying``).
"""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from commonweal.foundation.access import Actor
from commonweal.foundation.bus import publish
from commonweal.governance import access_voting as access
from commonweal.governance.actions import certifying, effects, polling
from commonweal.governance.actions.casting import locked_poll
from commonweal.governance.actions.proposing import check, locked, putting
from commonweal.governance.actions.proposing.held import told
from commonweal.governance.events_voting import QuestionPut
from commonweal.governance.models import Poll, Proposal
from commonweal.governance.queries import bylaws, laws, polls, reach, rooms
from commonweal.governance.shapes_bylaws import MatterRule
from commonweal.governance.shapes_questions import Counted
from commonweal.governance.vocabulary import RESULT_NAMES, Matter, Method, Result
from commonweal.kernel.errors import BadInput, NotFound
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners
from commonweal.partners.shapes import SeatShape

MOST_TITLE = 90
"""Characters of a motion that stand as the title of its question."""


@transaction.atomic
def begin_vote(question_id: UUID, *, by: Actor, meeting_id: UUID) -> tuple[UUID, ...]:
    """Put a question to the vote in a meeting that runs; returns its polls, the body's own first.

    As ``polling.open_voting``; where the bylaws let nobody vote from afar, enough must be there. Raises
    Refused with what to mend, NotFound.
    """
    row = locked(question_id)
    check(access.may_hold(by, row, meeting_id))
    check(may_begin(row, meeting_id))
    return polling.open_voting(question_id, by=by, meeting_id=meeting_id)


def may_begin(row: Proposal, meeting_id: UUID) -> Verdict:
    """Whether a question may be put to the vote in a meeting now, by whoever holds its votes."""
    rule = laws.rule_for(row)
    if rule is None:
        return access.NO_BYLAWS
    ready = polling.may_open(row, rule)
    if not ready or rule.is_remote:
        return ready
    body = partners.bodies_by_id([row.body_id])[row.body_id]
    enough = rooms.quorum_of(body, partners.seats_there(meeting_id), f"{rooms.REF}{row.id}")
    return enough.verdict if enough and not enough.verdict else ready


@transaction.atomic
def end_vote(poll_id: UUID, *, by: Actor) -> Result:
    """End a vote in its meeting: close and count it, certify it unless another body still answers or a round
    may follow, and write the result into the minutes. Returns what came of it.

    Raises Refused, also while too few take part and the others can still vote from afar; NotFound.
    """
    row = locked_poll(poll_id)
    if row.meeting_id is None or row.closed_at is not None:
        raise NotFound("poll")
    check(may_end(by, row))
    meeting_id = row.meeting_id
    found = certifying.close(poll_id, by=by)
    result = found.outcome.result
    if _is_answered(row, result):
        result = certifying.certify(row.proposal_id, by=by)
    partners.write_vote(meeting_id, _for_minutes(row.proposal, found, result), by=by)
    return result


def may_end(by: Actor, row: Poll) -> Verdict:
    """Whether a vote may be ended in its meeting now."""
    holding = access.may_end_in_meeting(by, row)
    enough = rooms.quorum_in(row)
    if not holding or enough.verdict or not row.rule["remote"]:
        return holding
    return deny(
        "governance.end.quorum",
        N_("Too few take part so far: %(needed)s are needed."),
        N_("Wait for the others. They can vote on their phones, also after the meeting."),
        needed=enough.needed,
    )


def _is_answered(row: Poll, result: Result) -> bool:
    """Whether nobody else is asked, and no round of talking can follow."""
    talks = Method(row.rule["voting"]["method"]) in (Method.CONSENSUS, Method.CONSENT)
    if talks and result is Result.REJECTED:
        return False
    return all(poll.closed_at is not None or poll.pk == row.pk for poll in polls.polls_of_round(row.proposal))


def _for_minutes(question: Proposal, found: Counted, result: Result) -> partners.Counted:
    decision, tally = rooms.decision_of(question), found.outcome.tally
    told_of = not (found.is_held_back or found.sums)
    said = {"yes": tally.yes, "no": tally.no, "abstain": tally.abstain} if told_of else {}
    return partners.Counted(
        question_id=question.pk,
        number=question.number,
        url=reverse("governance:question", args=[question.number]),
        words=question.question,
        result=RESULT_NAMES[result],
        decision=decision.number if decision else None,
        **said,
    )


@dataclass(frozen=True, slots=True)
class Moved:
    """Who made a motion and who supported it: seats of the body, with somebody there."""

    mover: UUID
    seconder: UUID | None = None


@transaction.atomic
def put_motion(line_id: UUID, *, by: Actor, matter: Matter, moved: Moved, now: bool = True) -> int:
    """Make a motion of the minutes a question before the body that met; with ``now`` put it to the vote at
    once. Returns the question's number.

    It is decided like every question of its matter: by the bylaws' own body, notice, quorum and method. Who
    moved must sit there, be there, and be one who may propose. It starts nothing by itself (effect *none*).
    Raises Refused, NotFound, BadInput, Conflict where it became one before.
    """
    found = partners.line(line_id)
    if found is None or found[0].kind is not partners.LineKind.MOTION:
        raise NotFound("motion")
    line, meeting = found
    law = bylaws.in_force()
    rule = law.rule(matter, meeting.body_slug) if law else None
    if rule is None:
        check(access.NO_BYLAWS)
    assert law is not None  # the check refuses without bylaws
    assert rule is not None
    seat = _mover(meeting, moved, rule)
    because = check(_may_put(meeting, rule))
    title = line.words if len(line.words) <= MOST_TITLE else f"{line.words[: MOST_TITLE - 1].rstrip()}…"
    row = putting.put(
        by,
        rule,
        body=meeting.body_slug,
        title=title,
        question=line.words,
        effect="none",
        params=dict(effects.read("none", {"within": rule.body} if reach.is_within(law, rule) else {})),
        options=[],
        starts_on=None,
        ends_on=None,
        review_on=None,
        proposed_by_seat_id=seat.id,
    )
    # Who wrote it down did not ask it, and does not take it back.
    row.proposed_by_id = seat.holder.account_id if seat.holder else None
    row.save(update_fields=["proposed_by"])
    putting.write_first(row, [("", line.words)], by)
    partners.became(line_id, row.pk, by=by)
    told(row, by, "question.moved", N_("Made a motion a question."), because.rule, line=str(line_id))
    publish(QuestionPut(row.id, row.number))
    if now:
        check(access.may_hold(by, row, meeting.id))
        begin_vote(row.id, by=by, meeting_id=meeting.id)
    return row.number


def _may_put(meeting: partners.MeetingShape, rule: MatterRule) -> Verdict:
    if not meeting.is_running:
        return deny(
            "governance.motion.over",
            N_("The meeting is over. What its minutes say binds nobody; what binds is voted."),
            N_("Put it as a question of your own."),
        )
    if rule.body != meeting.body_slug:
        return deny(
            "governance.motion.other-body",
            N_("By the bylaws another body decides this."),
            N_("Choose what it is about, or put it to that body as a question."),
        )
    if rule.choosing is not None:
        return deny(
            "governance.motion.choosing",
            N_("By the bylaws one chooses here among several, and a motion names only one thing."),
            N_("Put it as a question, with what there is to choose."),
        )
    return allow("governance.motion.here", N_("It was moved in the body that decides it."))


def _mover(meeting: partners.MeetingShape, moved: Moved, rule: MatterRule) -> SeatShape:
    """The seat that moved. Raises BadInput, Refused."""
    there = partners.seats_there(meeting.id)
    seats = {s.id: s for s in partners.seats_of([meeting.body_id]).get(meeting.body_id, [])}
    seat = seats.get(moved.mover)
    if seat is None or seat.id not in there:
        raise BadInput("mover", N_("Who made the motion is there by the list of the meeting."))
    if moved.seconder is not None and (moved.seconder not in there or moved.seconder not in seats):
        raise BadInput("seconder", N_("Who supports the motion is there by the list of the meeting."))
    if moved.seconder == moved.mover:
        raise BadInput("seconder", N_("Somebody else supports it."))
    check(_may_move(seat, rule))
    return seat


def _may_move(seat: SeatShape, rule: MatterRule) -> Verdict:
    if access.is_of(seat, rule.proposers):
        return allow("governance.motion.mover", N_("The bylaws let this seat propose this."))
    return deny(
        "governance.propose.no-seat",
        N_("The bylaws name who may propose this, and who moved is not among them."),
        N_("Ask someone who may to move it."),
    )
