"""Organizations whose delegates said yes and could not decide alone: who has answered, who is waited for."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.governance import access_voting as access
from commonweal.governance.models import Ballot, Poll, Proposal
from commonweal.governance.queries import polls
from commonweal.governance.rules.wire import electorate_of
from commonweal.governance.vocabulary import Position, Stage
from commonweal.kernel.verdict import Verdict

_FOR = frozenset({Position.YES.value, Position.RESERVATIONS.value})


@dataclass(frozen=True, slots=True)
class Answerer:
    """One organization, what its delegate said, and its own answer. ``is_behind`` None: not answered."""

    voter: str
    name: str
    partner_id: UUID | None
    position: str
    reason: str
    is_behind: bool | None
    words: str
    answered_at: datetime | None
    may: Verdict

    @property
    def is_waited_for(self) -> bool:
        """Whether it has not answered."""
        return self.is_behind is None


@dataclass(frozen=True, slots=True)
class AnswerWaiting:
    """A question that waits for one's own organization, for a list."""

    question_number: int
    title: str
    body_name: str
    until: datetime | None


def answerers(row: Proposal, by: Actor) -> tuple[Answerer, ...]:
    """Every organization on whose answer a question hangs or hung, those waited for first."""
    asked = polls.polls_of_round(row)
    if not asked:
        return ()
    main = asked[0]
    given = {r.voter: r for r in main.ratifications.all()}
    if row.stage != Stage.PENDING_RATIFICATION.value and not given:
        return ()
    last = _last_ballots(main)
    names = {v.id: v.name for v in electorate_of(main.electorate).voters}
    found = []
    for voter in polls.advisory_voters(main):
        answer, choice, partner_id = given.get(voter), last[voter].choice, partner_of(voter)
        found.append(
            Answerer(
                voter=voter,
                name=names.get(voter, ""),
                partner_id=partner_id,
                position=str(choice.get("position", "")),
                reason=str(choice.get("reason", "")),
                is_behind=answer.is_behind if answer else None,
                words=answer.words if answer else "",
                answered_at=answer.recorded_at if answer else None,
                may=access.may_ratify(by, partner_id),
            )
        )
    return tuple(sorted(found, key=lambda one: (not one.is_waited_for, one.name)))


def unanswered(main: Poll) -> set[str]:
    """The voters whose organization has not said whether it stands behind its delegate."""
    return polls.advisory_voters(main) - set(main.ratifications.values_list("voter", flat=True))


def may_still_pass(main: Poll) -> bool:
    """Whether an organization is left that could turn its delegate's yes into one that counts."""
    last = _last_ballots(main)
    return any(last[voter].choice.get("position") in _FOR for voter in unanswered(main))


def waiting_for(by: Actor) -> list[AnswerWaiting]:
    """The questions that wait for an answer of the organization that the actor administers."""
    if by.role is not Role.ORG_ADMIN or by.purpose is not Purpose.GOV or by.partner_id is None:
        return []
    rows = Proposal.objects.filter(stage=Stage.PENDING_RATIFICATION.value).select_related("body")
    mine = f"partner:{by.partner_id}"
    return [
        AnswerWaiting(row.number, row.title, row.body.name, row.waits_until)
        for row in rows.order_by("waits_until", "number")
        if any(mine in unanswered(main) for main in polls.polls_of_round(row)[:1])
    ]


def partner_of(voter: str) -> UUID | None:
    """The organization that a voter is; None for a resident's seat."""
    kind, _colon, rest = voter.partition(":")
    return UUID(rest) if kind == "partner" else None


def _last_ballots(main: Poll) -> dict[str, Ballot]:
    """Of each unit the ballot that counts, by its voter."""
    by_unit = {ballot.unit: ballot for ballot in main.ballots.order_by("place")}
    return {ballot.voter: ballot for ballot in by_unit.values()}
