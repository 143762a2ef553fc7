"""Votes as a meeting's room shows them: what is put to the vote, how many have voted, what became of it.

Registered with partners, which knows of meetings and not of votes (``partners.facade.vote_with``).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from commonweal.foundation.access import Actor
from commonweal.governance import access_voting as access
from commonweal.governance.actions import holding
from commonweal.governance.models import Poll, Proposal
from commonweal.governance.queries import bylaws, polls, rooms
from commonweal.governance.vocabulary import RESULT_NAMES, Stage
from commonweal.governance.web.questions_rows import moment_said
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners
from commonweal.partners.facade import ItemShape, LineShape, MeetingShape, MotionNext, QuorumSaid
from commonweal.partners.shapes import BodyShape, Panel

TEMPLATE = "governance/panels/room_vote.html"


@dataclass(frozen=True, slots=True)
class OpenVote:
    """A vote that is open: how many took part of how many, never who said what."""

    url: str
    voted: int
    of: int
    is_held_here: bool
    is_secret: bool
    closes: str
    may_cast: bool
    has_cast: bool
    may_write_down: bool
    may_end: bool


def quorum(body: BodyShape, there: frozenset[UUID], ref: str) -> QuorumSaid | None:
    """Whether enough are there by the bylaws."""
    return rooms.quorum_of(body, there, ref)


def panels(actor: Actor, meeting: MeetingShape, current: ItemShape | None) -> list[Panel]:
    """The votes that are open in this meeting, and the question in hand."""
    asked = {row.proposal_id: row.proposal for row in rooms.open_in(meeting.id)}
    in_hand = rooms.question_of(current.ref) if current else None
    if in_hand is not None:
        asked.setdefault(in_hand.pk, in_hand)
    return [Panel(n, "main", TEMPLATE, _panel(actor, meeting, row)) for n, row in enumerate(asked.values())]


def _panel(actor: Actor, meeting: MeetingShape, row: Proposal) -> dict[str, object]:
    poll = rooms.last_poll(row, meeting.body_id)
    decision = rooms.decision_of(row)
    context: dict[str, object] = {
        "number": row.number,
        "question": row.question,
        "is_emergency": row.is_emergency,
        "meeting": meeting,
    }
    if poll is not None and polls.is_open(poll, polls.moment_for(poll)):
        return context | {"open": _open(actor, meeting, row, poll)}
    if decision is not None or row.stage in (Stage.PENDING_RESIDENTS.value, Stage.PENDING_RATIFICATION.value):
        return context | {"result": _result(row, poll), "decision": decision.number if decision else None}
    if poll is not None and poll.closed_at is not None and row.stage == Stage.VOTING.value:
        return context | {"result": RESULT_NAMES[polls.count_now(poll).outcome.result], "waits": True}
    if row.body_id != meeting.body_id or bylaws.in_force() is None:
        return context
    may = holding.may_begin(row, meeting.id)
    holds = bool(access.may_hold(actor, row, meeting.id))
    return context | {"may": may, "holds": holds, "is_over": row.stage == Stage.WITHDRAWN.value}


def _result(row: Proposal, poll: Poll | None) -> str:
    return RESULT_NAMES[polls.count_now(poll).outcome.result] if poll and poll.closed_at else ""


def _open(actor: Actor, meeting: MeetingShape, row: Proposal, poll: Poll) -> OpenVote:
    is_here = poll.meeting_id == meeting.id
    mine = [vote for vote in polls.my_votes(actor) if vote.poll_id == poll.pk and vote.may]
    entitled = len(rooms.units_heard(poll)) if is_here and not poll.rule["remote"] else rooms.entitled(poll)
    page = reverse("governance:in-room", args=[row.number, meeting.id])
    return OpenVote(
        url=page if is_here else reverse("governance:question", args=[row.number]) + "#ballot",
        voted=polls.turnout_of(poll),
        of=entitled,
        is_held_here=is_here,
        is_secret=poll.is_secret,
        closes=moment_said(poll.closes_at),
        may_cast=bool(mine),
        has_cast=bool(mine) and all(v.cast is not None or v.receipt for v in mine),
        may_write_down=is_here and bool(access.may_enter_in_meeting(actor, poll)),
        may_end=is_here and bool(access.may_end_in_meeting(actor, poll)),
    )


def may_close(meeting: MeetingShape) -> Verdict:
    """A vote that nobody can cast from afar is ended before its meeting is."""
    if all(row.rule["remote"] for row in rooms.open_in(meeting.id)):
        return allow("governance.meeting.no-vote", N_("No vote keeps the meeting open."))
    return deny(
        "governance.meeting.vote-open",
        N_("A vote is open in this meeting, and nobody can cast from afar."),
        N_("Close the vote and count it first."),
    )


def motions(actor: Actor, meeting: MeetingShape, lines: Iterable[LineShape]) -> Mapping[UUID, MotionNext]:
    """What became of motions; of one that is only written down, the page that makes it a question."""
    moved = [line for line in lines if line.kind is partners.LineKind.MOTION and "vote" not in line.details]
    numbers = rooms.questions_of(line.made for line in moved if line.made)
    found = {}
    for line in moved:
        if line.made is not None and line.made in numbers:
            number = numbers[line.made]
            url = reverse("governance:question", args=[number])
            found[line.id] = MotionNext(url, N_("Became question"), number)
        elif line.made is None and meeting.is_running and bylaws.in_force() is not None:
            found[line.id] = MotionNext(
                reverse("governance:motion", args=[line.id]), N_("Put it to the vote")
            )
    return found
