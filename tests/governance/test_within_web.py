"""On the pages: to which body a question is put, and what a delegate may decide on the ballot."""

from datetime import date
from uuid import UUID

import pytest
from tests.governance.test_questions_web import browser
from tests.governance.voting import DAY, LAWS, PLAIN, SETUP, World, ask, lay, open_vote, sit

from commonweal.foundation.access import acting
from commonweal.governance.models import Proposal
from commonweal.governance.vocabulary import Matter
from commonweal.kernel.clock import now
from commonweal.partners import facade as partners
from commonweal.partners.actions import set_authority
from commonweal.partners.models import Body
from commonweal.partners.vocabulary import BodyKind, SeatRole
from commonweal.partners.vocabulary_seats import Latitude

pytestmark = pytest.mark.django_db
NEW = "/decisions/questions/new/"
WORK = """
[matter.initiative]
article = "5.2"
text.en = "A majority of the votes cast."
body = "table"
[matter.initiative.in.food]
article = "4.3"
text.en = "A majority in the food workgroup."
[matter.roles]
article = "5.4"
text.en = "A majority of the votes cast."
body = "table"
"""


@pytest.fixture
def world() -> World:
    with acting(SETUP):
        food = Body.objects.create(
            slug="food", name="Food workgroup", kind=BodyKind.WORKGROUP.value, starts_on=date(2026, 1, 5)
        )
    world = lay(LAWS + PLAIN + WORK, starts_at=now() - 10 * DAY)
    with acting(SETUP):
        for n in (0, 1):
            pid = UUID(world.voter(n).removeprefix("partner:"))
            sit(food.pk, f"Lead {n}", partner_id=pid, role=SeatRole.CO_LEAD)
    return world


def _said(world: World, owner: int, body: str) -> dict[str, str]:
    return {
        "effect": "initiative.start",
        "matter": "initiative",
        "body": body,
        "question": "Shall we run a cold store?",
        "title": "A cold store",
        "text": "Food spoils on the way.",
        "seat": str(world.seats[world.voter(0)]),
        "effect-title": f"A cold store of {owner}",
        "effect-goal": "Food that keeps",
        "effect-owner": world.voter(owner)[8:],
    }


def test_the_body_is_chosen_where_more_than_one_may_decide(world: World) -> None:
    page = browser(world.voters[world.voter(0)])
    shown = page.get(f"{NEW}?effect=initiative.start").content.decode()
    assert "Which body decides it?" in shown
    assert "A majority in the food workgroup." in shown
    assert "Which body decides it?" not in page.get(f"{NEW}?effect=role.give").content.decode()
    assert page.post(NEW, _said(world, 1, "food")).status_code == 302
    assert page.post(NEW, _said(world, 4, "table")).status_code == 302
    assert [p.body.slug for p in Proposal.objects.order_by("number")] == ["food", "table"]


def test_what_goes_beyond_the_body_is_said_on_the_form_and_nothing_is_lost(world: World) -> None:
    page = browser(world.voters[world.voter(0)])
    answer = page.post(NEW, _said(world, 4, "food"))
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "bind others than those in Food workgroup" in shown
    assert "Put it to the body that decides this for all." in shown
    assert "Food spoils on the way." in shown
    assert not Proposal.objects.exists()


def test_the_ballot_says_what_the_delegate_may_decide_here(world: World) -> None:
    seat = partners.seat(world.seats[world.voter(0)])
    assert seat is not None
    assert seat.holder is not None
    with acting(SETUP):
        set_authority(
            seat.holder.id, by=SETUP, latitude=Latitude.NOT_AT_ALL, matter="position", said_by="Ruth Ames"
        )
    question = ask(world, Matter.POSITION, by=1)
    open_vote(world, question)
    number = Proposal.objects.get(pk=question).number
    shown = browser(world.voters[world.voter(0)]).get(f"/decisions/questions/{number}/").content.decode()
    assert "What you may decide here" in shown
    assert "On “Positions” you do not decide; someone else in your organization does." in shown
    assert "Said by Ruth Ames" in shown
    assert "Your yes waits until your organization stands behind it." in shown
    assert "This goes beyond what I may decide alone" not in shown
    other = browser(world.voters[world.voter(2)]).get(f"/decisions/questions/{number}/").content.decode()
    assert "Your organization lets you decide alone." in other
