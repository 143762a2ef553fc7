"""Proviso: led by the community, six hubs in parity, whose leads sit on the executive board."""

import pytest
from tests.scenarios.play import DAY, ONE, asked, lay, mandates, put, vote

from commonweal.foundation.access import acting
from commonweal.governance.models import Initiative
from commonweal.governance.queries import standing
from commonweal.governance.vocabulary import Result
from commonweal.kernel.clock import at
from commonweal.kernel.errors import Refused
from commonweal.partners import actions as partners
from commonweal.partners import facade
from commonweal.partners.vocabulary import Authority
from commonweal.site.demo.charter_table import SETUP, Laid, open_vote

pytestmark = pytest.mark.django_db
HUB, BOARD = "food-justice", "executive-board"


@pytest.fixture
def laid() -> Laid:
    return lay("proviso")


def test_there_are_six_hubs_and_residents_are_half_of_the_board(laid: Laid) -> None:
    assert len([b for b in facade.bodies() if b.kind.value == "hub"]) == 6
    seats = [s for s in facade.seats_of([laid.bodies[BOARD]])[laid.bodies[BOARD]] if s.holder]
    assert sum(s.is_resident for s in seats) * 2 >= len(seats)
    assert standing.may_bind(BOARD, DAY)


def test_a_hub_led_by_a_resident_and_an_institution_starts_its_work(laid: Laid) -> None:
    question = put(laid)
    assert vote(laid, question, {"Dolores Avery": "yes", "green-plot": "yes"}, body=HUB) is Result.ADOPTED
    assert Initiative.objects.get(mandate_id=mandates(question)[0].pk).title == "Shares in the garden"


def test_either_lead_can_stop_it_by_a_reasoned_objection(laid: Laid) -> None:
    says = {"Dolores Avery": "objection", "green-plot": "yes"}
    assert vote(laid, put(laid), says, body=HUB) is Result.REJECTED


def test_a_hub_without_its_resident_lead_decides_nothing_until_one_is_seated(laid: Laid) -> None:
    seat = laid.seat_of(HUB, "Dolores Avery")
    with acting(SETUP), at(DAY):
        partners.vacate_seat(seat.id, by=SETUP, why="Moved away", ended_on=DAY.date())
    late = DAY + 31 * ONE
    question = put(laid, asked(laid, by="green-plot"), on=late)
    with at(late), pytest.raises(Refused) as caught:
        open_vote(laid, question)
    assert caught.value.verdict.words == "No resident leads it."
    with acting(SETUP), at(late):
        partners.fill_seat(
            seat.id,
            by=SETUP,
            member_id=laid.members["Willa Grant"],
            authority=Authority.FULL,
            starts_on=late.date(),
        )
    assert (
        vote(laid, question, {"Willa Grant": "yes", "green-plot": "yes"}, body=HUB, on=late) is Result.ADOPTED
    )


def test_a_lead_without_a_seat_on_the_executive_board_is_found_missing_there(laid: Laid) -> None:
    above = laid.seat_of(BOARD, "green-plot")
    with acting(SETUP), at(DAY):
        partners.vacate_seat(above.id, by=SETUP, why="Too many meetings", ended_on=DAY.date())
    refused = standing.may_bind(HUB, DAY + 31 * ONE)
    assert refused.words == "Maya Booker leads here and does not sit on Executive board."
    assert refused.cure == "Give each lead a seat there."


def test_the_board_binds_only_with_three_residents_taking_part(laid: Laid) -> None:
    budget = asked(laid, matter="budget", effect="none", params={}, by="lakeview-medical", body="")
    orgs = dict.fromkeys(("lakeview-medical", "green-plot", "village-schools"), "yes")
    two = {**orgs, "Dolores Avery": "yes", "Hector Ruiz": "yes"}
    assert vote(laid, put(laid, budget), two, body=BOARD) is Result.NO_QUORUM
    later = DAY + 60 * ONE
    assert vote(laid, put(laid, budget, on=later), {**two, "Ruby Tolliver": "yes"}, body=BOARD, on=later) is (
        Result.ADOPTED
    )


def test_each_hub_decides_its_own_and_binds_no_other(laid: Laid) -> None:
    walk = {"title": "A walking school bus", "goal": "Safe ways to school.", "owner": "@village-schools"}
    ours = asked(laid, by="Willa Grant", body="elementary-schools", params=walk, title="A walking school bus")
    says = {"Willa Grant": "yes", "village-schools": "yes"}
    assert vote(laid, put(laid, ours), says, body="elementary-schools") is Result.ADOPTED
    assert vote(laid, put(laid), {"Dolores Avery": "yes", "green-plot": "yes"}, body=HUB) is Result.ADOPTED
    with pytest.raises(Refused) as caught:
        put(laid, asked(laid, by="Dolores Avery", params={**walk, "title": "Another bus"}))
    assert caught.value.verdict.words.startswith("This would bind others than those in Food justice")


def test_a_hub_that_lacks_its_institution_decides_nothing(laid: Laid) -> None:
    question = put(
        laid,
        asked(laid, by="Hector Ruiz", body="tobacco-free", matter="initiative", effect="none", params={}),
    )
    with at(DAY), pytest.raises(Refused) as caught:
        open_vote(laid, question)
    assert caught.value.verdict.words == "No institution leads it."
