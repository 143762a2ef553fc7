"""What became of a question is told to those whose words it answers: asked, voted on, decided, withdrawn."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.utils import translation
from tests.governance.voting import DAY, START, ask, cast_all, finish, lay, open_vote

from commonweal.foundation.access import Actor, acting
from commonweal.governance.actions import proposing
from commonweal.governance.models import Poll
from commonweal.kernel.clock import at
from commonweal.kernel.errors import Conflict, Refused
from commonweal.voice import actions, models
from commonweal.voice.access import TELLER
from commonweal.voice.queries import inputs, telling
from commonweal.voice.shapes import node

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def now_told(kept: UUID) -> str:
    with acting(TELLER):
        told = telling.told(kept)
    assert told is not None
    return told.now.words


def test_an_author_reads_each_stage_of_the_question() -> None:
    world = lay()
    with at(START - 5 * DAY), acting(Actor.public()):
        kept = actions.say(world.bodies["table"], "No ride to dialysis", by=Actor.public())
    writer = world.actor(world.voter(0))
    with at(START):
        question = ask(world)
        with acting(writer):
            proposing.take_up(question, [node("input", kept.input_id)], by=writer, why="By the rides.")
            with pytest.raises(Conflict):
                proposing.take_up(question, [node("input", kept.input_id)], by=writer, why="Again.")
        assert now_told(kept.input_id) == "It is in question 1, about which The Table talks."
        open_vote(world, question)
        assert now_told(kept.input_id).startswith("It is in question 1. The vote is open until March")
        with translation.override("es"):
            assert now_told(kept.input_id).startswith(
                "Está en la pregunta 1. La votación está abierta hasta el"
            )
        (poll,) = [p.pk for p in _polls(question)]
        cast_all(world, poll, ["no", "no", "no", "yes", None])
    finish(world, question, START + 8 * DAY)
    with at(START + 9 * DAY):
        told = now_told(kept.input_id)
        assert told.startswith("The Table said no to question 1 on March")
        assert "because: " in told
        assert "because" in told.partition("because: ")[2], "the reasons of those who voted"


def _polls(question: UUID) -> list:
    return list(Poll.objects.filter(proposal_id=question))


def test_a_yes_is_told_with_what_holds_now() -> None:
    world = lay()
    with at(START - 5 * DAY), acting(Actor.public()):
        kept = actions.say(world.bodies["table"], "No ride to dialysis", by=Actor.public())
    writer = world.actor(world.voter(0))
    with at(START):
        question = ask(world)
        with acting(writer):
            proposing.take_up(question, [node("input", kept.input_id)], by=writer, why="By the rides.")
        (poll, *_) = open_vote(world, question)
        cast_all(world, poll, ["yes"] * 5)
    finish(world, question, START + 8 * DAY)
    with at(START + 9 * DAY):
        assert now_told(kept.input_id).startswith(("It is done now", "The Table said yes to question 1"))


def test_a_question_taken_back_is_told_with_the_reason() -> None:
    world = lay()
    with at(START), acting(Actor.public()):
        kept = actions.say(world.bodies["table"], "No ride", by=Actor.public())
    writer = world.actor(world.voter(0))
    with at(START + DAY):
        question = ask(world)
        with acting(writer):
            proposing.take_up(question, [node("input", kept.input_id)], by=writer, why="By the rides.")
            proposing.withdraw_question(question, by=writer, why="The county pays.")
    assert now_told(kept.input_id) == "Question 1 was taken back, because: The county pays."


def test_who_may_not_write_the_question_links_nothing_to_it() -> None:
    world = lay()
    with at(START), acting(Actor.public()):
        kept = actions.say(world.bodies["table"], "No ride", by=Actor.public())
    with at(START + DAY):
        question = ask(world)
        other = world.actor(world.voter(1))
        with acting(other), pytest.raises(Refused):
            proposing.take_up(question, [node("input", kept.input_id)], by=other, why="Mine.")
    with acting(TELLER):
        assert models.Link.objects.count() == 0


def test_what_a_question_quotes_has_a_thread_of_its_own() -> None:
    world = lay()
    writer = world.actor(world.voter(0))
    with at(START):
        question = ask(world)
        with acting(writer):
            said = proposing.answer_input(
                question, by=writer, words="I ate crackers.", said_by="A resident", answer="by the rides"
            )
    with acting(TELLER):
        kept = inputs.one(said)
        assert kept is not None
        assert kept.words == "I ate crackers."
        (answered,) = inputs.answered_by(node("question", question))
        assert answered.why == "by the rides"
    assert now_told(said) == "It is in question 1, about which The Table talks."
