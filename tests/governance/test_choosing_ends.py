"""What a matter of choosing among several can't be asked by choosing: whether something ends; a motion."""

import pytest
from tests.governance.voting import DAY, LAWS, PLAIN, START, World, ask, cast_all, finish, lay, open_vote

from commonweal.foundation.access import acting
from commonweal.governance import facade, queries
from commonweal.governance.actions import proposing
from commonweal.governance.models import Decision, Initiative, Poll, Proposal
from commonweal.governance.queries import bylaws
from commonweal.governance.rules.bylaws_words import facts
from commonweal.governance.vocabulary import Choosing, Matter, Result
from commonweal.kernel.clock import at
from commonweal.partners.models import Partner

pytestmark = pytest.mark.django_db
FUND = """
[matter.budget]
article = "7.1"
text.en = "Shared out by equal shares."
body = "table"
choosing = "equal-shares"
[matter.budget.challenge]
challengers = ["any"]
within_days = 60
suspends = false
"""
OPTIONS = [
    {"key": "coats", "name": "Coats", "cost_cents": 300_00},
    {"key": "rides", "name": "Rides", "cost_cents": 900_00},
]


def decided() -> tuple[World, Decision]:
    """A fund of $500, of which the coats alone can be paid."""
    world = lay(LAWS + PLAIN + FUND, partners=4)
    with at(START):
        question = ask(world, Matter.BUDGET, options=OPTIONS, counting={"budget_cents": 500_00})
        (poll, *_gates) = open_vote(world, question)
        cast_all(world, poll, [{"approved": ["coats"]}] * 4)
    finish(world, question, START + 8 * DAY)
    return world, Decision.objects.get()


def test_the_register_says_what_was_chosen_and_counts_no_yes() -> None:
    _world, decision = decided()
    found = queries.decision_numbered(decision.number)
    assert found is not None
    assert found.chosen == ("Coats",)
    assert facade.votes_said(found) == "Chosen: Coats."


def test_whether_a_fund_that_was_shared_out_ends_is_asked_by_yes_or_no() -> None:
    world, decision = decided()
    delegate = world.actor(world.voter(1))
    with at(START + 9 * DAY):
        with acting(delegate):
            question = proposing.challenge(decision.pk, by=delegate, why="The coats were given.")
        assert Proposal.objects.get(pk=question).effect == "mandate.withdraw"
        (poll, *_gates) = open_vote(world, question)
        assert Poll.objects.get(pk=poll).rule["choosing"] is None
        cast_all(world, poll, ["yes", "yes", "yes", "no"])
    assert finish(world, question, START + 17 * DAY) is Result.ADOPTED


def test_the_rule_of_choosing_claims_no_share_of_yes() -> None:
    lay(LAWS + PLAIN + FUND)
    rule = bylaws.rule_for(Matter.BUDGET)
    assert rule is not None
    assert rule.choosing is Choosing.EQUAL_SHARES
    assert "method" not in {fact.key for fact in facts(rule)}
    assert "choosing" in {fact.key for fact in facts(rule)}


def test_an_initiative_without_a_first_day_begins_when_it_is_decided() -> None:
    law = '[matter.initiative]\narticle = "5.9"\ntext.en = "A majority decides."\nbody = "table"\n'
    world = lay(LAWS + PLAIN + law, partners=4)
    owner = str(Partner.objects.get(slug="partner-1").pk)
    told = {"title": "Rides", "goal": "Nobody misses the clinic.", "owner": owner}
    with at(START):
        question = ask(world, Matter.INITIATIVE, effect="initiative.start", params=told)
        (poll, *_gates) = open_vote(world, question)
        cast_all(world, poll, ["yes"] * 4)
    assert finish(world, question, START + 8 * DAY) is Result.ADOPTED
    assert Initiative.objects.get().starts_on == Decision.objects.get().decided_on
