"""Bodies below, bodies behind closed doors, challenges, and taking an assent back."""

from datetime import timedelta
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
    cast,
    cast_all,
    finish,
    lay,
    open_vote,
    residents_say,
    sit,
)

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.governance.actions import polling, proposing, talking
from commonweal.governance.models import Ballot, Comment, Decision, Mandate, Poll, Proposal
from commonweal.governance.queries import proposals
from commonweal.governance.vocabulary import Matter, Result
from commonweal.kernel.clock import at
from commonweal.kernel.errors import BadInput, Refused
from commonweal.partners.models import Body
from commonweal.partners.vocabulary import BodyKind

pytestmark = pytest.mark.django_db

RESERVED = """
[matter.service-standard]
article = "6.4"
text.en = "A majority, and the hub in the north."
body = "table"
reserved = ["residents"]
[matter.service-standard.challenge]
within_days = 20
challengers = ["resident"]
"""
GATED = """
[matter.service-standard]
article = "6.4"
text.en = "A majority, and the residents."
body = "table"
residents_yes = true
[matter.service-standard.challenge]
within_days = 20
challengers = ["resident"]
suspends = true
"""


def adopted(world: World) -> UUID:
    with at(START):
        question = ask(world, Matter.SERVICE_STANDARD)
        main, gate = open_vote(world, question)
        cast_all(world, main, ["yes"] * len(world.voters))
        residents_say(world, gate, ["yes", "yes", "no"])
    assert finish(world, question, START + 8 * DAY) is Result.ADOPTED
    return question


def test_a_body_below_is_waited_for_and_its_dissent_stays_visible_above() -> None:
    world = lay(LAWS + RESERVED)
    with at(START):
        question = ask(world, Matter.SERVICE_STANDARD)
        main, gate = open_vote(world, question)
        cast_all(world, main, ["yes"] * 5)
        residents_say(world, gate, ["no", "no", "yes"])
    assert finish(world, question, START + 8 * DAY) is Result.REJECTED
    decision = Decision.objects.get()
    assert "Resident 0: because" in decision.dissent
    assert decision.certificate["gates"][0]["name"] == "Residents’ Council"
    assert "withheld" in decision.reasons


def test_a_challenge_that_suspends_ends_the_effect_and_asks_again() -> None:
    world = lay(LAWS + GATED)
    adopted(world)
    decision = Decision.objects.get()
    resident = next(iter(world.residents.values()))
    delegate = world.actor(world.voter(0))
    with at(START + 9 * DAY):
        with acting(delegate), pytest.raises(Refused, match="not among them"):
            proposing.challenge(decision.id, by=delegate, why="We lost.")
        with acting(resident):
            with pytest.raises(BadInput):
                proposing.challenge(decision.id, by=resident, why=" ")
            again = proposing.challenge(decision.id, by=resident, why="The van is gone.")
        assert Mandate.objects.get().withdrawn_at is not None
    shape = proposals.question(again)
    assert shape.challenges_decision == decision.number
    assert shape.sections[0].text == "The van is gone."
    with at(START + 40 * DAY), acting(resident), pytest.raises(Refused, match="time in which"):
        proposing.challenge(decision.id, by=resident, why="Late.")


def test_a_challenge_that_does_not_suspend_asks_whether_to_withdraw() -> None:
    world = lay(LAWS + RESERVED)
    adopted(world)
    resident = next(iter(world.residents.values()))
    with at(START + 9 * DAY), acting(resident):
        again = proposing.challenge(Decision.objects.get().id, by=resident, why="It does not work.")
    assert Proposal.objects.get(pk=again).effect == "mandate.withdraw"
    assert Mandate.objects.get().withdrawn_at is None
    with at(START + 10 * DAY):
        main, gate = open_vote(world, again)
        cast_all(world, main, ["yes"] * 5)
        residents_say(world, gate, ["yes", "yes"])
    assert finish(world, again, START + 18 * DAY) is Result.ADOPTED
    assert Mandate.objects.get(decision__number=1).withdrawn_at is not None


def test_the_residents_alone_take_their_yes_back() -> None:
    world = lay(LAWS + GATED)
    adopted(world)
    mandate = Mandate.objects.get()
    resident = next(iter(world.residents.values()))
    delegate = world.actor(world.voter(0))
    with at(START + 9 * DAY):
        with acting(delegate), pytest.raises(Refused, match="said yes ask this"):
            proposing.ask_to_withdraw_assent(mandate.id, by=delegate, why="No.")
        with acting(resident):
            question = proposing.ask_to_withdraw_assent(mandate.id, by=resident, why="Nobody comes.")
            (poll,) = polling.open_voting(question, by=resident)
        residents_say(world, poll, ["yes", "yes", "no"])
        with pytest.raises(Refused):
            cast(world, poll, world.voter(0), "no")
    assert finish(world, question, START + 17 * DAY) is Result.ADOPTED
    assert Mandate.objects.get(pk=mandate.id).withdrawn_at is not None


def test_what_is_said_before_a_caucus_is_read_there_and_by_nobody_else() -> None:
    laws = LAWS + PLAIN.replace('body = "table"', 'body = "caucus"').replace('"5.1"', '"5.9"')
    with acting(SETUP):
        caucus = Body.objects.create(
            slug="caucus", name="Caucus", kind=BodyKind.CAUCUS.value, is_private=True,
            starts_on=START.date() - timedelta(days=40),
        ).pk  # fmt: skip
        seats = [sit(caucus, f"Neighbor {n}") for n in range(3)]
    world = lay(laws)
    mine = seats[0][1]
    world.residents.update({f"seat:{seat}": actor for seat, actor in seats})
    with acting(mine):
        question = proposing.propose(
            by=mine,
            matter=Matter.POSITION,
            title="Between us",
            question="Shall we?",
            sections=[("Why", "Tired.")],
        )
        talking.comment(question, by=mine, words="They never listen.")
        (poll,) = polling.open_voting(question, by=mine)
    for seat, _actor in seats:
        cast(world, poll, f"seat:{seat}", "yes")
    outsiders = [
        world.backbone,
        world.actor(world.voter(0)),
        Actor(Role.OPERATOR, Purpose.ADMIN, account_id=world.backbone.account_id),
        Actor.public(),
        SETUP,
    ]
    for actor in outsiders:
        with acting(actor):
            assert proposals.question(question) is None, actor
            assert not Proposal.objects.exists()
            assert not Comment.objects.exists()
            assert not Ballot.objects.exists()
            assert not Poll.objects.exists()
    with acting(world.backbone), pytest.raises(Exception, match="question"):
        talking.comment(question, by=world.backbone, words="I listen.")
    with acting(seats[1][1]):
        assert proposals.question(question).comments[0].words == "They never listen."
        assert Ballot.objects.count() == 3


def test_a_vote_begins_in_the_bounds_of_the_bylaws() -> None:
    world = lay()
    with at(START):
        question = ask(world)
        with acting(world.backbone), pytest.raises(BadInput):
            polling.open_voting(question, by=world.backbone, closes_at=START - DAY)
        stranger = world.actor(world.voter(3))
        with acting(stranger), pytest.raises(Refused):
            polling.open_voting(question, by=stranger)
        sharing = {"ends_on": (START + 900 * DAY).date()}
        with pytest.raises(BadInput, match="shorter"):
            ask(world, Matter.DATA_SHARING, **sharing)
