"""The demo's bodies are those that the rest of the demo tells of."""

import pytest

from commonweal.foundation.access import acting
from commonweal.foundation.accounts import installation
from commonweal.partners import demo, facade

SEATS = {
    "table": (18, 20),
    "residents-council": (9, 9),
    "food-workgroup": (7, 8),
    "data-workgroup": (9, 9),
    "housing-workgroup": (6, 8),
}


@pytest.fixture
def laid(db: None) -> None:
    with acting(demo.SETUP):
        installation.mark("demo", name="Alder County Health Table")
    demo.seed()


def test_the_bodies_have_the_seats_that_the_demo_tells_of(laid: None) -> None:
    bodies = {b.slug: b for b in facade.bodies()}
    seats = facade.seats_of(b.id for b in bodies.values())
    found = {
        slug: (sum(s.holder is not None for s in seats[bodies[slug].id]), len(seats[bodies[slug].id]))
        for slug in SEATS
    }
    assert found == SEATS
    table = seats[bodies["table"].id]
    assert sum(s.is_resident for s in table) == 5
    assert {s.is_resident for s in seats[bodies["residents-council"].id]} == {True}
    assert bodies["residents-caucus"].is_private


def test_the_food_workgroup_lacks_its_third_co_lead(laid: None) -> None:
    seats = facade.seats_of([facade.body_named("food-workgroup").id])
    leads = [s for body in seats.values() for s in body if s.leads]
    assert {s.holder.name if s.holder else "" for s in leads} == {"Marcus Odom", "Inés Valdivia", ""}
    vacant = next(s for s in leads if s.holder is None)
    assert vacant.vacant_since is not None
