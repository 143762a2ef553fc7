"""Trenton: competing hospitals, a health center and the city; the community's council answers, paid."""

import pytest
from tests.scenarios.play import DAY, ONE, asked, lay, mandates, put, vote

from commonweal.foundation.access import acting
from commonweal.governance import facade as governance
from commonweal.governance.models import Delegation, Poll
from commonweal.governance.queries import bylaws, standing
from commonweal.governance.vocabulary import Matter, Result
from commonweal.kernel.clock import at
from commonweal.partners import actions as partners
from commonweal.site.demo.charter_table import SETUP, Laid

pytestmark = pytest.mark.django_db
BOARD, COUNCIL = "board", "community-advisory-council"
CARE = dict.fromkeys(("river-hospital", "capitol-hospital", "union-health-center"), "yes")
SIX = ("Gloria Banks", "Tyrell Moss", "Ana Lucía Vega", "Pat Dugan", "Mercy Owusu", "Joe Carbone")
YES = dict.fromkeys(SIX, "yes")


@pytest.fixture
def laid() -> Laid:
    return lay("trenton")


def test_those_who_compete_share_nothing_while_only_health_care_agrees(laid: Laid) -> None:
    question = put(laid)
    says = {**CARE, "city-health": "no"}
    assert vote(laid, question, says, body=BOARD, gate=YES, gate_body=COUNCIL) is Result.REJECTED
    main = Poll.objects.get(proposal_id=question, kind="main")
    assert main.outcome["tally"] == main.outcome["tally"] | {"yes": 3, "no": 1}, "three of four is two thirds"
    assert mandates(question) == []


def test_with_the_city_and_the_council_they_do(laid: Laid) -> None:
    question = put(laid)
    says = {**CARE, "city-health": "yes", "shelter-first": "no"}
    assert vote(laid, question, says, body=BOARD, gate=YES, gate_body=COUNCIL) is Result.ADOPTED
    ids = (laid.partner_ids["river-hospital"], laid.partner_ids["capitol-hospital"])
    with at(DAY + 45 * ONE):
        assert governance.agreement_between(*ids, "general", "COORD", DAY + 45 * ONE)


def test_the_council_is_asked_and_beats_any_tally(laid: Laid) -> None:
    no = {**YES, **dict.fromkeys(SIX[:4], "no")}
    says = {**CARE, "city-health": "yes", "shelter-first": "yes"}
    assert vote(laid, put(laid), says, body=BOARD, gate=no, gate_body=COUNCIL) is Result.REJECTED


def test_no_decision_while_one_side_is_not_at_the_table(laid: Laid) -> None:
    seat = laid.seat_of(BOARD, "city-health")
    with acting(SETUP), at(DAY):
        partners.vacate_seat(seat.id, by=SETUP, why="A new administration", ended_on=DAY.date())
    assert standing.may_bind(BOARD, DAY + 59 * ONE)
    assert not standing.may_bind(BOARD, DAY + 60 * ONE)


def test_each_on_the_council_is_paid_for_their_time_within_what_was_decided(laid: Laid) -> None:
    stipends = asked(
        laid,
        matter="delegation",
        effect="delegation.give",
        params={
            "words": "Pay each who sits on the advisory council $50 for every meeting, and child care",
            "limit_dollars": 9000,
            "report_on": "2026-09-30",
        },
        by="shelter-first",
        days=365,
    )
    question = put(laid, stipends)
    assert vote(laid, question, {**CARE, "shelter-first": "yes"}, body=BOARD) is Result.ADOPTED
    given = Delegation.objects.get(mandate_id=mandates(question)[0].pk)
    rule = bylaws.rule_for(Matter.DELEGATION, DAY)
    assert rule is not None
    assert rule.delegation is not None
    assert given.limit_cents == rule.delegation.limit_cents == 900_000
