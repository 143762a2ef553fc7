"""Votes counted: one a unit, a later one replaces an earlier one, shares in integers (DOMAIN §7.2, §7.3)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from commonweal.governance.shapes_voting import Cast, Electorate, Tally, Voter, VotingRule
from commonweal.governance.vocabulary import Authority, Base, Position

_FOR = frozenset({Position.YES, Position.RESERVATIONS})


def counted(electorate: Electorate, casts: Sequence[Cast]) -> dict[Voter, Cast]:
    """The ballots that count, in the order of the electorate.

    The last word of each unit counts. Who is not of the electorate, is not there or has stepped out is not
    counted at all.
    """
    voters = {voter.id: voter for voter in electorate.voters}
    last: dict[str, Cast] = {}
    for cast in casts:
        voter = voters.get(cast.voter)
        if voter is not None and voter.is_present and not voter.is_recused:
            last[voter.has_one_vote_as] = cast
    by_voter = {voters[cast.voter]: cast for cast in last.values()}
    return {voter: by_voter[voter] for voter in electorate.voters if voter in by_voter}


def tally(ballots: Mapping[Voter, Cast]) -> Tally:
    """Yes, no and abstentions; those of delegates without authority apart, since they bind nobody yet."""
    numbers = dict.fromkeys(("yes", "no", "abstain", "advisory"), 0)
    for voter, cast in ballots.items():
        if voter.authority is Authority.NONE:
            numbers["advisory"] += cast.position in _FOR
        elif cast.position in _FOR:
            numbers["yes"] += 1
        elif cast.position is Position.NO:
            numbers["no"] += 1
        elif cast.position is Position.ABSTAIN:
            numbers["abstain"] += 1
    return Tally(**numbers)


def base_of(rule: VotingRule, electorate: Electorate, votes: Tally) -> int:
    """Out of how many the share is taken. Who stepped out is in no base."""
    if rule.base is Base.CAST:
        return votes.cast
    if rule.base is Base.PRESENT:
        units = {v.has_one_vote_as for v in electorate.voters if v.is_present and not v.is_recused}
        return len(units)
    return electorate.in_office - sum(voter.is_recused for voter in electorate.voters)


def passes(rule: VotingRule, electorate: Electorate, votes: Tally) -> bool:
    """Whether the yes votes reach the rule's share of its base. A tie fails; of nothing, nothing passes."""
    return rule.threshold.is_met(votes.yes, base_of(rule, electorate, votes))


def groups_won(ballots: Mapping[Voter, Cast], groups: str) -> tuple[str, ...]:
    """The sectors, or jurisdictions, in which more said yes than no. A tie is not won."""
    by_group: dict[str, dict[Voter, Cast]] = defaultdict(dict)
    for voter, cast in ballots.items():
        name = voter.jurisdiction if groups == "jurisdiction" else voter.sector
        if name:
            by_group[name][voter] = cast
    tallies = {name: tally(inside) for name, inside in by_group.items()}
    return tuple(sorted(name for name, votes in tallies.items() if votes.yes > votes.no))
