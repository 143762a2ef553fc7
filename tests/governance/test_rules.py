"""When a vote binds, and within which bounds."""

from datetime import UTC, datetime, timedelta

import pytest

from commonweal.governance import rules
from commonweal.governance.rules import Vote
from commonweal.governance.vocabulary import Assent, Matter

NOON = datetime(2026, 6, 10, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("vote", "possible"),
    [
        (Vote(16, 2, 0, Assent.YES, True), True),
        (Vote(12, 0, 0, Assent.NO, True), False),  # the gate overrides 12 to 0 (DOMAIN 7-T4)
        (Vote(12, 0, 0, Assent.NO, False), True),
        (Vote(6, 6, 3, Assent.YES, True), False),  # a tie adopts nothing (DOMAIN 7-T3)
        (Vote(6, 6, 3, Assent.YES, False), True),
        (Vote(4, 3, 2, Assent.NOT_ASKED, True), True),
        (Vote(0, 0, 0, Assent.YES, True), False),
        (Vote(-1, 0, 3, Assent.YES, False), False),
    ],
)
def test_minutes_hold_only_possible_votes(vote: Vote, possible: bool) -> None:
    assert (rules.fault_of_vote(vote) == "") is possible


@pytest.mark.parametrize(
    ("residents", "adopted", "matter", "binds"),
    [
        (Assent.YES, True, Matter.DATA_SHARING, True),
        (Assent.NOT_ASKED, True, Matter.DATA_SHARING, False),
        (Assent.NOT_ASKED, True, Matter.MEASURE, True),
        (Assent.NOT_ASKED, True, Matter.PUBLICATION, False),
        (Assent.YES, False, Matter.MEASURE, False),
    ],
)
def test_sharing_waits_for_the_residents(
    residents: Assent, adopted: bool, matter: Matter, binds: bool
) -> None:
    assert bool(rules.may_bind(Vote(16, 2, 0, residents, adopted), matter)) is binds


@pytest.mark.parametrize(
    ("matter", "scope", "ends", "possible"),
    [
        (Matter.MEASURE, "need-met", None, True),
        (Matter.DATA_SHARING, "agreement:5b0a", NOON + timedelta(days=365), True),
        (Matter.DATA_SHARING, "agreement:5b0a", None, False),
        (Matter.MEASURE, "need-met", NOON, False),
        (Matter.MEASURE, "need-met", NOON - timedelta(seconds=1), False),
        (Matter.MEASURE, "", None, False),
        (Matter.MEASURE, "Need Met", None, False),
        (Matter.MEASURE, "agreement:' or 1=1", None, False),
    ],
)
def test_a_mandate_has_a_scope_and_an_end(
    matter: Matter, scope: str, ends: datetime | None, possible: bool
) -> None:
    assert (rules.fault_of_mandate(matter, scope, NOON, ends) == "") is possible


@pytest.mark.parametrize(
    ("vsp", "same", "segment", "purpose", "possible"),
    [
        (False, False, "general", "COORD", True),
        (False, False, "substance-use", "COORD", True),
        (True, False, "general", "COORD", False),
        (False, True, "general", "COORD", False),
        (False, False, "psychotherapy", "TREAT", False),
        (False, False, "general", "LEGAL", False),
        (False, False, "general", "RES", False),
    ],
)
def test_what_no_agreement_can_say(vsp: bool, same: bool, segment: str, purpose: str, possible: bool) -> None:
    fault = rules.fault_of_term(discloser_is_vsp=vsp, same_partner=same, segment=segment, purpose=purpose)
    assert (fault == "") is possible
