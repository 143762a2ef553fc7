"""A body below is asked where the question touches it, and where nobody can say that it does not."""

from datetime import date
from uuid import UUID

import pytest
from tests.governance.voting import LAWS, SETUP, START, World, ask, lay, open_vote, sit

from commonweal.foundation.access import acting
from commonweal.governance.models import Poll
from commonweal.governance.vocabulary import Matter
from commonweal.kernel.clock import at
from commonweal.partners.models import Body
from commonweal.partners.vocabulary import BodyKind

pytestmark = pytest.mark.django_db

RESERVED = """
[matter.membership]
article = "2.1"
text.en = "A majority, and the hub that it touches."
body = "table"
reserved = ["north"]
[matter.position]
article = "5.1"
text.en = "A majority, and the hub that it touches."
body = "table"
reserved = ["north"]
"""


def laid() -> tuple[World, UUID, UUID]:
    """A hub in the north with a block inside; the first partner sits in the hub, the second in the block."""
    found: list[Body] = []
    with acting(SETUP):
        for slug in ("north", "block"):
            above = found[0] if found else None
            found.append(
                Body.objects.create(
                    slug=slug, name=slug.title(), kind=BodyKind.HUB.value, parent=above,
                    starts_on=date(2026, 1, 5),
                )
            )  # fmt: skip
    world = lay(LAWS + RESERVED)
    with acting(SETUP):
        for place, body in enumerate(found):
            sit(body.pk, f"Neighbor {place}", partner_id=UUID(world.voter(place).partition(":")[2]))
    return world, found[0].pk, found[1].pk


def asked(world: World, matter: Matter, **more: object) -> set[UUID]:
    with at(START):
        question = ask(world, matter, by=3, **more)
        open_vote(world, question)
    return set(Poll.objects.filter(proposal_id=question, kind="gate").values_list("body_id", flat=True))


def ending(world: World, place: int) -> dict[str, object]:
    partner = world.voter(place).partition(":")[2]
    return {"effect": "partner.end", "params": {"partner": partner, "why": "It closed."}}


def test_a_body_below_is_asked_about_its_own_and_not_about_others() -> None:
    world, north, block = laid()
    assert asked(world, Matter.MEMBERSHIP, **ending(world, 0)) == {north}, "a partner that sits there"
    assert asked(world, Matter.MEMBERSHIP, **ending(world, 1)) == {north}, "one that sits in a block of it"
    assert asked(world, Matter.MEMBERSHIP, **ending(world, 2)) == set(), "one of elsewhere"
    seat = {"effect": "seat.add", "params": {"body": str(block), "member_class": "resident", "title": "Seat"}}
    assert asked(world, Matter.MEMBERSHIP, **seat) == {north}, "a seat inside it"
    other = {**seat, "params": {**seat["params"], "body": str(world.bodies["table"])}}  # type: ignore[dict-item]
    assert asked(world, Matter.MEMBERSHIP, **other) == set()


def test_where_a_question_names_nobody_it_is_about_all() -> None:
    world, north, _block = laid()
    assert asked(world, Matter.POSITION) == {north}
    elsewhere = UUID(world.voter(2).partition(":")[2])
    assert asked(world, Matter.POSITION, with_partner_id=elsewhere) == {north}, "whom it is asked with"


def test_whom_it_is_asked_with_widens_and_never_narrows() -> None:
    world, north, _block = laid()
    near = UUID(world.voter(0).partition(":")[2])
    assert asked(world, Matter.MEMBERSHIP, with_partner_id=near, **ending(world, 2)) == {north}
