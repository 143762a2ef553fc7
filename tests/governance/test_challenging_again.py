"""A challenge is heard once: what was decided again does not rest again, and not for the same one."""

from uuid import UUID

import pytest
from tests.governance.voting import (
    DAY,
    LAWS,
    PLAIN,
    START,
    World,
    alternate_of,
    ask,
    cast_all,
    finish,
    lay,
    open_vote,
)

from commonweal.foundation.access import acting
from commonweal.governance.actions import proposing
from commonweal.governance.models import Decision, Mandate, Proposal
from commonweal.governance.vocabulary import Result
from commonweal.kernel.clock import at
from commonweal.kernel.errors import Refused

pytestmark = pytest.mark.django_db

CHALLENGED = (
    LAWS
    + PLAIN
    + """
[matter.position.challenge]
challengers = ["any"]
within_days = 60
suspends = true
"""
)


def decided(world: World, question: UUID, day: int) -> Decision:
    with at(START + day * DAY):
        (poll,) = open_vote(world, question)
        cast_all(world, poll, ["yes", "yes", "yes", "no"])
    assert finish(world, question, START + (day + 8) * DAY) is Result.ADOPTED
    return Decision.objects.get(proposal_id=question)


def challenged(world: World, place: int, decision: Decision, day: int) -> UUID:
    actor = world.actor(world.voter(place))
    with at(START + day * DAY), acting(actor):
        return proposing.challenge(decision.pk, by=actor, why="We were not heard.")


def first(world: World) -> Decision:
    with at(START):
        question = ask(world)
    return decided(world, question, 0)


def test_the_same_one_does_not_challenge_what_was_decided_again() -> None:
    world = lay(CHALLENGED)
    again = decided(world, challenged(world, 3, first(world), 9), 10)
    with pytest.raises(Refused) as refused:
        challenged(world, 3, again, 19)
    assert refused.value.verdict.rule == "governance.challenge.before"
    assert refused.value.verdict.cure
    assert Mandate.objects.get(decision=again).withdrawn_at is None


def test_another_may_and_meanwhile_it_holds() -> None:
    """Otherwise four take turns, and nothing that was decided ever holds."""
    world = lay(CHALLENGED)
    again = decided(world, challenged(world, 3, first(world), 9), 10)
    question = challenged(world, 2, again, 19)
    assert Mandate.objects.get(decision=again).withdrawn_at is None
    assert Proposal.objects.get(pk=question).effect == "mandate.withdraw"


def test_a_first_challenge_lets_it_rest_as_the_bylaws_say() -> None:
    world = lay(CHALLENGED)
    decision = first(world)
    challenged(world, 3, decision, 9)
    assert Mandate.objects.get(decision=decision).withdrawn_at is not None


def test_a_colleague_who_stands_in_is_the_same_one() -> None:
    world = lay(CHALLENGED)
    again = decided(world, challenged(world, 3, first(world), 9), 10)
    with at(START):
        alma = alternate_of(world, world.voter(3))
    with at(START + 19 * DAY), acting(alma), pytest.raises(Refused, match="before"):
        proposing.challenge(again.pk, by=alma, why="Once more.")
