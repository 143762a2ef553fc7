"""From a question to a decision, by the rules of the table."""


import pytest
from tests.governance.voting import (
    DAY,
    START,
    World,
    ask,
    cast_all,
    finish,
    lay,
    open_vote,
)

from commonweal.governance.models import Decision, Mandate
from commonweal.governance.vocabulary import Result
from commonweal.kernel.clock import at

pytestmark = pytest.mark.django_db


def settled(world: World, positions: list[str | None], **more: object) -> Result:
    with at(START):
        question = ask(world)
        (poll, *_) = open_vote(world, question)
        cast_all(world, poll, positions)
    return finish(world, question, START + 8 * DAY)


def test_a_majority_adopts_and_the_mandate_lives() -> None:
    world = lay()
    assert settled(world, ["yes", "yes", "no", None, "abstain"]) is Result.ADOPTED
    decision = Decision.objects.get()
    assert (decision.yes, decision.no, decision.abstain, decision.adopted) == (2, 1, 1, True)
    assert Mandate.objects.get().decision == decision
    assert "Partner 2: because" in decision.dissent
