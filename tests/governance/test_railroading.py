"""What a chair, a secretary or a majority in a hurry might try: each attempt is refused, with its reason."""

from uuid import UUID

import pytest
from django.db import DatabaseError
from django.test import Client
from tests.governance.voting import (
    DAY,
    LAWS,
    PLAIN,
    SETUP,
    START,
    World,
    account,
    ask,
    cast,
    cast_all,
    finish,
    gather,
    judge,
    lay,
    open_vote,
    residents_say,
)

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.governance import actions
from commonweal.governance.actions import casting, certifying, holding, polling, proposing
from commonweal.governance.models import Ballot, Decision, Poll, Proposal
from commonweal.governance.queries import board as boards
from commonweal.governance.queries import polls
from commonweal.governance.rules import Vote
from commonweal.governance.vocabulary import Assent, Matter, Result
from commonweal.kernel.clock import at, now
from commonweal.kernel.errors import Refused
from commonweal.partners.models import Body, MeetingRole, Partner
from commonweal.partners.vocabulary_meetings import MeetingStage

pytestmark = pytest.mark.django_db

SECRET = """
[matter.roles]
article = "5.2"
text.en = "A majority, in secret."
body = "table"
secret = true
"""
PROXIES = PLAIN + "proxies = 2\n"
HURRIED = """
[matter.membership]
article = "2.1"
text.en = "A majority."
body = "table"
[matter.membership.emergency]
openers = ["any"]
threshold = "2/3"
expires_days = 10
review_days = 5
"""
GATED = """
[matter.service-standard]
article = "7.1"
text.en = "A majority, and the residents."
body = "table"
residents_yes = true
"""


def affiliated(world: World, above: int, below: int) -> None:
    first, second = (UUID(world.voter(n).partition(":")[2]) for n in (above, below))
    with acting(SETUP):
        Partner.objects.filter(pk=second).update(controlled_by_id=first)


def step_out(world: World, question: UUID, voter: str) -> None:
    actor = world.actor(voter)
    with acting(actor):
        said = polling.disclose_conflict(question, by=actor, voter=voter, interest="It pays us.")
    assert judge(world, said) is True


def test_an_affiliate_does_not_vote_for_the_one_who_stepped_out() -> None:
    """DOMAIN 7.6: what pays X makes X and its affiliates conflicted."""
    world = lay(partners=4)
    affiliated(world, 0, 1)
    with at(START):
        question = ask(world, by=2)
        step_out(world, question, world.voter(0))
        (poll,) = open_vote(world, question)
        with pytest.raises(Refused, match="stepped out"):
            cast(world, poll, world.voter(1), "yes")


def test_an_affiliate_steps_out_also_when_it_is_found_during_the_vote() -> None:
    world = lay(partners=4)
    affiliated(world, 0, 1)
    with at(START):
        question = ask(world, by=2)
        (poll,) = open_vote(world, question)
        cast_all(world, poll, [None, "yes", "no"])
        step_out(world, question, world.voter(0))
        with pytest.raises(Refused, match="stepped out"):
            cast(world, poll, world.voter(1), "yes")
    finish(world, question, START + 8 * DAY)
    assert Decision.objects.get().yes == 0


def test_who_stepped_out_carries_nobody_elses_vote() -> None:
    world = lay(LAWS + PROXIES, partners=4)
    carrier, giver = world.voter(0), world.voter(1)
    with at(START):
        question = ask(world, by=2)
        with acting(world.actor(giver)):
            polling.give_proxy(
                question, by=world.actor(giver), giver=giver, carrier=carrier, words="Vote for us."
            )
        step_out(world, question, carrier)
        (poll,) = open_vote(world, question)
        with acting(world.actor(carrier)), pytest.raises(Refused):
            casting.cast(poll, by=world.actor(carrier), voter=giver, choice={"position": "yes"})


def test_a_meeting_that_is_not_held_hurries_nothing() -> None:
    world = lay()
    with at(START):
        question = ask(world)
        elsewhere = gather(world, body="residents")
        called = gather(world, stage=MeetingStage.CALLED)
        for meeting in (UUID(int=7), elsewhere, called):
            with pytest.raises(Refused, match="meeting"):
                open_vote(world, question, meeting_id=meeting)


def test_the_chair_writes_down_votes_in_a_meeting_alone_and_of_those_who_are_there() -> None:
    world = lay(partners=4, chair=0)
    chair = world.actor(world.voter(0))
    question, other = ask(world), ask(world)
    (open_poll,) = open_vote(world, question)
    said = {world.voter(1): {"position": "yes"}}
    with acting(chair), pytest.raises(Refused, match="meeting"):
        casting.cast_in_meeting(open_poll, by=chair, choices=said, provenance="Hands")
    meeting = gather(world, world.voter(0), world.voter(1), world.voter(2))
    (poll,) = open_vote(world, other, meeting_id=meeting)
    with acting(chair), pytest.raises(Refused, match="not there"):
        casting.cast_in_meeting(
            poll, by=chair, choices={world.voter(3): {"position": "yes"}}, provenance="Hands"
        )
    cast(world, poll, world.voter(1), "no")
    with acting(chair), pytest.raises(Refused, match="has voted"):
        casting.cast_in_meeting(poll, by=chair, choices=said, provenance="Hands")


def test_nobody_is_counted_as_present_who_was_not() -> None:
    """Quorum is of those who cast, or were there by the list of the meeting; not of whom the closer names."""
    world = lay(partners=5, chair=0)
    chair = world.actor(world.voter(0))
    question = ask(world)
    meeting = gather(world, world.voter(0), world.voter(1))
    (poll,) = open_vote(world, question, meeting_id=meeting)
    cast_all(world, poll, ["yes"])
    with acting(chair):
        certifying.close(poll, by=chair, present=tuple(world.voters))
        assert certifying.certify(question, by=chair) is Result.NO_QUORUM
    assert Poll.objects.get().at_closing["present"] == sorted((world.voter(0), world.voter(1)))


def test_a_body_that_ended_leaves_its_yes_asked_for() -> None:
    world = lay(LAWS + GATED)
    with acting(SETUP):
        Body.objects.filter(slug="residents").update(ends_on=START.date() - DAY, ended_why="Ended.")
    with at(START):
        question = ask(world, Matter.SERVICE_STANDARD)
        with pytest.raises(Refused, match="yes"):
            open_vote(world, question)


def test_what_cannot_expire_is_not_hurried() -> None:
    world = lay(LAWS + HURRIED)
    gone = world.voter(3).partition(":")[2]
    with at(START), pytest.raises(Refused, match="hurr"):
        ask(
            world,
            Matter.MEMBERSHIP,
            effect="partner.end",
            params={"partner": gone, "why": "Now."},
            is_emergency=True,
        )


def test_who_enters_paper_does_not_learn_where_the_voters_own_ballot_is() -> None:
    world = lay(LAWS + SECRET, partners=3)
    voter = world.voter(0)
    other = Actor(Role.ELECTION_OFFICER, Purpose.GOV, account_id=account("Olga Petit"), name="Olga Petit")
    with at(START):
        (poll,) = open_vote(world, ask(world, Matter.ROLES))
        with acting(world.backbone):
            entry = casting.enter_paper(
                poll, by=world.backbone, voter=voter, choice={"position": "no"}, provenance="Box"
            )
        with acting(other):
            seen = casting.check_paper(entry, by=other, choice={"position": "no"})
        assert seen is not None
        mine = cast(world, poll, voter, "yes")
        assert mine.receipt != seen.receipt
        with acting(world.actor(voter)):
            assert polls.my_votes(world.actor(voter))[0].receipt == mine.receipt


def test_paper_does_not_replace_what_the_voter_cast() -> None:
    world = lay(partners=3)
    voter = world.voter(0)
    with at(START):
        (poll,) = open_vote(world, ask(world))
        cast(world, poll, voter, "no")
        with acting(world.backbone), pytest.raises(Refused, match="has voted"):
            casting.enter_paper(
                poll, by=world.backbone, voter=voter, choice={"position": "yes"}, provenance="Box"
            )


def test_a_yes_is_not_talked_away() -> None:
    world = lay(LAWS + PLAIN + 'method = "consent"\n', partners=3)
    with at(START):
        question = ask(world)
        with acting(world.backbone):
            polling.give_notice(question, by=world.backbone)
        (poll,) = open_vote(world, question)
        cast_all(world, poll, ["yes", "yes", "yes"])
    with at(START + 8 * DAY), acting(world.backbone):
        certifying.close(poll, by=world.backbone)
        with pytest.raises(Refused):
            polling.begin_round(question, by=world.backbone, why="We do not like it.")


def test_nobody_takes_back_what_another_asked() -> None:
    world = lay(chair=0)
    with at(START):
        question = ask(world, by=1)
        for hand in (world.backbone, world.actor(world.voter(0))):
            with acting(hand), pytest.raises(Refused):
                proposing.withdraw_question(question, by=hand, why="Not now.")
        mine = world.actor(world.voter(1))
        with acting(mine):
            proposing.withdraw_question(question, by=mine, why="I put it better.")


def test_who_claims_a_conflict_does_not_judge_it() -> None:
    world = lay(chair=0)
    chair = world.actor(world.voter(0))
    with at(START):
        question = ask(world, by=1)
        with acting(chair):
            said = polling.disclose_conflict(
                question, by=chair, voter=world.voter(2), interest="They say no."
            )
            with pytest.raises(Refused):
                polling.judge_conflict(said, by=chair, is_conflict=True, why="I say so.")


def test_what_is_voted_on_stands_in_the_database_too() -> None:
    world = lay()
    question = ask(world)
    open_vote(world, question)
    for change in (
        {"effect": "bylaws.amend"},
        {"params": {"x": 1}},
        {"title": "Another"},
        {"matter": "roles"},
    ):
        with pytest.raises(DatabaseError, match="stands"), acting(world.backbone):
            Proposal.objects.filter(pk=question).update(**change)


def test_a_matter_that_went_to_another_body_is_not_decided_by_the_old_one() -> None:
    world = lay()
    with at(START):
        question = ask(world)
        with acting(SETUP):
            Proposal.objects.filter(pk=question).update(body_id=world.bodies["residents"])
        with pytest.raises(Refused, match="another body"):
            open_vote(world, question)


def test_minutes_of_old_that_are_written_later_give_no_mandate() -> None:
    """Backdating: whoever keeps the record can write any day upon it."""
    world = lay()
    with acting(world.backbone), at(START + 5 * DAY):
        decision = actions.record_decision(
            by=world.backbone,
            title="Of old",
            question="Shall we?",
            body="The Table",
            decided_on=(START - 400 * DAY).date(),
            method="Majority",
            vote=Vote(9, 0, 0, Assent.YES, True),
        )
        with pytest.raises(Refused, match="bylaws hold"):
            actions.give_mandate(
                decision, by=world.backbone, matter=Matter.INITIATIVE, scope="initiative:x", starts_at=now()
            )


def test_reasons_of_a_private_body_stay_there() -> None:
    world = lay(LAWS + GATED)
    with acting(SETUP):
        Body.objects.filter(slug="residents").update(is_private=True)
    with at(START):
        question = ask(world, Matter.SERVICE_STANDARD)
        main, gate = open_vote(world, question)
        cast_all(world, main, ["yes"] * 5)
        residents_say(world, gate, ["no", "no", "no"])
    finish(world, question, START + 8 * DAY)
    decision = Decision.objects.get()
    assert not decision.adopted
    assert "Resident" not in decision.dissent
    assert Client().get(f"/decisions/boards/{gate}/").status_code == 404
    assert Client().get(f"/decisions/boards/{main}/").status_code == 200
    with acting(world.backbone):
        assert not Ballot.objects.filter(poll=gate).exists()
        assert Poll.objects.filter(pk=main).exists()


CHALLENGED = """
[matter.position.challenge]
challengers = ["any"]
within_days = 60
"""


def amend(world: World, text: str) -> UUID:
    return ask(world, Matter.BYLAWS, effect="bylaws.amend", params={"text": text})


def test_no_bodys_yes_is_amended_away_without_its_yes() -> None:
    world = lay()
    without = (LAWS + PLAIN).replace("residents_yes = true\n", "")
    with at(START):
        question = amend(world, without)
        main, gate = open_vote(world, question)
        cast_all(world, main, ["yes"] * 5)
        residents_say(world, gate, ["no", "no", "yes"])
    assert finish(world, question, START + 8 * DAY) is Result.REJECTED


def test_another_amendment_needs_no_more_than_its_own_rule() -> None:
    world = lay()
    with at(START):
        question = amend(world, (LAWS + PLAIN).replace("A majority of the votes cast.", "Most."))
        assert len(open_vote(world, question)) == 1


def test_a_right_to_challenge_is_not_amended_away_after_the_vote() -> None:
    world = lay(LAWS + PLAIN + CHALLENGED)
    with at(START):
        question = ask(world)
        (poll,) = open_vote(world, question)
        cast_all(world, poll, ["yes", "yes", "yes", "no"])
    finish(world, question, START + 8 * DAY)
    decision = Decision.objects.get()
    with at(START + 9 * DAY):
        change = amend(world, LAWS + PLAIN)
        (poll,) = open_vote(world, change)
        cast_all(world, poll, ["yes"] * 5)
    assert finish(world, change, START + 17 * DAY) is Result.ADOPTED
    loser = world.actor(world.voter(3))
    with at(START + 20 * DAY), acting(loser):
        assert proposing.challenge(decision.pk, by=loser, why="We were not heard.")


def test_an_open_secret_vote_does_not_say_who_took_part() -> None:
    world = lay(LAWS + SECRET, partners=3)
    with at(START):
        (poll,) = open_vote(world, ask(world, Matter.ROLES))
        cast(world, poll, world.voter(0), "yes")
        assert boards.board(poll)["turnout"] == []


def test_who_takes_notes_enters_the_roll_call_and_ends_nothing() -> None:
    world = lay(partners=4, chair=0)
    notes, other = world.actor(world.voter(1)), world.actor(world.voter(2))
    question = ask(world)
    meeting = gather(world, world.voter(0), world.voter(1), world.voter(2))
    with acting(SETUP):
        MeetingRole.objects.create(
            meeting_id=meeting, part="note-taker", seat_id=world.seats[world.voter(1)], name="Notes"
        )
    (poll,) = open_vote(world, question, meeting_id=meeting)
    said = {world.voter(0): {"position": "yes"}, world.voter(2): {"position": "no"}}
    with acting(other), pytest.raises(Refused, match="takes its notes"):
        casting.cast_in_meeting(poll, by=other, choices=said, provenance="Hands")
    with acting(notes):
        assert len(casting.cast_in_meeting(poll, by=notes, choices=said, provenance="Hands")) == 2
        with pytest.raises(Refused):
            holding.end_vote(poll, by=notes)
