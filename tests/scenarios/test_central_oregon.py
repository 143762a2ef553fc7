"""Central Oregon: one organization one vote whatever its size, many sectors, six workgroups, an election."""

import pytest
from tests.scenarios.play import DAY, ONE, asked, electorate, lay, mandates, put, vote

from commonweal.foundation.access import acting
from commonweal.governance.models import Initiative, Poll
from commonweal.governance.queries import polls, proposals, standing
from commonweal.governance.vocabulary import Result
from commonweal.governance.web.questions_rows import ballot_cards
from commonweal.kernel.clock import at
from commonweal.kernel.errors import Refused
from commonweal.partners import actions as partners
from commonweal.partners import facade
from commonweal.partners.models import Enrollment
from commonweal.site.demo.charter_table import SETUP, Laid, open_vote

pytestmark = pytest.mark.django_db
BOARD = "board"
FOR = {"open-table-pantry": "yes", "plateau-schools": "yes", "north-county": "yes", "juniper-mind": "yes"}
SYSTEM = {"cascade-system": "no", "cascade-clinics": "no"}


@pytest.fixture
def laid() -> Laid:
    return lay("central-oregon")


def test_the_largest_system_has_one_vote_as_the_pantry_has(laid: Laid) -> None:
    question = put(laid)
    assert vote(
        laid, question, {**FOR, **SYSTEM, "middle-county": "no", "south-county": "no"}, body=BOARD
    ) is (Result.ADOPTED)
    units = electorate(question)
    assert len(units) == 9
    assert len(set(units.values())) == 8, "a system and the clinics that it controls are one"
    poll = Poll.objects.get(proposal_id=question)
    assert poll.outcome["tally"]["yes"] == 4
    assert poll.outcome["tally"]["no"] == 3, "two delegates of one system, one vote"
    (given,) = mandates(question)
    assert Initiative.objects.get(mandate_id=given.pk).slug == "one-bus-pass"


def test_hundreds_of_volunteers_take_part_in_six_workgroups_and_hold_no_vote_on_the_board(laid: Laid) -> None:
    groups = [b for b in facade.bodies() if b.kind.value == "workgroup"]
    assert len(groups) == 6
    assert 250 <= Enrollment.objects.filter(body_id__in=[b.id for b in groups]).count() <= 300
    question = put(laid)
    with at(DAY):
        open_vote(laid, question)
    assert len(electorate(question)) == 9


def test_an_election_replaces_a_commissioner_and_the_seat_goes_on(laid: Laid) -> None:
    seat = laid.seat_of(BOARD, "north-county")
    elected = DAY.date()
    with acting(SETUP), at(DAY):
        partners.vacate_seat(seat.id, by=SETUP, why="Not elected again", ended_on=elected)
    late = DAY + 91 * ONE
    assert standing.may_bind(BOARD, DAY + 80 * ONE), "ninety days remain to fill it"
    refused = standing.may_bind(BOARD, late)
    assert not refused
    assert "Government" in refused.words
    question = put(laid, on=late)
    with at(late), pytest.raises(Refused) as caught:
        open_vote(laid, question)
    assert caught.value.verdict.cure
    with acting(SETUP), at(late):
        new = partners.add_member(
            laid.partner_ids["north-county"], by=SETUP, name="Commissioner Fay Trout", title="Commissioner"
        )
        partners.fill_seat(seat.id, by=SETUP, member_id=new, starts_on=late.date())
    assert standing.may_bind(BOARD, late)
    says = {who: said for who, said in FOR.items() if who != "north-county"} | {
        "middle-county": "yes",
        "south-county": "yes",
    }
    assert vote(laid, question, says, body=BOARD, on=late) is Result.ADOPTED
    assert facade.seat(seat.id).voter_id == seat.voter_id, "the seat is the county's, whoever holds it"


def test_recommendations_stand_by_consent_unless_a_reasoned_objection_is_left(laid: Laid) -> None:
    position = asked(laid, matter="position", effect="none", params={}, by="plateau-schools")
    question = put(laid, position)
    says = dict.fromkeys(
        ("plateau-schools", "open-table-pantry", "juniper-mind", "middle-county", "high-road-transit"), "yes"
    )
    assert vote(laid, question, {**says, "cascade-system": "objection"}, body=BOARD) is Result.REJECTED
    again = put(laid, position, on=DAY + 60 * ONE)
    assert (
        vote(laid, again, {**says, "cascade-system": "concern"}, body=BOARD, on=DAY + 60 * ONE)
        is Result.ADOPTED
    )


def test_each_workgroup_decides_what_it_recommends(laid: Laid) -> None:
    leads = laid.bodies["housing"]
    with acting(SETUP), at(DAY - 60 * ONE):
        for seat, who in zip(
            facade.seats_of([leads])[leads], ("open-table-pantry", "plateau-schools"), strict=True
        ):
            partners.fill_seat(seat.id, by=SETUP, member_id=laid.members[who])
    says = {"title": "Beds before winter", "question": "Shall we recommend beds before winter?"}
    ours = asked(
        laid, matter="position", effect="none", params={}, by="open-table-pantry", body="housing", **says
    )
    question = put(laid, ours)
    both = dict.fromkeys(("open-table-pantry", "plateau-schools"), "yes")
    assert vote(laid, question, both, body="housing") is Result.ADOPTED
    assert mandates(question)[0].scope == "position:in-housing"
    assert len(electorate(question)) == 2


def test_the_ballot_says_with_whom_an_organization_has_one_vote(laid: Laid) -> None:
    question = put(laid)
    with at(DAY):
        open_vote(laid, question)
    clinics = laid.people["cascade-clinics"]
    with at(DAY), acting(clinics):
        found = proposals.question(question)
        assert found is not None
        (card,) = ballot_cards(found, polls.my_votes(clinics))
    assert card.hint == "One vote together with Cascade Ridge Health System. The last one cast counts."
    pantry = laid.people["open-table-pantry"]
    with at(DAY), acting(pantry):
        (card,) = ballot_cards(found, polls.my_votes(pantry))
    assert card.hint == "One organization, one vote."
