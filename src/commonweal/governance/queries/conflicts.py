"""Conflicts of interest: who of the others may judge one, what they said, and how many it takes."""

from dataclasses import dataclass
from uuid import UUID

from commonweal.foundation.access import Actor
from commonweal.governance import access_voting as access
from commonweal.governance.models import ConflictWord, Recusal
from commonweal.governance.queries.electorates import roll_of
from commonweal.governance.shapes_voting import Voter
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners


@dataclass(frozen=True, slots=True)
class ConflictJudged:
    """How the judgement of one interest stands. ``others``: the voting units that may judge it."""

    conflict: int
    none: int
    others: int
    may: Verdict

    @property
    def said(self) -> int:
        """How many of the others have judged it."""
        return self.conflict + self.none


def judges_of(said: Recusal) -> list[Voter]:
    """The voters of the body who are not involved: not the one concerned nor its affiliates, not who claimed
    it of another, nobody who stepped out."""
    voters = roll_of(said.proposal.body_id, said.proposal).electorate.voters
    out = {v.has_one_vote_as for v in voters if v.id in {said.voter, *_claimants(said)} or v.is_recused}
    return [v for v in voters if v.has_one_vote_as not in out]


def _claimants(said: Recusal) -> set[str]:
    if said.is_disclosed_by_self or said.recorded_by_id is None:
        return set()
    return {seat.voter_id for seat in partners.seats_with_account(said.recorded_by_id)}


def judged(by: Actor, said: Recusal) -> ConflictJudged:
    """How it stands, and whether the reader may judge it."""
    found = list(ConflictWord.objects.filter(recusal=said).values_list("is_conflict", flat=True))
    judges = judges_of(said)
    others = len({v.has_one_vote_as for v in judges})
    return ConflictJudged(sum(found), len(found) - sum(found), others, may_judge(by, said, judges))


def judging(by: Actor, recusal_id: UUID) -> ConflictJudged | None:
    """How the judgement of an interest stands for a reader; None: it was judged."""
    said = Recusal.objects.select_related("proposal__body").filter(pk=recusal_id, is_conflict=None).first()
    return judged(by, said) if said else None


def voter_that_judges(by: Actor, said: Recusal, judges: list[Voter]) -> Voter | None:
    """The first uninvolved voter for which the actor speaks, and whose unit has not said it."""
    spoken = set(ConflictWord.objects.filter(recusal=said).values_list("unit", flat=True))
    waiting = (v for v in judges if v.has_one_vote_as not in spoken)
    return next((v for v in waiting if access.may_speak_as(by, said.proposal.body_id, v.id)), None)


def may_judge(by: Actor, said: Recusal, judges: list[Voter] | None = None) -> Verdict:
    """Say as one of the others whether an interest is a conflict. Nobody judges their own, nor what they
    claimed; who leads the body has one word as everybody else."""
    row = said.proposal
    if access.may_speak_as(by, row.body_id, said.voter):
        return deny("governance.conflict.own", N_("Nobody judges their own conflict of interest."))
    if said.recorded_by_id is not None and said.recorded_by_id == by.account_id:
        return deny(
            "governance.conflict.second",
            N_("Who claims that another has a conflict of interest does not judge it."),
            N_("The others who vote there say what they hold of it."),
        )
    if said.is_conflict is not None:
        return deny("governance.conflict.judged", N_("This was judged already."))
    if row.stage not in access.TALKING | {"voting"}:
        return deny("governance.conflict.over", N_("This question is answered."))
    if voter_that_judges(by, said, judges if judges is not None else judges_of(said)) is None:
        return deny(
            "governance.conflict.not-among-them",
            N_("The others who vote in this body judge it, each once, and who is not involved."),
            N_("Ask those who hold a seat there."),
        )
    return allow("governance.conflict.other", N_("You vote there and are not involved."))
