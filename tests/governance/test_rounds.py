"""Consensus over rounds, and the vote on which it falls back where the bylaws have that way."""

from datetime import timedelta
from uuid import UUID

import pytest
from tests.governance.voting import DAY, LAWS, START, World, ask, cast_all, finish, lay, open_vote

from commonweal.foundation.access import acting
from commonweal.governance.access import THE_COUNT
from commonweal.governance.actions import certifying, polling
from commonweal.governance.models import Poll, Proposal
from commonweal.governance.queries import polls as reading
from commonweal.governance.vocabulary import Result
from commonweal.kernel.clock import at
from commonweal.kernel.errors import Refused

pytestmark = pytest.mark.django_db

BY_CONSENSUS = """
[matter.position]
article = "5.1"
text.en = "By consensus. After two rounds without one, two thirds of the votes cast decide."
body = "table"
method = "consensus"
[matter.position.fallback]
rounds = 2
threshold = "2/3"
"""
ALL_BUT_ONE = ["yes", "yes", "yes", "yes"]


def a_round(world: World, question: UUID, day: int, said: list[str | None]) -> Poll:
    """One asking: opened, cast, closed."""
    with at(START + day * DAY):
        (poll,) = open_vote(world, question)
        cast_all(world, poll, said)
    with at(START + (day + 8) * DAY), acting(THE_COUNT):
        certifying.close(poll, by=THE_COUNT)
    return Poll.objects.get(pk=poll)


def talk_again(world: World, question: UUID, day: int) -> None:
    with at(START + day * DAY), acting(world.backbone):
        polling.begin_round(question, by=world.backbone, why="We change the second part.")


def test_after_two_rounds_without_consensus_two_thirds_decide() -> None:
    world = lay(LAWS + BY_CONSENSUS)
    with at(START):
        question = ask(world)
    for day in (0, 10):
        poll = a_round(world, question, day, [*ALL_BUT_ONE, "block"])
        assert poll.rule["voting"]["method"] == "consensus"
        assert poll.outcome["result"] == "rejected"
        talk_again(world, question, day + 9)
    with at(START + 20 * DAY):
        (vote,) = open_vote(world, question)
        cast_all(world, vote, [*ALL_BUT_ONE, "no"])
    assert Poll.objects.get(pk=vote).rule["voting"]["method"] == "vote"
    assert finish(world, question, START + 28 * DAY) is Result.ADOPTED


def test_a_round_in_which_too_few_took_part_does_not_lead_to_the_vote() -> None:
    world = lay(LAWS + BY_CONSENSUS)
    with at(START):
        question = ask(world)
    for day in (0, 10, 20):
        assert a_round(world, question, day, ["yes", "block"]).rule["voting"]["method"] == "consensus"
        talk_again(world, question, day + 9)
    assert a_round(world, question, 30, ["yes"] * 5).rule["voting"]["method"] == "consensus"


def test_who_does_not_lead_does_not_end_a_blocked_round_with_a_no() -> None:
    world = lay(LAWS + BY_CONSENSUS)
    with at(START):
        question = ask(world)
    a_round(world, question, 0, [*ALL_BUT_ONE, "block"])
    stranger = world.actor(world.voter(4))
    with at(START + 9 * DAY):
        with acting(stranger), pytest.raises(Refused, match="another round"):
            certifying.certify(question, by=stranger)
        assert Proposal.objects.get(pk=question).stage == "voting"
        with acting(world.backbone):
            assert certifying.certify(question, by=world.backbone) is Result.REJECTED


def test_what_waited_long_enough_is_ended_by_anyone_who_has_it_counted() -> None:
    world = lay(LAWS + BY_CONSENSUS)
    with at(START):
        question = ask(world)
    poll = a_round(world, question, 0, [*ALL_BUT_ONE, "block"])
    assert not reading.is_open(poll, START + 9 * DAY)
    stranger = world.actor(world.voter(4))
    with at(START + timedelta(days=22)), acting(stranger):
        assert certifying.certify(question, by=stranger) is Result.REJECTED
