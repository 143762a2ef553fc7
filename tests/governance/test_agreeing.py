"""Consensus, consent and choosing among options: what is said, found and chosen."""

import pytest
from tests.governance.voting import (
    DAY,
    START,
    ask,
    cast,
    cast_all,
    finish,
    lay,
    open_vote,
    rule,
)

from commonweal.foundation.access import acting
from commonweal.governance.actions import casting, certifying, polling, proposing
from commonweal.governance.models import Mandate, Poll
from commonweal.governance.queries import polls
from commonweal.governance.vocabulary import Result
from commonweal.kernel.clock import at
from commonweal.kernel.errors import Refused

pytestmark = pytest.mark.django_db


def test_a_block_with_a_reason_stops_a_consensus_unless_the_others_find_it_none() -> None:
    world = lay(rule(method='"consensus"'), partners=6)
    with at(START):
        question = ask(world, by=0)
        (poll,) = open_vote(world, question)
        cast_all(world, poll, ["yes", "yes", "reservations", "yes", "stand-aside", "block"])
        blocker = world.voter(5)
        with acting(world.actor(blocker)), pytest.raises(Refused):
            casting.judge_reason(
                poll, by=world.actor(blocker), about=blocker, voter=blocker, is_upheld=True, why="I mean it."
            )
        asker = world.voter(0)
        with acting(world.actor(asker)), pytest.raises(Refused):
            casting.judge_reason(
                poll, by=world.actor(asker), about=blocker, voter=asker, is_upheld=False, why="A taste."
            )
        for n in (1, 2):
            judge = world.actor(world.voter(n))
            with acting(judge):
                casting.judge_reason(
                    poll, by=judge, about=blocker, voter=world.voter(n), is_upheld=False, why="A taste."
                )
        assert polls.poll(poll).reasons[0].is_upheld is True
        judge = world.actor(world.voter(3))
        with acting(judge):
            casting.judge_reason(
                poll, by=judge, about=blocker, voter=world.voter(3), is_upheld=False, why="A taste."
            )
        assert polls.poll(poll).reasons[0].is_upheld is False
    assert finish(world, question, START + 8 * DAY) is Result.ADOPTED


def test_after_an_objection_the_table_talks_again_under_a_new_wording() -> None:
    world = lay(rule(method='"consent"', notice_days="3"), partners=3)
    with at(START):
        question = ask(world)
        with acting(world.backbone):
            polling.give_notice(question, by=world.backbone)
    with at(START + 3 * DAY):
        (poll,) = open_vote(world, question)
        cast_all(world, poll, ["yes", "concern", "objection"])
    later = START + 11 * DAY
    with at(later), acting(world.backbone):
        certifying.close(poll, by=world.backbone)
        assert polling.begin_round(question, by=world.backbone, why="Hear the objection.") == 2
        writer = world.actor(world.voter(0))
        with acting(writer):
            proposing.write_section(question, 1, by=writer, text="Rides on weekdays and Saturdays.")
        polling.give_notice(question, by=world.backbone)
    with at(later + 3 * DAY):
        (second,) = open_vote(world, question)
        cast_all(world, second, ["yes", "yes", "yes"])
    assert finish(world, question, later + 12 * DAY) is Result.ADOPTED
    assert Poll.objects.get(pk=poll).text != Poll.objects.get(pk=second).text


@pytest.mark.parametrize(
    ("choosing", "ballots", "chosen"),
    [
        (
            "approval",
            [{"approved": ["bus"]}, {"approved": ["bus", "van"]}, {"approved": ["van", "bus"]}],
            ["bus"],
        ),
        ("score", [{"points": {"bus": 5}}, {"points": {"van": 3}}, {"points": {"van": 3}}], ["van"]),
        ("dots", [{"points": {"bus": 1}}, {"points": {"cab": 3}}, {"points": {"bus": 1}}], ["cab"]),
        (
            "schulze",
            [{"ranking": ["bus", "van"]}, {"ranking": ["van", "bus"]}, {"ranking": ["bus"]}],
            ["bus"],
        ),
        (
            "instant-runoff",
            [{"ranking": ["cab", "bus"]}, {"ranking": ["bus"]}, {"ranking": ["bus"]}],
            ["bus"],
        ),
        (
            "single-transferable-vote",
            [{"ranking": ["van"]}, {"ranking": ["van"]}, {"ranking": ["bus"]}],
            ["van"],
        ),
        (
            "greedy-budget",
            [{"approved": ["bus"]}, {"approved": ["bus", "van"]}, {"approved": ["van", "cab"]}],
            None,
        ),
        (
            "knapsack",
            [{"approved": ["cab", "van"]}, {"approved": ["cab", "bus"]}, {"approved": ["van"]}],
            None,
        ),
        (
            "equal-shares",
            [{"approved": ["van"]}, {"approved": ["van"]}, {"approved": ["cab"]}],
            ["van", "cab"],
        ),
    ],
)
def test_choosing_among_options(choosing: str, ballots: list[dict], chosen: list[str] | None) -> None:
    world = lay(rule(choosing=f'"{choosing}"'), partners=3)
    options = [
        {"key": "bus", "name": "A bus", "cost_cents": 90_000},
        {"key": "van", "name": "A van", "cost_cents": 40_000},
        {"key": "cab", "name": "Cab fares", "cost_cents": 20_000},
    ]
    with at(START):
        question = ask(world, options=options, counting={"budget_cents": 100_000})
        (poll,) = open_vote(world, question)
        for voter, choice in zip(world.voters, ballots, strict=True):
            cast(world, poll, voter, choice)
    assert finish(world, question, START + 8 * DAY) is Result.ADOPTED
    found = polls.poll(poll).counted.chosen
    assert len(found) > 0
    if chosen:
        assert set(found) == set(chosen)
    assert Mandate.objects.get().params["chosen"] == list(found)
