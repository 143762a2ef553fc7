"""Judging blocks and objections: who may, what they said, and how many it takes for one to fall."""

from dataclasses import dataclass
from uuid import UUID

from commonweal.foundation.access import Actor
from commonweal.governance import access_voting as access
from commonweal.governance.models import Ballot, Poll
from commonweal.governance.queries import polls
from commonweal.governance.rules.choices import REASONED
from commonweal.governance.rules.wire import electorate_of
from commonweal.governance.shapes_questions import ReasonShape
from commonweal.governance.vocabulary import Method
from commonweal.kernel.errors import NotFound
from commonweal.kernel.verdict import Verdict, deny
from commonweal.kernel.words import N_

SEEKING = frozenset({Method.CONSENSUS, Method.CONSENT})


@dataclass(frozen=True, slots=True)
class Judged:
    """What one voter held of a reason. ``is_upheld``: it is one."""

    voter: str
    voter_name: str
    is_upheld: bool
    why: str


@dataclass(frozen=True, slots=True)
class Judge:
    """A voter for whom the reader speaks. ``has``: its judgement, which stays; ``may``: whether it may give
    one."""

    voter: str
    name: str
    may: Verdict
    has: Judged | None


@dataclass(frozen=True, slots=True)
class Judging:
    """One block or objection, what was held of it, and who of the reader's may say so.

    It falls when ``needed`` of the ``judges`` found that it is none.
    """

    poll_id: UUID
    body_name: str
    method: Method
    is_open: bool
    reason: ReasonShape
    judges: int
    needed: int
    said: tuple[Judged, ...]
    mine: tuple[Judge, ...]


def may_judge(by: Actor, row: Poll, about: str, voter: str) -> Verdict:
    """Say as a voter what it holds of another's reason: neither who asked nor who blocks, nor anybody under
    common control with them. Raises NotFound where there is no such reason."""
    mine, theirs = access.voter_in(row, voter), access.voter_in(row, about)
    last = _last_of(row, about) if theirs else None
    if mine is None or last is None or last.choice.get("position") not in {p.value for p in REASONED}:
        raise NotFound("reason")
    if mine.has_one_vote_as in _barred(row, about):
        return deny(
            "governance.judge.own",
            N_("The group judges it, not who asked or who blocks."),
            N_("The others say whether it harms what you are here for."),
        )
    return access.may_speak_as(by, row.body_id, voter)


def _last_of(row: Poll, about: str) -> Ballot | None:
    return row.ballots.filter(voter=about).order_by("-place").first()


def _barred(row: Poll, about: str) -> set[str]:
    """The units that do not judge: of the one who blocks, and of the one who asked."""
    named = (access.voter_in(row, about), access.voter_in(row, row.at_closing.get("proposer", "")))
    return {voter.has_one_vote_as for voter in named if voter}


def judgings(question_id: UUID, by: Actor) -> list[Judging]:
    """The blocks and objections of a question's last round, those of the deciding body first."""
    last: dict[tuple[str, UUID], Poll] = {}
    rows = Poll.objects.filter(proposal_id=question_id).select_related("proposal", "body")
    for row in rows.order_by("opens_at"):
        last[row.kind, row.body_id] = row
    main = next((row for (kind, _body), row in last.items() if kind == "main"), None)
    found: list[Judging] = []
    for row in last.values():
        if main is not None and row.opens_at >= main.opens_at:
            found += _of_poll(row, by)
    return found


def _of_poll(row: Poll, by: Actor) -> list[Judging]:
    method = polls.frozen_rule(row).voting.method
    if method not in SEEKING:
        return []
    voters = electorate_of(row.electorate).voters
    names = {voter.id: voter.name for voter in voters}
    units = {voter.has_one_vote_as for voter in voters}
    is_open = polls.is_open(row, polls.moment_for(row))
    found = []
    for reason in polls.reasons_of(row):
        judges = len(units - _barred(row, reason.voter))
        said = tuple(
            Judged(j["voter"], names.get(j["voter"], ""), j["is_upheld"], j["why"])
            for j in polls.judgements_of(row)
            if j["about"] == reason.voter
        )
        mine = tuple(_mine(row, by, reason.voter, names, said)) if is_open else ()
        judging = Judging(
            *(row.id, row.body.name, method, is_open, reason, judges),
            needed=judges // 2 + 1,
            said=said,
            mine=mine,
        )
        found.append(judging)
    return found


def _mine(row: Poll, by: Actor, about: str, names: dict[str, str], said: tuple[Judged, ...]) -> list[Judge]:
    has = {one.voter: one for one in said}
    speaks = {s.voter_id for s in access.seats_of_account(by) if s.body_id == row.body_id and s.has_vote}
    return [
        Judge(voter, names[voter], may_judge(by, row, about, voter), has.get(voter))
        for voter in sorted(speaks & set(names))
    ]
