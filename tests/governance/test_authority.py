"""What a delegate may decide alone, after asking, or not at all: in one matter, and up to a sum (7-T10)."""

from uuid import UUID

import pytest
from tests.governance.voting import (
    DAY,
    LAWS,
    PLAIN,
    SETUP,
    START,
    World,
    ask,
    cast_all,
    finish,
    lay,
    open_vote,
)

from commonweal.foundation.access import acting
from commonweal.governance.models import Poll
from commonweal.governance.queries import polls
from commonweal.governance.rules.stakes import cents_at_stake
from commonweal.governance.vocabulary import Matter, Result
from commonweal.governance.web.delegate_words import may_here
from commonweal.kernel.clock import at
from commonweal.partners import facade as partners
from commonweal.partners.actions import set_authority
from commonweal.partners.vocabulary_seats import Latitude

pytestmark = pytest.mark.django_db

WORK = """
[matter.initiative]
article = "5.2"
text.en = "A majority of the votes cast."
body = "table"
"""
SECRET = """
[matter.roles]
article = "5.3"
text.en = "A majority of the votes cast, in secret."
body = "table"
secret = true
"""


def word(world: World, place: int, latitude: Latitude, matter: str = "", **more: object) -> None:
    """What the organization of a voter says of its delegate."""
    seat = partners.seat(world.seats[world.voter(place)])
    assert seat is not None
    assert seat.holder is not None
    with acting(SETUP), at(START - 5 * DAY):
        set_authority(seat.holder.id, by=SETUP, latitude=latitude, matter=matter, **more)  # type: ignore[arg-type]


def decided(world: World, matter: Matter, votes: list[str | None], **more: object) -> Result:
    with at(START):
        question = ask(world, matter, **more)
        poll, *_rest = open_vote(world, question)
        cast_all(world, poll, votes)
    return finish(world, question, START + 8 * DAY)


def shown(world: World, question: UUID, place: int) -> str:
    """What the ballot says of the delegate's authority."""
    actor = world.actor(world.voter(place))
    with at(START), acting(actor):
        (vote,) = [v for v in polls.my_votes(actor) if v.question_id == question]
        return may_here(vote)


def test_not_at_all_in_one_matter_decides_nothing_there() -> None:
    world = lay(partners=3)
    word(world, 0, Latitude.NOT_AT_ALL, Matter.POSITION.value)
    assert decided(world, Matter.POSITION, ["yes", "no", None]) is not Result.ADOPTED
    voter = world.voter(0)
    assert [v["authority"] for v in Poll.objects.get().electorate["voters"] if v["id"] == voter] == ["none"]


def test_the_broad_word_stands_where_the_matter_has_none() -> None:
    world = lay(LAWS + PLAIN + WORK, partners=3)
    word(world, 0, Latitude.NOT_AT_ALL, Matter.INITIATIVE.value)
    assert decided(world, Matter.POSITION, ["yes", None, "yes"]) is Result.ADOPTED


def test_a_broad_no_with_a_narrow_yes_decides_that_matter() -> None:
    world = lay(partners=3)
    for place in (0, 1):
        word(world, place, Latitude.AFTER_ASKING)
        word(world, place, Latitude.ALONE, Matter.POSITION.value)
    assert decided(world, Matter.POSITION, ["yes", "yes", "no"]) is Result.ADOPTED


def test_and_no_other() -> None:
    world = lay(LAWS + PLAIN + WORK, partners=3)
    for place in (0, 1):
        word(world, place, Latitude.AFTER_ASKING)
        word(world, place, Latitude.ALONE, Matter.INITIATIVE.value)
    assert decided(world, Matter.POSITION, ["yes", "yes", "no"]) is Result.PENDING_RATIFICATION


def costly(world: World) -> dict[str, object]:
    """An initiative that may cost $8,000."""
    asked = {
        "title": "Rides on Saturdays",
        "goal": "Rides to the clinic",
        "owner": str(world.backbone_id),
        "budget_dollars": "8000",
    }
    return {"effect": "initiative.start", "params": asked}


@pytest.mark.parametrize(
    ("limit", "result"), [(800_000, Result.ADOPTED), (799_999, Result.PENDING_RATIFICATION)]
)
def test_a_sum_above_the_limit_waits_for_the_organization(limit: int, result: Result) -> None:
    world = lay(LAWS + PLAIN + WORK, partners=3)
    for place in (0, 1):
        word(world, place, Latitude.WITHIN, Matter.INITIATIVE.value, bounds="Small sums.", limit_cents=limit)
    assert decided(world, Matter.INITIATIVE, ["yes", "yes", "no"], **costly(world)) is result


def test_the_limit_of_the_broad_word_counts_too() -> None:
    world = lay(LAWS + PLAIN + WORK, partners=3)
    for place in (0, 1):
        word(world, place, Latitude.WITHIN, bounds="Small sums.", limit_cents=500_000)
    assert (
        decided(world, Matter.INITIATIVE, ["yes", "yes", "no"], **costly(world))
        is Result.PENDING_RATIFICATION
    )


def test_without_a_sum_bounds_let_a_delegate_decide() -> None:
    world = lay(partners=3)
    for place in (0, 1):
        word(world, place, Latitude.WITHIN, bounds="Small sums.", limit_cents=500_000)
    assert decided(world, Matter.POSITION, ["yes", "yes", "no"]) is Result.ADOPTED


def test_a_word_that_starts_later_does_not_hold_yet() -> None:
    world = lay(partners=3)
    word(world, 0, Latitude.NOT_AT_ALL, Matter.POSITION.value, starts_on=(START + 30 * DAY).date())
    assert decided(world, Matter.POSITION, ["yes", None, "yes"]) is Result.ADOPTED


def test_a_secret_ballot_asks_about_the_matter() -> None:
    world = lay(LAWS + PLAIN + SECRET, partners=6)
    word(world, 0, Latitude.AFTER_ASKING)
    word(world, 0, Latitude.ALONE, Matter.ROLES.value)
    word(world, 1, Latitude.NOT_AT_ALL, Matter.ROLES.value)
    with at(START):
        question = ask(world, Matter.ROLES, by=2)
        open_vote(world, question)
        mine = [polls.my_votes(world.actor(world.voter(n)))[0] for n in (0, 1)]
    assert [bool(vote.may) for vote in mine] == [True, False]


def test_the_ballot_says_what_the_delegate_may_do_here_and_why() -> None:
    world = lay(LAWS + PLAIN + WORK, partners=5)
    word(world, 0, Latitude.NOT_AT_ALL, Matter.INITIATIVE.value, said_by="Ruth Ames")
    word(world, 1, Latitude.ALONE, Matter.INITIATIVE.value)
    word(world, 2, Latitude.WITHIN, bounds="Up to $5,000 a year.", limit_cents=500_000)
    word(world, 3, Latitude.WITHIN, bounds="Up to $9,000 a year.", limit_cents=900_000)
    with at(START):
        question = ask(world, Matter.INITIATIVE, by=1, **costly(world))
        open_vote(world, question)
    no, alone, beyond, within, broad = (shown(world, question, n) for n in range(5))
    assert "not decide" in no
    assert "Ruth Ames" in no
    assert "Initiatives" in no
    assert "waits" in no
    assert "alone" in alone
    assert "Initiatives" in alone
    assert "$5,000" in beyond
    assert "$8,000" in beyond
    assert "waits" in beyond
    assert "$9,000" in within
    assert "waits" not in within
    assert "alone" in broad


@pytest.mark.parametrize(
    ("options", "counting", "params", "cents"),
    [
        ([], {}, {}, None),
        ([], {}, {"budget_cents": 800_000}, 800_000),
        ([], {}, {"limit_cents": 500_000, "act_limit_cents": 20_000}, 500_000),
        ([{"cost_cents": 100}, {"cost_cents": 300}], {}, {}, 300),
        ([{"cost_cents": 100}, {"cost_cents": 300}, {"cost_cents": 200}], {"seats": 2}, {}, 500),
        ([{"cost_cents": 100}, {"cost_cents": None}], {"budget_cents": 90_000}, {}, 90_000),
        ([{"cost_cents": None}], {"most": 5}, {"budget_cents": None}, None),
    ],
)
def test_what_a_yes_may_cost(
    options: list[dict[str, object]],
    counting: dict[str, int],
    params: dict[str, object],
    cents: int | None,
) -> None:
    assert cents_at_stake(options, counting, params) == cents
