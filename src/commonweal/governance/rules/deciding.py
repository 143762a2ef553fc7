"""One question under one rule. The page, the certificate and the recount call this and nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from commonweal.governance.rules.consensus import consensus, consent
from commonweal.governance.rules.counting import base_of, counted, groups_won, passes, tally
from commonweal.governance.rules.quorum import quorum
from commonweal.governance.rules.residents import gate
from commonweal.governance.shapes_voting import (
    MAJORITY,
    Cast,
    Electorate,
    Outcome,
    Tally,
    Voter,
    VotingRule,
)
from commonweal.governance.vocabulary import Authority, Base, Gate, Method, Position, Result
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_

COMPLIANT = allow("governance.body.may-bind", N_("The body is made up as the bylaws ask."))


def decide(
    rule: VotingRule,
    electorate: Electorate,
    casts: Sequence[Cast],
    residents: Gate = Gate.NOT_ASKED,
    body: Verdict = COMPLIANT,
    *,
    round_was_held: bool = True,
    notice_was_given: bool = True,
    tie_goes_to: Position | None = None,
) -> Outcome:
    """What came of a question: the body may bind, enough took part, the method's answer, the residents'.

    ``residents`` is asked only where the rule needs them. A yes that hangs on a delegate without authority
    waits for ratification; one that hangs on the residents waits for them; their *withheld* beats any tally.
    ``tie_goes_to``: how the chair or the lot breaks a tie of the votes cast, where the bylaws let them.
    """
    ballots = counted(electorate, casts)
    votes = tally(ballots)
    asked = _answer(rule, electorate, ballots, votes, round_was_held, notice_was_given)
    if not asked and tie_goes_to is Position.YES and _is_tied(rule, votes):
        asked = allow("governance.vote.tie-broken", N_("A tie, broken to a yes as the bylaws say."))
    steps = [body, quorum(electorate, rule.quorum), asked]
    if rule.needs_residents:
        steps.append(gate(residents))
    won = groups_won(ballots, rule.groups) if rule.method is Method.DOUBLE_MAJORITY else ()
    result = _result(steps, rule, residents)
    if (
        result is Result.REJECTED
        and not asked
        and _hangs_on_authority(rule, electorate, ballots, round_was_held, notice_was_given)
    ):
        result = Result.PENDING_RATIFICATION
    return Outcome(result, votes, tuple(steps), won)


def _result(steps: Sequence[Verdict], rule: VotingRule, residents: Gate) -> Result:
    body, there, asked, *_ = steps
    if not body:
        return Result.NOT_COMPLIANT
    if not there:
        return Result.NO_QUORUM
    if rule.needs_residents and residents is Gate.WITHHELD:
        return Result.REJECTED
    if not asked:
        return Result.REJECTED
    if rule.needs_residents and residents is not Gate.AFFIRMED:
        return Result.PENDING_RESIDENTS
    return Result.ADOPTED


def _answer(
    rule: VotingRule,
    electorate: Electorate,
    ballots: Mapping[Voter, Cast],
    votes: Tally,
    round_was_held: bool,
    notice_was_given: bool,
) -> Verdict:
    if rule.method is Method.CONSENSUS:
        return consensus(ballots, rule.aside_limit)
    if rule.method is Method.CONSENT:
        return consent(ballots, round_was_held=round_was_held, notice_was_given=notice_was_given)
    if rule.method is Method.UNANIMOUS:
        return _unanimous(electorate, votes)
    majority = _majority(rule, electorate, votes)
    if rule.method is not Method.DOUBLE_MAJORITY or not majority:
        return majority
    return _in_enough_groups(groups_won(ballots, rule.groups), rule)


def _majority(rule: VotingRule, electorate: Electorate, votes: Tally) -> Verdict:
    numbers = {"yes": votes.yes, "base": base_of(rule, electorate, votes)}
    numbers["needed"] = rule.threshold.least_of(numbers["base"])
    if passes(rule, electorate, votes):
        return allow(
            "governance.vote.passed", N_("%(yes)s of %(base)s said yes; %(needed)s are needed."), **numbers
        )
    return deny(
        "governance.vote.failed",
        N_("%(yes)s of %(base)s said yes; %(needed)s are needed."),
        N_("Change the proposal so that more can say yes, and put it again."),
        **numbers,
    )


def _is_tied(rule: VotingRule, votes: Tally) -> bool:
    """As many yes as no, where more than half of the votes cast would do."""
    return (
        rule.method is Method.VOTE
        and rule.base is Base.CAST
        and rule.threshold == MAJORITY
        and votes.yes == votes.no > 0
    )


def _in_enough_groups(won: tuple[str, ...], rule: VotingRule) -> Verdict:
    """The second half of a double majority, once the votes cast have passed."""
    numbers = {"won": len(won), "needed": rule.groups_needed}
    in_places = rule.groups == "jurisdiction"
    if len(won) >= rule.groups_needed:
        words = (
            N_("Places in which more said yes than no: %(won)s; %(needed)s are needed.")
            if in_places
            else N_("Sectors in which more said yes than no: %(won)s; %(needed)s are needed.")
        )
        return allow("governance.vote.groups", words, **numbers)
    return deny(
        "governance.vote.groups",
        N_("Places in which more said yes than no: %(won)s; %(needed)s are needed. A tie is not more.")
        if in_places
        else N_("Sectors in which more said yes than no: %(won)s; %(needed)s are needed. A tie is not more."),
        N_("Hear the places that did not agree, and put it again.")
        if in_places
        else N_("Hear the sectors that did not agree, and put it again."),
        **numbers,
    )


def _unanimous(electorate: Electorate, votes: Tally) -> Verdict:
    """Consent in writing: everyone in office said yes, not only those who answered."""
    if votes.yes and votes.yes == electorate.in_office:
        return allow("governance.vote.unanimous", N_("Everyone in office said yes."))
    return deny(
        "governance.vote.unanimous",
        N_("%(yes)s of %(all)s in office said yes; it takes everyone."),
        N_("Hear those who did not say yes, and put it again."),
        yes=votes.yes,
        all=electorate.in_office,
    )


def _hangs_on_authority(
    rule: VotingRule,
    electorate: Electorate,
    ballots: Mapping[Voter, Cast],
    round_was_held: bool,
    notice_was_given: bool,
) -> bool:
    """Whether it would pass if the organizations of delegates without authority stood behind their yes."""
    ratified = {
        replace(voter, authority=Authority.FULL): cast
        for voter, cast in ballots.items()
        if voter.authority is not Authority.NONE or cast.position in (Position.YES, Position.RESERVATIONS)
    }
    if len(ratified) == sum(voter.authority is not Authority.NONE for voter in ballots):
        return False
    return bool(_answer(rule, electorate, ratified, tally(ratified), round_was_held, notice_was_given))
