"""DOMAIN §7.4: after k rounds without a consensus a supermajority decides, where the bylaws have that way."""

from collections.abc import Sequence

import pytest

from commonweal.governance.rules.bylaws_file import FileFaults, read
from commonweal.governance.rules.bylaws_words import facts
from commonweal.governance.rules.bylaws_writing import write
from commonweal.governance.rules.consensus import next_asking
from commonweal.governance.rules.deciding import decide
from commonweal.governance.shapes_bylaws import Fallback
from commonweal.governance.shapes_voting import TWO_THIRDS, Cast, Electorate, QuorumRule, Voter, VotingRule
from commonweal.governance.vocabulary import Base, Gate, Matter, Method, Position, Result

CONSENSUS = VotingRule(method=Method.CONSENSUS, quorum=QuorumRule(count=7), needs_residents=True)
AFTER_TWO = Fallback(rounds=2, threshold=TWO_THIRDS)
NO_ONE, BLOCKED = Result.NO_QUORUM, Result.REJECTED
YES, NO, BLOCK = Position.YES, Position.NO, Position.BLOCK


def fifteen() -> Electorate:
    return Electorate(tuple(Voter(f"v{n}", f"Voter {n}") for n in range(15)), 15)


def said(yes: int, against: int, how: Position = NO) -> list[Cast]:
    positions = [YES] * yes + [how] * against
    return [Cast(f"v{n}", position, "It harms them.") for n, position in enumerate(positions)]


@pytest.mark.parametrize(
    ("came_to", "expected"),
    [
        ((), Method.CONSENSUS),
        ((BLOCKED,), Method.CONSENSUS),
        ((BLOCKED, BLOCKED), Method.VOTE),
        ((BLOCKED, BLOCKED, BLOCKED), Method.VOTE),
        ((NO_ONE, NO_ONE), Method.CONSENSUS),  # asking an empty room is no round
        ((BLOCKED, NO_ONE, Result.NOT_COMPLIANT), Method.CONSENSUS),
        ((BLOCKED, NO_ONE, BLOCKED), Method.VOTE),
    ],
)
def test_two_rounds_in_which_no_consensus_was_found_lead_to_a_vote(
    came_to: Sequence[Result], expected: Method
) -> None:
    assert next_asking(CONSENSUS, AFTER_TWO, came_to).method is expected


def test_without_that_way_consensus_is_sought_for_ever() -> None:
    assert next_asking(CONSENSUS, None, [BLOCKED] * 9) == CONSENSUS


@pytest.mark.parametrize(
    ("yes", "no", "gate", "expected"),
    [
        (8, 4, Gate.AFFIRMED, Result.ADOPTED),  # two thirds exactly, in integers
        (7, 4, Gate.AFFIRMED, Result.REJECTED),
        (14, 1, Gate.WITHHELD, Result.REJECTED),  # the residents' gate is kept
        (14, 1, Gate.NOT_REACHED, Result.PENDING_RESIDENTS),
        (4, 2, Gate.AFFIRMED, Result.NO_QUORUM),  # and so is the quorum
    ],
)
def test_the_vote_keeps_gate_and_quorum(yes: int, no: int, gate: Gate, expected: Result) -> None:
    rule = next_asking(CONSENSUS, AFTER_TWO, [BLOCKED, BLOCKED])
    everyone = fifteen()
    here = Electorate(tuple(v if n < yes + no else _away(v) for n, v in enumerate(everyone.voters)), 15)
    assert decide(rule, here, said(yes, no), gate).result is expected


def _away(voter: Voter) -> Voter:
    return Voter(voter.id, voter.name, is_present=False)


def test_one_block_stops_a_consensus_and_is_one_no_in_the_vote() -> None:
    everyone, gate = fifteen(), Gate.AFFIRMED
    assert decide(CONSENSUS, everyone, said(14, 1, BLOCK), gate).result is Result.REJECTED
    rule = next_asking(CONSENSUS, AFTER_TWO, [BLOCKED, BLOCKED])
    assert decide(rule, everyone, said(14, 1), gate).result is Result.ADOPTED


def test_the_base_is_the_one_that_the_bylaws_name() -> None:
    of_all = Fallback(rounds=1, threshold=TWO_THIRDS, base=Base.MEMBERSHIP)
    rule = next_asking(CONSENSUS, of_all, [BLOCKED])
    assert decide(rule, fifteen(), said(9, 1), Gate.AFFIRMED).result is Result.REJECTED
    assert decide(rule, fifteen(), said(10, 5), Gate.AFFIRMED).result is Result.ADOPTED


FILE = """\
name = "Test Table"

[matter.position]
article = "5.1"
text.en = "By consensus; after two rounds without one, two thirds of the votes cast decide."
body = "table"
method = "consensus"

[matter.position.fallback]
rounds = 2
threshold = "2/3"

[matter.bylaws]
article = "9.1"
text.en = "A majority."
body = "table"
"""


def test_the_file_has_a_key_for_it_that_is_read_written_and_said() -> None:
    found = read(FILE)
    rule = found.matters[Matter.POSITION]
    assert rule.fallback == AFTER_TWO
    assert read(write(found)) == found
    (fact,) = [f for f in facts(rule) if f.key == "fallback"]
    assert fact.is_main
    assert fact.params["rounds"] == 2
    assert not any(f.key == "fallback" for f in facts(found.matters[Matter.BYLAWS]))


@pytest.mark.parametrize(
    ("before", "after", "at_fault"),
    [
        ('method = "consensus"', "", "matter.position.fallback"),
        ('method = "consensus"', 'method = "consent"', "matter.position.fallback"),
        ('threshold = "2/3"', 'threshold = "1/2"', "matter.position.fallback.threshold"),
        ('threshold = "2/3"', 'threshold = "majority"', "matter.position.fallback.threshold"),
        ("rounds = 2", "rounds = 0", "matter.position.fallback.rounds"),
    ],
)
def test_only_a_consensus_falls_back_and_on_more_than_a_majority(
    before: str, after: str, at_fault: str
) -> None:
    with pytest.raises(FileFaults) as told:
        read(FILE.replace(before, after, 1))
    assert at_fault in [fault.where for fault in told.value.faults]
