"""What governance lays on the agenda of a body, and into the pack of who takes a seat."""

import pytest
from tests.governance.voting import DAY, ask, lay

from commonweal.foundation.access import acting
from commonweal.governance.actions import promising
from commonweal.governance.queries.agenda import open_matters
from commonweal.governance.vocabulary import Matter
from commonweal.governance.web import at_table
from commonweal.kernel.clock import today
from commonweal.partners import facade
from commonweal.partners.shapes import BodyShape

pytestmark = pytest.mark.django_db


def body(slug: str) -> BodyShape:
    found = facade.body_named(slug)
    assert found is not None
    return found


def test_the_pack_of_a_seat_tells_what_was_promised_from_it() -> None:
    world = lay(partners=3)
    voter = world.voter(0)
    actor, seat = world.actor(voter), world.seats[voter]
    with acting(actor):
        promising.make_promise(
            by=actor,
            seat_id=seat,
            words="Two drivers on Saturdays",
            to_whom="Residents",
            due_on=today() + 30 * DAY,
        )
    taken = facade.seat(seat)
    assert taken is not None
    items = list(at_table.in_pack(taken, body("table")))
    assert [(i.part, i.words) for i in items] == [("promise", "Two drivers on Saturdays")]


def test_a_body_finds_the_question_that_waits_for_its_yes() -> None:
    world = lay(partners=3, residents=2)
    ask(world, Matter.DATA_SHARING, ends_on=today() + 200 * DAY)
    ask(world)
    assert [(c.title, c.words) for c in open_matters(body("residents"))] == [
        ("Question 1: Rides to the clinic", "It waits for the yes of this body.")
    ]
    assert [c.words for c in open_matters(body("table"))] == ["It is before this body."] * 2
