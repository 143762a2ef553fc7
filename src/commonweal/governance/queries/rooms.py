"""Votes in a meeting: what its agenda asks, who is enough by the bylaws, who has voted; never how."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from commonweal.governance.models import Decision, Poll, Proposal
from commonweal.governance.queries import bylaws, polls
from commonweal.governance.queries.electorates import Roll, roll_of
from commonweal.governance.queries.laws import rule_for
from commonweal.governance.rules.quorum import least_needed, quorum
from commonweal.governance.rules.wire import electorate_of
from commonweal.governance.shapes_bylaws import BylawsShape
from commonweal.governance.shapes_voting import Electorate, QuorumRule
from commonweal.partners.facade import QuorumSaid
from commonweal.partners.shapes import BodyShape

REF = "proposal:"
"""How an agenda names a question, followed by its id."""


@dataclass(frozen=True, slots=True)
class Called:
    """A voter on the roll of a vote in a meeting.

    ``is_there`` in person; else ``carrier`` may carry its proxy. ``has_voted`` by any way, ``by_itself`` on a
    page; both are None in a secret vote, where nobody learns who took part while it is open.
    """

    voter: str
    name: str
    is_there: bool
    carrier: str
    is_recused: bool
    has_voted: bool | None
    by_itself: bool | None


def question_of(ref: str) -> Proposal | None:
    """The question that a point of an agenda is about."""
    if not ref.startswith(REF):
        return None
    try:
        named = UUID(ref.removeprefix(REF))
    except ValueError:
        return None
    return Proposal.objects.select_related("body").filter(pk=named).first()


def question_numbered(number: int) -> Proposal | None:
    """The question with this number, where the reader may see it."""
    return Proposal.objects.select_related("body").filter(number=number).first()


def last_poll(question: Proposal, body_id: UUID) -> Poll | None:
    """The last asking of a body on a question."""
    rows = Poll.objects.select_related("proposal", "body").filter(proposal=question, body_id=body_id)
    return rows.order_by("-opens_at").first()


def open_in(meeting_id: UUID) -> list[Poll]:
    """The votes that are held in a meeting and are open now."""
    rows = Poll.objects.filter(meeting_id=meeting_id, closed_at=None).select_related("proposal", "body")
    return [row for row in rows if polls.is_open(row, polls.moment_for(row))]


def decision_of(question: Proposal) -> Decision | None:
    """The decision on a question, once it is certified."""
    return Decision.objects.filter(proposal=question).first()


def questions_of(ids: Iterable[UUID]) -> Mapping[UUID, int]:
    """The numbers of questions, by id."""
    return dict(Proposal.objects.filter(pk__in=set(ids)).values_list("pk", "number"))


def quorum_of(body: BodyShape, there: frozenset[UUID], ref: str) -> QuorumSaid | None:
    """Whether the seats that are there are enough for the question that ``ref`` names; for none, by what the
    bylaws ask of this body otherwise. None where they ask nothing that one number could say."""
    laws = bylaws.in_force()
    if laws is None:
        return None
    question = question_of(ref)
    found = _rule(laws, body, question)
    if found is None:
        return None
    rule, article = found
    here = _here(roll_of(body.id, question), there)
    return QuorumSaid(quorum(here, rule), least_needed(here, rule), article)


def _rule(laws: BylawsShape, body: BodyShape, question: Proposal | None) -> tuple[QuorumRule, str] | None:
    """The rule of the quorum and its article: of the vote that is open, of the matter, or of the body."""
    poll = last_poll(question, body.id) if question else None
    if poll is not None and poll.closed_at is None:
        frozen = polls.frozen_rule(poll)
        return frozen.voting.quorum, frozen.article
    if question is not None and question.body_id == body.id:
        matter = rule_for(question)
        return (matter.voting.quorum, matter.article) if matter else None
    if question is None and laws.otherwise and laws.otherwise.body == body.slug:
        return laws.otherwise.voting.quorum, laws.otherwise.article
    if body.slug in laws.bodies:
        of_body = laws.bodies[body.slug]
        return of_body.assent.quorum, of_body.article
    ruled = list(laws.decided_by(body.slug).values())
    alike = bool(ruled) and all(rule.voting.quorum == ruled[0].voting.quorum for rule in ruled)
    return (ruled[0].voting.quorum, ruled[0].article) if alike else None


def _here(roll: Roll, there: frozenset[UUID]) -> Electorate:
    known = {str(seat) for seat in there}
    voters = tuple(
        replace(voter, is_present=bool(known & set(roll.seats[voter.id]))) for voter in roll.electorate.voters
    )
    return replace(roll.electorate, voters=voters)


def quorum_in(row: Poll) -> QuorumSaid:
    """Whether enough take part in a vote that is held in a meeting: those who are there, and who has cast."""
    rule = polls.frozen_rule(row).voting.quorum
    there, cast = polls.voters_there(row), polls.units_that_cast(row)
    electorate = electorate_of(row.electorate)
    voters = tuple(
        replace(v, is_present=v.id in there or v.has_one_vote_as in cast) for v in electorate.voters
    )
    now_here = replace(electorate, voters=voters)
    return QuorumSaid(quorum(now_here, rule), least_needed(now_here, rule), polls.frozen_rule(row).article)


def called(row: Poll) -> list[Called]:
    """The roll of a vote in a meeting, by name."""
    there = polls.voters_there(row)
    carried = dict(row.proposal.proxies.filter(revoked_at=None).values_list("giver", "carrier_name"))
    cast = set() if row.is_secret else polls.units_that_cast(row)
    found = [
        Called(
            voter=v.id,
            name=v.name,
            is_there=v.id in there,
            carrier=carried.get(v.id, "") if v.id not in there else "",
            is_recused=v.is_recused or v.id in _stepped_out(row),
            has_voted=None if row.is_secret else v.has_one_vote_as in cast,
            by_itself=None if row.is_secret else polls.has_cast_itself(row, v.id),
        )
        for v in electorate_of(row.electorate).voters
    ]
    return sorted(found, key=lambda one: one.name.casefold())


def _stepped_out(row: Poll) -> set[str]:
    return set(row.proposal.recusals.filter(is_conflict=True).values_list("voter", flat=True))


def units_heard(row: Poll) -> set[str]:
    """The voting units that can vote in the meeting now."""
    heard, out = polls.voters_heard(row), _stepped_out(row)
    voters = electorate_of(row.electorate).voters
    return {v.has_one_vote_as for v in voters if v.id in heard and not v.is_recused and v.id not in out}


def entitled(row: Poll) -> int:
    """How many voting units may vote, wherever they are."""
    out = _stepped_out(row)
    voters = electorate_of(row.electorate).voters
    return len({v.has_one_vote_as for v in voters if not v.is_recused and v.id not in out})
