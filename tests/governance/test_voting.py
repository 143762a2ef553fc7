"""From a question to a decision, by the rules of the table."""

from datetime import timedelta
from uuid import UUID

import pytest
from tests.governance.voting import (
    DAY,
    LAWS,
    PLAIN,
    START,
    ask,
    cast,
    cast_all,
    finish,
    judge,
    lay,
    open_vote,
    rule,
    settled,
    voted,
)

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.governance.actions import certifying, polling
from commonweal.governance.models import Ballot, Bylaws, Decision, Mandate, Poll
from commonweal.governance.queries import polls
from commonweal.governance.vocabulary import Matter, Result
from commonweal.kernel.clock import at
from commonweal.kernel.errors import Refused
from commonweal.partners.models import Holding, Partner
from commonweal.partners.models.meetings import Meeting, Presence

pytestmark = pytest.mark.django_db


def test_a_majority_adopts_and_the_mandate_lives() -> None:
    world = lay()
    assert settled(world, ["yes", "yes", "no", None, "abstain"]) is Result.ADOPTED
    decision = Decision.objects.get()
    assert (decision.yes, decision.no, decision.abstain, decision.adopted) == (2, 1, 1, True)
    assert Mandate.objects.get().decision == decision
    assert "Partner 2: because" in decision.dissent


FOUR_THREE_TWO = ["yes"] * 4 + ["no"] * 3 + ["abstain"] * 2


@pytest.mark.parametrize(
    ("base", "result"),
    [("cast", Result.ADOPTED), ("present", Result.REJECTED), ("membership", Result.REJECTED)],
)
def test_four_three_two_of_fifteen_has_three_answers(base: str, result: Result) -> None:
    """7-T1."""
    world = lay(rule(base=f'"{base}"'), partners=15, residents=0)
    assert settled(world, FOUR_THREE_TWO) is result


@pytest.mark.parametrize(("yes", "no", "result"), [(8, 4, Result.ADOPTED), (7, 4, Result.REJECTED)])
def test_two_thirds_in_integers(yes: int, no: int, result: Result) -> None:
    """7-T2: 8 of 12 is two thirds exactly."""
    world = lay(rule(threshold='"2/3"', quorum="{ count = 1 }"), partners=12, residents=0)
    assert settled(world, ["yes"] * yes + ["no"] * no) is result


@pytest.mark.parametrize(
    ("tie", "result"), [("fails", Result.REJECTED), ("chair", Result.ADOPTED), ("lot", None)]
)
def test_a_tie_falls_by_the_rule(tie: str, result: Result | None) -> None:
    """7-T3, and the chair or the lot where the bylaws have them."""
    world = lay(rule(tie=f'"{tie}"'), partners=4, chair=0)
    question, poll = voted(world, ["yes", "yes", "no", "no"])
    drawn = Poll.objects.get(pk=poll).lots[0]
    expected = result or (Result.ADOPTED if drawn == "yes" else Result.REJECTED)
    assert finish(world, question, START + 8 * DAY) is expected


def test_too_few_is_no_quorum_and_not_a_no() -> None:
    world = lay(partners=14)
    assert settled(world, ["yes"] * 7) is Result.NO_QUORUM


def test_a_tied_sector_is_not_won() -> None:
    """7-T5: four sectors, two voters each; one yes and one no is a tie."""
    laws = rule(method='"double-majority"', groups_needed="3")
    world = lay(laws, partners=8)
    assert settled(world, ["yes", "yes", "yes", "yes", "yes", "yes", "no", "no"]) is Result.REJECTED
    assert Decision.objects.get().yes == 6
    told = Poll.objects.get(kind="main").outcome["steps"][-1]
    words = "Sectors in which more said yes than no: %(won)s; %(needed)s are needed. A tie is not more."
    assert (told["sentence"], told["params"]["won"]) == (words, 2), "of what, in words, and how many"


def test_enough_sectors_won() -> None:
    world = lay(rule(method='"double-majority"', groups_needed="3"), partners=8)
    assert settled(world, ["yes", "yes", "yes", "no", "yes", "yes", "yes", "no"]) is Result.ADOPTED


def test_affiliates_have_one_vote_and_the_last_replaces() -> None:
    """7-T6."""
    world = lay(partners=4)
    first, second = (UUID(world.voter(n).partition(":")[2]) for n in (0, 1))
    with acting(Actor(Role.OPERATOR, Purpose.ADMIN)):
        Partner.objects.filter(pk=second).update(controlled_by_id=first)
    question, poll = voted(world, ["yes", "no", "yes", "no"])
    shape = polls.poll(poll)
    assert shape is not None
    assert (shape.entitled, shape.turnout) == (3, 3)
    assert finish(world, question, START + 8 * DAY) is Result.REJECTED
    assert Ballot.objects.count() == 4
    assert (Decision.objects.get().yes, Decision.objects.get().no) == (1, 2)


def test_a_vote_changes_until_voting_closes_and_history_stays() -> None:
    world = lay(partners=3)
    with at(START):
        question = ask(world)
        (poll,) = open_vote(world, question)
        cast_all(world, poll, ["no", "no", "yes"])
    with at(START + DAY):
        cast(world, poll, world.voter(0), "yes")
    assert finish(world, question, START + 8 * DAY) is Result.ADOPTED
    shape = polls.poll(poll)
    assert shape is not None
    assert [b.is_counted for b in shape.ballots] == [False, True, True, True]


def test_who_steps_out_is_not_counted_and_casts_no_more() -> None:
    world = lay(partners=4)
    voter = world.voter(3)
    with at(START):
        question = ask(world)
        with acting(world.actor(voter)):
            said = polling.disclose_conflict(
                question, by=world.actor(voter), voter=voter, interest="We drive the rides."
            )
            with pytest.raises(Refused, match="their own"):
                polling.judge_conflict(said, by=world.actor(voter), is_conflict=False, why="No.")
        (poll,) = open_vote(world, question)
        cast(world, poll, voter, "no")
        assert judge(world, said, why="It is paid for them.") is True
        with pytest.raises(Refused, match="stepped out"):
            cast(world, poll, voter, "no")
        cast_all(world, poll, ["yes", "no", "yes"])
    assert finish(world, question, START + 8 * DAY) is Result.ADOPTED
    assert (Decision.objects.get().yes, Decision.objects.get().no) == (2, 1)


def test_the_rule_is_the_one_that_stood_at_opening() -> None:
    """7-T9: bylaws amended mid-ballot change nothing about a vote that is open, and all about the next."""
    world = lay(partners=5)
    harder = (LAWS + PLAIN).replace(
        'text.en = "A majority of the votes cast."', 'text.en = "Three quarters."\nthreshold = "3/4"'
    )
    with at(START):
        amendment = ask(world, Matter.BYLAWS, effect="bylaws.amend", params={"text": harder, "words": "More"})
        (amending,) = open_vote(world, amendment)
        cast_all(world, amending, ["yes"] * 5)
    with at(START + 5 * DAY):
        question = ask(world)
        (poll,) = open_vote(world, question)
        cast_all(world, poll, ["yes", "yes", "no"])
    assert finish(world, amendment, START + 8 * DAY) is Result.ADOPTED
    assert Bylaws.objects.count() == 2
    with at(START + 9 * DAY):
        after = ask(world)
        (later,) = open_vote(world, after)
        cast_all(world, later, ["yes", "yes", "no"])
    assert finish(world, question, START + 13 * DAY) is Result.ADOPTED
    assert finish(world, after, START + 17 * DAY) is Result.REJECTED
    assert [d.bylaws_version for d in Decision.objects.order_by("number")] == [1, 1, 2]


def test_a_body_that_lost_its_make_up_binds_nothing_when_counted() -> None:
    laws = (
        rule()
        + '\n[body.table]\narticle = "4.1"\ntext.en = "A chair."\nsectors = { faith = 1 }\ncure_days = 0\n'
    )
    world = lay(laws, partners=4)
    question, _poll = voted(world, ["yes"] * 4)
    with acting(Actor(Role.OPERATOR, Purpose.ADMIN)):
        Holding.objects.filter(seat_id=world.seats[world.voter(3)]).update(
            ended_on=START.date() + timedelta(days=2)
        )
    assert finish(world, question, START + 8 * DAY) is Result.NOT_COMPLIANT


def test_who_left_before_the_vote_is_not_there_when_it_is_counted() -> None:
    """7-T7: gone at 18:40, voted on at 18:45: the quorum is counted anew."""
    world = lay(rule(remote="false"), partners=5, chair=0)
    hour = START + 3 * DAY
    body = world.bodies["table"]
    with acting(Actor(Role.OPERATOR, Purpose.ADMIN)), at(START):
        meeting = Meeting.objects.create(
            body_id=body, stage="running", starts_at=hour, noticed_at=START, opened_at=hour
        )
        for n in range(3):
            Presence.objects.create(
                meeting=meeting,
                seat_id=world.seats[world.voter(n)],
                name=f"Delegate {n}",
                came_at=hour,
                left_at=hour + timedelta(minutes=40) if n == 2 else None,
            )
    with at(hour + timedelta(minutes=45)):
        question = ask(world)
        (poll,) = open_vote(world, question, meeting_id=meeting.pk)
        with pytest.raises(Refused, match="in a meeting"):
            cast(world, poll, world.voter(2), "yes")
        cast(world, poll, world.voter(0), "yes")
        cast(world, poll, world.voter(1), "yes")
        chair = world.actor(world.voter(0))
        with acting(chair):
            counted = certifying.close(poll, by=chair)
    assert counted.outcome.result is Result.NO_QUORUM
    assert counted.outcome.steps[1].params["there"] == 2
