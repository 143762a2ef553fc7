"""The page of a decision: who took part by class, who stepped out, who gains, what happened day by day."""

import pytest
from django.test import Client
from tests.governance.test_railroading import SECRET, step_out
from tests.governance.test_register_pages import shared
from tests.governance.voting import DAY, LAWS, PLAIN, START, ask, cast_all, finish, lay, open_vote

from commonweal.foundation.access import acting
from commonweal.governance.actions import proposing
from commonweal.governance.models import Decision
from commonweal.governance.rules.turnout import by_class
from commonweal.governance.shapes_voting import Electorate, Voter
from commonweal.governance.vocabulary import Matter
from commonweal.kernel.clock import at

A, B = "health-care", "housing"


def roll(*voters: Voter) -> Electorate:
    return Electorate(tuple(voters), len(voters))


@pytest.mark.parametrize(
    ("voters", "said", "expected"),
    [
        ([Voter("1", "1", A), Voter("2", "2", A)], {"1": "yes"}, []),
        ([Voter("1", "1", A), Voter("2", "2", B)], {"1": "yes"}, [(A, 1, 1, {"yes": 1}), (B, 1, 0, {})]),
        (
            [Voter("1", "1", A, unit="u"), Voter("2", "2", A, unit="u"), Voter("3", "3", is_resident=True)],
            {"2": "no", "3": "yes"},
            [(A, 1, 1, {"no": 1}), ("residents", 1, 1, {"yes": 1})],
        ),
        (
            [Voter("1", "1", A, is_recused=True), Voter("2", "2", B), Voter("3", "3", A)],
            {},
            [(A, 1, 0, {}), (B, 1, 0, {})],
        ),
    ],
)
def test_a_class_is_counted_by_votes_not_by_heads(voters, said, expected) -> None:  # type: ignore[no-untyped-def]
    assert [(r.key, r.entitled, r.took_part, dict(r.said)) for r in by_class(roll(*voters), said)] == expected


def page(number: int) -> str:
    return str(Client().get(f"/decisions/{number}/").content.decode())


@pytest.mark.django_db
def test_the_page_tells_turnout_by_sector_and_what_happened() -> None:
    _world, row = shared()
    text = page(row.number)
    assert "Who took part: The Table" in text
    block = text.split("Who took part: The Table")[1].split("</section>")[0]
    assert "Health care" in block
    assert "No 1" in block
    assert "What happened, day by day" in text
    assert "Notice was given" in text or "Voting opened: The Table." in text
    assert "It took effect: Data sharing." in text


@pytest.mark.django_db
def test_who_stepped_out_stands_on_the_page_with_the_judgement() -> None:
    world = lay(LAWS + PLAIN)
    with at(START):
        question = ask(world)
        proposer = world.actor(world.voter(0))
        with acting(proposer):
            proposing.add_gain(question, by=proposer, who="Neighbors", gains="A ride", bears="Nothing")
        step_out(world, question, world.voter(4))
        (poll,) = open_vote(world, question)
        cast_all(world, poll, ["yes", "yes", "yes"])
    finish(world, question, START + 8 * DAY)
    text = page(Decision.objects.get().number)
    block = text.split("who stepped out</h2>")[1].split("</section>")[0]
    assert "Partner 4" in block
    assert "Stepped out" in block
    assert "It does." in block
    assert "Neighbors" in text


@pytest.mark.django_db
def test_a_secret_vote_tells_nothing_by_class() -> None:
    world = lay(LAWS + SECRET)
    with at(START):
        question = ask(world, Matter.ROLES)
        (poll,) = open_vote(world, question)
        cast_all(world, poll, ["yes", "yes", "no", "yes", "yes"])
    finish(world, question, START + 8 * DAY)
    assert "Who took part" not in page(Decision.objects.get().number)
