"""Alder: each workgroup decides for itself and binds nobody else; it lacks a co-lead, it decides nothing."""

import pytest
from tests.scenarios.play import DAY, ONE, mandates, put, vote

from commonweal.foundation.access import acting
from commonweal.foundation.accounts import installation
from commonweal.governance.models import Initiative
from commonweal.governance.vocabulary import Result
from commonweal.kernel.clock import at
from commonweal.kernel.errors import Refused
from commonweal.partners import actions as partners
from commonweal.partners.vocabulary import Authority, Sector
from commonweal.site.demo import charter_table as tables
from commonweal.site.demo.charter_table import SETUP, Laid, open_vote
from commonweal.site.demo.tables import Asked, Lead, Org, Small

pytestmark = pytest.mark.django_db
FOOD, HOUSING = "food-workgroup", "housing-workgroup"
LEADS = ("ferry-street", "millrace", "alder-schools")
ALDER = Small(
    "alder",
    "Alder Commons",
    "Priya Nair",
    (
        Org("ferry-street", "Ferry Street Pantry", Sector.SOCIAL_SERVICES, "Marcus Odom"),
        Org("millrace", "Millrace Community Clinic", Sector.HEALTH_CARE, "Inés Valdivia"),
        Org("alder-schools", "Alder Schools", Sector.EDUCATION, "Mina Duarte"),
        Org("tanners-ford", "Tanner's Ford Housing Trust", Sector.HOUSING, "Aisha Grant"),
    ),
    (("Loretta Hayes", "Ferry Street"), ("Dale Pruitt", "Tanner's Ford")),
    Asked(
        by="ferry-street",
        matter="initiative",
        title="A cold store",
        question="Shall the pantry run a cold store?",
        bites="It needs its three co-leads.",
        effect="initiative.start",
        params={"title": "A cold store", "goal": "Food that keeps.", "owner": "@ferry-street"},
        body=FOOD,
    ),
    leads=tuple(Lead(body, who) for body in (FOOD, HOUSING) for who in LEADS),
)
SAYS = dict.fromkeys(LEADS, "yes")


@pytest.fixture
def laid() -> Laid:
    with acting(SETUP):
        installation.mark("demo", name="A demo", time_zone="America/New_York")
    return tables.lay(ALDER, moment=DAY)


def test_a_workgroup_begins_what_its_own_carry(laid: Laid) -> None:
    question = put(laid)
    assert vote(laid, question, SAYS, body=FOOD) is Result.ADOPTED
    assert Initiative.objects.get(mandate_id=mandates(question)[0].pk).title == "A cold store"


def test_its_sibling_decides_its_own_under_the_same_article(laid: Laid) -> None:
    first = put(laid)
    asked = Asked(
        by="millrace", matter="position", title="Dry walls first", question="Shall we say so?",
        bites="", body=HOUSING,
    )  # fmt: skip
    second = put(laid, asked)
    assert vote(laid, first, SAYS, body=FOOD) is Result.ADOPTED
    assert vote(laid, second, {**SAYS, "millrace": "no"}, body=HOUSING) is Result.ADOPTED
    assert mandates(second)[0].scope == "position:in-housing-workgroup"


def test_it_binds_nobody_who_does_not_sit_there(laid: Laid) -> None:
    other = {**laid.small.asked.params, "owner": "@tanners-ford"}
    with pytest.raises(Refused) as caught:
        put(laid, Asked(**{**_plain(laid.small.asked), "params": other}))
    assert caught.value.verdict.cure == "Put it to the body that decides this for all."
    assert put(laid, Asked(**{**_plain(laid.small.asked), "params": other, "body": ""})), "the Table may"


def _plain(asked: Asked) -> dict[str, object]:
    return {name: getattr(asked, name) for name in Asked.__dataclass_fields__}


def test_remove_one_co_lead_it_is_refused_restore_it_goes_through(laid: Laid) -> None:
    seat = laid.seat_of(FOOD, "alder-schools")
    with acting(SETUP), at(DAY):
        partners.vacate_seat(seat.id, by=SETUP, why="Found other work", ended_on=DAY.date())
    late = DAY + 14 * ONE
    question = put(laid, on=late)
    with at(late), pytest.raises(Refused) as caught:
        open_vote(laid, question)
    assert caught.value.verdict.words == "2 of 3 co-leads stand for different sectors."
    assert caught.value.verdict.cure == "Find a co-lead from a sector that leads nothing here yet."
    with acting(SETUP), at(late):
        partners.fill_seat(
            seat.id,
            by=SETUP,
            member_id=laid.members["alder-schools"],
            authority=Authority.FULL,
            starts_on=late.date(),
        )
    assert vote(laid, question, SAYS, body=FOOD, on=late) is Result.ADOPTED
