"""DOMAIN §7: its worked examples and its traps, in integers."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest

from commonweal.governance.rules.composition import Lead, co_leads, parity, residents_share, standing
from commonweal.governance.rules.consensus import stands
from commonweal.governance.rules.counting import counted, groups_won, tally
from commonweal.governance.rules.deciding import decide
from commonweal.governance.rules.quorum import least_needed, quorum
from commonweal.governance.rules.residents import gate_of
from commonweal.governance.shapes_voting import (
    MAJORITY,
    TWO_THIRDS,
    Cast,
    Electorate,
    QuorumRule,
    Share,
    Voter,
    VotingRule,
)
from commonweal.governance.vocabulary import Authority, Base, Gate, Method, Position, Recused, Result

YES, NO, ABSTAIN = Position.YES, Position.NO, Position.ABSTAIN
ANYONE = QuorumRule(share=None)


def table(present: int, in_office: int, recused: int = 0) -> Electorate:
    """``present`` of ``in_office`` are there, the last ``recused`` of whom have stepped out."""
    voters = tuple(
        Voter(f"v{n}", f"Voter {n}", is_present=n < present, is_recused=present - recused <= n < present)
        for n in range(in_office)
    )
    return Electorate(voters, in_office)


def casts(yes: int = 0, no: int = 0, abstain: int = 0, first: int = 0) -> list[Cast]:
    positions = [YES] * yes + [NO] * no + [ABSTAIN] * abstain
    return [Cast(f"v{first + n}", position) for n, position in enumerate(positions)]


def result(rule: VotingRule, electorate: Electorate, said: Iterable[Cast], **more) -> Result:
    return decide(rule, electorate, list(said), **more).result


@pytest.mark.parametrize(("in_office", "needed"), [(14, 8), (15, 8), (16, 9), (1, 1), (2, 2)])
def test_quorum_is_more_than_half_of_those_in_office(in_office: int, needed: int) -> None:
    assert least_needed(table(0, in_office), QuorumRule()) == needed
    assert quorum(table(needed, in_office), QuorumRule())
    assert not quorum(table(needed - 1, in_office), QuorumRule())


@pytest.mark.parametrize(
    ("base", "expected"),
    [(Base.CAST, Result.ADOPTED), (Base.PRESENT, Result.REJECTED), (Base.MEMBERSHIP, Result.REJECTED)],
)
def test_four_three_two_of_fifteen_has_three_answers(base: Base, expected: Result) -> None:
    """7-T1."""
    assert result(VotingRule(base=base), table(9, 15), casts(4, 3, 2)) is expected


@pytest.mark.parametrize(
    ("yes", "no", "expected"),
    [(6, 3, Result.ADOPTED), (8, 4, Result.ADOPTED), (7, 4, Result.REJECTED), (200, 100, Result.ADOPTED)],
)
def test_two_thirds_is_met_exactly(yes: int, no: int, expected: Result) -> None:
    """7-T2: 8/12 >= 0.6667 is False in floating point."""
    rule = VotingRule(threshold=TWO_THIRDS)
    assert result(rule, table(yes + no, yes + no), casts(yes, no)) is expected


@pytest.mark.parametrize(("yes", "no"), [(5, 5), (0, 0), (1, 1)])
def test_a_tie_and_nothing_fail(yes: int, no: int) -> None:
    """7-T3."""
    assert result(VotingRule(), table(10, 10), casts(yes, no)) is Result.REJECTED


GATED = VotingRule(needs_residents=True)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Gate.AFFIRMED, Result.ADOPTED),
        (Gate.WITHHELD, Result.REJECTED),
        (Gate.NOT_ASKED, Result.PENDING_RESIDENTS),
        (Gate.NOT_REACHED, Result.PENDING_RESIDENTS),
    ],
)
def test_the_gate_beats_twelve_to_nothing(answer: Gate, expected: Result) -> None:
    """7-T4."""
    outcome = decide(GATED, table(12, 12), casts(12), answer)
    assert outcome.result is expected
    assert outcome.tally.yes == 12
    assert (outcome.first_unmet is None) == (expected is Result.ADOPTED)


def test_a_vote_that_fails_fails_whatever_the_residents_say() -> None:
    assert result(GATED, table(12, 12), casts(5, 7), residents=Gate.AFFIRMED) is Result.REJECTED
    assert result(GATED, table(12, 12), casts(5, 7), residents=Gate.NOT_ASKED) is Result.REJECTED


@pytest.mark.parametrize(
    ("present", "said", "expected"),
    [
        (0, [], Gate.NOT_REACHED),
        (2, casts(2), Gate.NOT_REACHED),  # no quorum of five
        (5, casts(abstain=5), Gate.NOT_REACHED),  # abstaining is not buy-in
        (5, casts(3, 2), Gate.AFFIRMED),
        (5, casts(2, 2, 1), Gate.WITHHELD),
        (5, None, Gate.NOT_ASKED),
    ],
)
def test_what_the_residents_answered(present: int, said: list[Cast] | None, expected: Gate) -> None:
    assert gate_of(VotingRule(), table(present, 5), said) is expected


def by_sector(**votes: tuple[int, int]) -> tuple[Electorate, list[Cast]]:
    voters, said = [], []
    for sector, (yes, no) in votes.items():
        for n, position in enumerate([YES] * yes + [NO] * no):
            voters.append(Voter(f"{sector}{n}", f"{sector} {n}", sector=sector))
            said.append(Cast(f"{sector}{n}", position))
    return Electorate(tuple(voters), len(voters)), said


DOUBLE = VotingRule(method=Method.DOUBLE_MAJORITY, groups_needed=3)


def test_a_majority_without_the_sectors_is_none() -> None:
    """7-T5: 8 to 5, but one sector of four: a tied sector is not won."""
    electorate, said = by_sector(health=(5, 0), cbo=(1, 2), government=(1, 1), residents=(1, 2))
    outcome = decide(DOUBLE, electorate, said)
    assert (outcome.tally.yes, outcome.tally.no, outcome.groups_won) == (8, 5, ("health",))
    assert outcome.result is Result.REJECTED


def test_a_majority_with_three_sectors_is_one() -> None:
    electorate, said = by_sector(health=(1, 3), cbo=(3, 0), government=(2, 1), residents=(3, 1))
    outcome = decide(DOUBLE, electorate, said)
    assert (outcome.tally.yes, outcome.tally.no) == (9, 5)
    assert outcome.groups_won == ("cbo", "government", "residents")
    assert outcome.result is Result.ADOPTED


def test_sectors_without_the_majority_are_not_enough() -> None:
    electorate, said = by_sector(health=(0, 9), cbo=(1, 0), government=(1, 0), residents=(1, 0))
    assert result(DOUBLE, electorate, said) is Result.REJECTED


def test_small_places_are_protected_by_jurisdiction() -> None:
    voters = tuple(
        Voter(f"{place}{n}", place, jurisdiction=place)
        for place in ("big", "small", "tiny")
        for n in range(5)
    )
    ballots = counted(Electorate(voters, 15), [Cast(v.id, YES if v.name == "big" else NO) for v in voters])
    assert groups_won(ballots, "jurisdiction") == ("big",)


def test_affiliates_and_two_delegates_have_one_vote_and_the_last_word_counts() -> None:
    """7-T6."""
    north, south = Voter("north", "North", unit="system"), Voter("south", "South", unit="system")
    electorate = Electorate((north, south, Voter("pantry", "Pantry")), 2)
    said = [
        Cast("north", YES),
        Cast("south", NO),
        Cast("pantry", YES),
        Cast("pantry", NO),
        Cast("pantry", YES),
    ]
    assert tally(counted(electorate, said)) == tally(
        counted(electorate, [Cast("south", NO), Cast("pantry", YES)])
    )
    assert (tally(counted(electorate, said)).yes, tally(counted(electorate, said)).no) == (1, 1)
    assert not quorum(Electorate((north, south), 3), QuorumRule(count=2, share=None))


def test_who_left_before_the_vote_is_not_there() -> None:
    """7-T7: quorum is counted again at each vote."""
    whole = table(8, 15)
    assert result(VotingRule(), whole, casts(8)) is Result.ADOPTED
    left = replace(
        whole, voters=tuple(replace(v, is_present=v.id != "v7" and v.is_present) for v in whole.voters)
    )
    outcome = decide(VotingRule(), left, casts(8))
    assert (outcome.result, outcome.tally.yes) == (Result.NO_QUORUM, 7)


@pytest.mark.parametrize(
    ("how", "holds", "needed"),
    [
        (Recused.COUNT, True, 8),
        (Recused.LEAVE_FULL_BASE, False, 8),
        (Recused.LEAVE_REDUCED_BASE, True, 7),
    ],
)
def test_nine_present_two_recused_has_three_answers(how: Recused, holds: bool, needed: int) -> None:
    """7-T8."""
    rule = QuorumRule(recused=how)
    assert bool(quorum(table(9, 15, recused=2), rule)) is holds
    assert least_needed(table(9, 15, recused=2), rule) == needed


def test_the_recused_are_in_no_base_and_their_ballots_do_not_count() -> None:
    electorate = table(9, 15, recused=2)
    outcome = decide(VotingRule(base=Base.PRESENT), electorate, casts(4, 3) + casts(2, first=7))
    assert (outcome.tally.yes, outcome.result) == (4, Result.ADOPTED)  # 4 of the 7 who stayed


def without_authority(electorate: Electorate, *ids: str) -> Electorate:
    none = Authority.NONE
    return replace(
        electorate, voters=tuple(replace(v, authority=none) if v.id in ids else v for v in electorate.voters)
    )


def test_a_delegate_without_authority_does_not_decide() -> None:
    """7-T10."""
    electorate = without_authority(table(9, 9), "v0", "v1")
    hanging = decide(VotingRule(), electorate, casts(5, 4))
    assert (hanging.result, hanging.tally.yes, hanging.tally.advisory) == (Result.PENDING_RATIFICATION, 3, 2)
    assert result(VotingRule(), electorate, casts(8, 1)) is Result.ADOPTED  # without them too
    assert result(VotingRule(), electorate, casts(3, 6)) is Result.REJECTED  # with them neither


def test_a_quorum_can_ask_for_authority() -> None:
    rule = QuorumRule(needs_authority=True)
    assert quorum(table(8, 15), rule)
    assert not quorum(without_authority(table(8, 15), "v3"), rule)


def test_a_quorum_can_ask_for_some_of_each_class() -> None:
    electorate, _ = by_sector(health=(5, 0), housing=(1, 0))
    residents = Electorate((*electorate.voters, Voter("r", "Loretta", is_resident=True)), 7)
    rule = QuorumRule(classes={"housing": 1, "residents": 1})
    assert not quorum(electorate, rule)
    assert quorum(residents, rule)


def test_a_body_out_of_compliance_binds_nothing_and_says_what_to_mend() -> None:
    three = [
        Lead("A", frozenset({"housing"})),
        Lead("B", frozenset({"faith"})),
        Lead("C", frozenset({"payer"})),
    ]
    whole = standing([co_leads(three)], None)
    assert whole.may_bind(date(2026, 11, 22))
    lacking = standing([co_leads(three[:2])], None)
    outcome = decide(VotingRule(), table(9, 9), casts(9), body=lacking.may_bind(date(2026, 11, 22)))
    assert outcome.result is Result.NOT_COMPLIANT
    assert outcome.first_unmet is not None
    assert "Find a co-lead" in outcome.first_unmet.cure


def test_a_vacancy_has_sixty_days_to_be_cured() -> None:
    gone = standing([co_leads([])], date(2026, 9, 1))
    assert gone.cure_by == date(2026, 10, 31)
    assert gone.may_bind(date(2026, 10, 30))
    assert not gone.may_bind(date(2026, 10, 31))


@pytest.mark.parametrize(
    ("sectors", "enough"),
    [
        ((["housing"], ["housing"], ["faith"]), False),  # three people, two sectors
        ((["housing", "faith"], ["payer"]), False),  # one person with two sectors counts once
        ((["housing", "faith"], ["housing"], ["payer"]), True),
        ((["housing", "faith"], ["housing", "faith"], ["housing", "faith"]), False),
        ((["housing"], ["faith"], ["payer"], []), True),
    ],
)
def test_co_leads_are_counted_by_distinct_sectors(sectors: tuple[list[str], ...], enough: bool) -> None:
    """7-T12."""
    leads = [Lead(f"P{n}", frozenset(names)) for n, names in enumerate(sectors)]
    assert bool(co_leads(leads)) is enough


def test_parity_needs_both_sides() -> None:
    clinic, neighbor = Lead("Clinic", frozenset({"health-care"})), Lead("Loretta", frozenset(), True)
    assert parity([clinic, neighbor])
    assert "No resident" in parity([clinic]).words
    assert "No institution" in parity([neighbor]).words
    assert "No resident" in parity([]).words


def test_a_share_of_residents_is_exact() -> None:
    assert residents_share(5, 15, Share(1, 3))
    assert (
        residents_share(4, 15, Share(1, 3)).words
        == "4 of 15 seats are held by residents; the bylaws ask for 5."
    )


def position(kind: Position, voter: str, reason: str = "", upheld: bool | None = None) -> Cast:
    return Cast(voter, kind, reason, upheld)


CONSENSUS = VotingRule(method=Method.CONSENSUS)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (casts(8), Result.ADOPTED),
        ([*casts(7), position(Position.RESERVATIONS, "v7")], Result.ADOPTED),
        ([*casts(6), *(position(Position.STAND_ASIDE, f"v{n}") for n in (6, 7))], Result.ADOPTED),  # 25 %
        ([*casts(5), *(position(Position.STAND_ASIDE, f"v{n}") for n in (5, 6, 7))], Result.REJECTED),
        ([*casts(7), position(Position.BLOCK, "v7", "It breaks our promise.")], Result.REJECTED),
        ([*casts(7), position(Position.BLOCK, "v7", "It breaks our promise.", False)], Result.ADOPTED),
        ([*casts(7), position(Position.BLOCK, "v7")], Result.ADOPTED),  # no reason, no block
        ([], Result.REJECTED),
    ],
)
def test_consensus(said: list[Cast], expected: Result) -> None:
    assert result(CONSENSUS, table(8, 8), said) is expected


CONSENT = VotingRule(method=Method.CONSENT)


def test_consent_is_the_absence_of_a_reasoned_objection() -> None:
    concern = position(Position.CONCERN, "v1", "I would have done it otherwise.")
    objection = position(Position.OBJECTION, "v1", "It names a family.")
    assert result(CONSENT, table(5, 5), [concern]) is Result.ADOPTED
    assert result(CONSENT, table(5, 5), [objection]) is Result.REJECTED
    assert result(CONSENT, table(5, 5), [replace(objection, is_upheld=False)]) is Result.ADOPTED
    assert not stands(replace(objection, reason="  "))


def test_silence_is_consent_only_after_a_round_with_notice() -> None:
    assert result(CONSENT, table(5, 5), []) is Result.ADOPTED
    assert result(CONSENT, table(5, 5), [], round_was_held=False) is Result.REJECTED
    assert result(CONSENT, table(5, 5), [], notice_was_given=False) is Result.REJECTED


def test_consent_in_writing_takes_everyone_in_office() -> None:
    rule = VotingRule(method=Method.UNANIMOUS, quorum=ANYONE)
    assert result(rule, table(9, 9), casts(9)) is Result.ADOPTED
    assert result(rule, table(9, 9), casts(8)) is Result.REJECTED  # an e-mail majority is no act of a board
    assert result(rule, table(9, 10), casts(9)) is Result.REJECTED


def test_a_share_says_how_many_are_enough() -> None:
    for share in (MAJORITY, TWO_THIRDS, Share(3, 4), Share(1, 2)):
        for whole in range(1, 40):
            least = share.least_of(whole)
            assert share.is_met(least, whole)
            assert not share.is_met(least - 1, whole)
