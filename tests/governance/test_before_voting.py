"""What comes before a vote: who may ask, wordings, answers of partners, stances, and its time."""

from datetime import timedelta
from uuid import UUID

import pytest
from tests.governance.voting import (
    DAY,
    START,
    ask,
    cast_all,
    finish,
    lay,
    open_vote,
    rule,
)

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.governance.actions import polling, proposing, talking
from commonweal.governance.queries import proposals
from commonweal.governance.vocabulary import Fate, Matter, Position, Result
from commonweal.kernel.clock import at
from commonweal.kernel.errors import BadInput, Refused
from commonweal.partners.models import Holding

pytestmark = pytest.mark.django_db


def test_no_bylaws_no_question() -> None:
    world = lay()
    with at(START - 15 * DAY), pytest.raises(Refused, match="No bylaws"):
        ask(world)


def test_who_may_propose_is_what_the_bylaws_say() -> None:
    world = lay(rule(proposers='["resident"]'))
    with at(START), pytest.raises(Refused, match="not among them"):
        ask(world)
    resident = next(iter(world.residents.values()))
    with at(START), acting(resident):
        proposing.propose(by=resident, matter=Matter.POSITION, title="Rides", question="Shall we?")


def test_without_a_co_lead_voting_does_not_open_and_with_one_it_does() -> None:
    """Acceptance 3: refused with reason and cure; restored, it goes through."""
    laws = (
        rule()
        + '\n[body.table]\narticle = "4.1"\ntext.en = "A chair."\nsectors = { faith = 1 }\ncure_days = 0\n'
    )
    world = lay(laws, partners=4)
    seat = world.seats[world.voter(3)]
    with acting(Actor(Role.OPERATOR, Purpose.ADMIN)):
        Holding.objects.filter(seat_id=seat).update(ended_on=START.date() - timedelta(days=2))
    with at(START):
        question = ask(world)
        with pytest.raises(Refused) as refused:
            open_vote(world, question)
        assert refused.value.verdict.cure
        with acting(Actor(Role.OPERATOR, Purpose.ADMIN)):
            Holding.objects.filter(seat_id=seat).update(ended_on=None)
        (poll,) = open_vote(world, question)
        cast_all(world, poll, ["yes"] * 4)
    assert finish(world, question, START + 8 * DAY) is Result.ADOPTED


def test_amendments_have_a_fate_before_notice() -> None:
    world = lay(rule(notice_days="5"))
    other = world.actor(world.voter(1))
    mine = world.actor(world.voter(0))
    with at(START):
        question = ask(world)
        with acting(other):
            wording = talking.amend(
                question, by=other, section_place=1, text="Rides every day.", why="Shifts end on Sundays."
            )
        with acting(mine):
            with pytest.raises(Refused, match="Another wording"):
                polling.give_notice(question, by=mine)
            talking.settle_amendment(wording, by=mine, fate=Fate.TAKEN_UP, why="True.")
            polling.give_notice(question, by=mine)
            with pytest.raises(Refused, match="Notice was given"):
                proposing.write_section(question, 1, by=mine, text="Something else.")
        with pytest.raises(Refused, match="5 days after notice"):
            open_vote(world, question)
    with at(START + 5 * DAY):
        open_vote(world, question)
    shape = proposals.question(question)
    assert shape.sections[0].text == "Rides every day."
    assert shape.amendments[0].fate is Fate.TAKEN_UP


def test_a_partner_answers_where_the_question_touches_its_lane() -> None:
    world = lay()
    partner = UUID(world.voter(2).partition(":")[2])
    theirs = world.actor(world.voter(2))
    with at(START):
        question = ask(world)
        with acting(theirs), pytest.raises(Refused, match="does not touch"):
            talking.reply(question, by=theirs, partner_id=partner, words="We drive.")
        mine = world.actor(world.voter(0))
        with acting(mine):
            proposing.add_gain(question, by=mine, who="Partner 2", bears="More rides", partner_id=partner)
        with acting(theirs):
            talking.reply(question, by=theirs, partner_id=partner, words="We have one van.")
        with acting(mine), pytest.raises(Refused):
            talking.reply(question, by=mine, partner_id=partner, words="They agree.")
    assert proposals.question(question).comments[0].is_reply


def test_stances_are_of_the_method_and_the_last_stands() -> None:
    world = lay()
    voter = world.voter(1)
    actor = world.actor(voter)
    with at(START):
        question = ask(world)
        with acting(actor):
            talking.take_stance(question, by=actor, voter=voter, position=Position.NO)
            with pytest.raises(BadInput):
                talking.take_stance(question, by=actor, voter=voter, position=Position.BLOCK, words="x")
    with at(START + DAY), acting(actor):
        talking.take_stance(question, by=actor, voter=voter, position=Position.YES)
    assert [s.position for s in proposals.question(question).stances] == [Position.YES]


def test_nobody_rushes_a_vote() -> None:
    world = lay()
    with at(START):
        question = ask(world)
        with pytest.raises(Refused) as refused:
            open_vote(world, question, closes_at=START + DAY)
        assert refused.value.verdict.rule == "governance.open.too-short"
        open_vote(world, question, closes_at=START + 8 * DAY)
