"""A conflict of interest is judged by the others: each has one word, and more than half decide."""

from datetime import timedelta
from uuid import UUID

import pytest
from tests.governance.voting import SETUP, START, World, ask, judge, lay, open_vote, refused

from commonweal.foundation.access import Actor, acting
from commonweal.governance.actions import polling
from commonweal.governance.models import ConflictWord, Recusal
from commonweal.governance.rules.conflicts import held
from commonweal.kernel.clock import at, now, today
from commonweal.kernel.errors import Refused
from commonweal.partners.models import Holding, Partner

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("conflict", "none", "others", "found"),
    [
        (0, 0, 4, None),
        (2, 0, 4, None),
        (3, 0, 4, True),
        (3, 1, 4, True),
        (1, 2, 4, False),
        (0, 2, 4, False),
        (2, 1, 4, None),
        (1, 0, 1, True),
        (0, 1, 1, False),
        (2, 1, 3, True),
        (0, 0, 0, None),
        (1, 0, 0, None),
    ],
)
def test_more_than_half_of_the_others_decide(
    conflict: int, none: int, others: int, found: bool | None
) -> None:
    assert held(conflict, none, others) is found


def disclosed(world: World, place: int, by: int | None = None) -> UUID:
    voter = world.voter(place)
    actor = world.actor(world.voter(place if by is None else by))
    question = ask(world)
    with acting(actor):
        return polling.disclose_conflict(question, by=actor, voter=voter, interest="It pays us.")


def say(world: World, place: int, said: UUID, *, is_conflict: bool = True) -> bool | None:
    actor = world.actor(world.voter(place))
    with acting(actor):
        return polling.judge_conflict(said, by=actor, is_conflict=is_conflict, why="We think so.")


def test_the_lead_has_one_word_of_many() -> None:
    world = lay(partners=5, chair=0)
    with at(START):
        said = disclosed(world, 4)
        assert say(world, 0, said) is None
        with pytest.raises(Refused, match="each once"):
            say(world, 0, said)
        assert Recusal.objects.get().is_conflict is None
        assert say(world, 1, said) is None
        assert say(world, 2, said) is True
        with pytest.raises(Refused, match="already"):
            say(world, 3, said)
    found = Recusal.objects.get()
    assert found.is_conflict is True
    assert "Partner 0: We think so." in found.judged_why


def test_neither_the_one_concerned_nor_the_secretary_judges() -> None:
    world = lay(partners=5, chair=4)
    with at(START):
        said = disclosed(world, 4)
        with pytest.raises(Refused, match="their own"):
            say(world, 4, said, is_conflict=False)
        with acting(world.backbone), pytest.raises(Refused) as barred:
            polling.judge_conflict(said, by=world.backbone, is_conflict=True, why="So it is.")
    assert barred.value.verdict.cure


def test_an_affiliate_and_who_claimed_it_stand_aside() -> None:
    world = lay(partners=5)
    first, second = (UUID(world.voter(n).partition(":")[2]) for n in (0, 1))
    with acting(SETUP):
        Partner.objects.filter(pk=second).update(controlled_by_id=first)
    with at(START):
        said = disclosed(world, 0, by=2)
        for place in (1, 2):
            with pytest.raises(Refused):
                say(world, place, said)
        assert say(world, 3, said) is None
        assert say(world, 4, said) is True


def test_what_the_others_find_to_be_none_is_none() -> None:
    world = lay(partners=5)
    with at(START):
        said = disclosed(world, 4)
        assert judge(world, said, is_conflict=False) is False
        open_vote(world, Recusal.objects.get().proposal_id)


def test_nobody_sends_another_out_by_a_statement() -> None:
    world = lay(partners=5, chair=0)
    said = disclosed(world, 4)
    chair, member = world.actor(world.voter(0)), world.actor(world.voter(1))

    def decide(is_conflict: bool = True) -> None:
        Recusal.objects.filter(pk=said).update(is_conflict=is_conflict)

    def word(place: int, hand: Actor) -> None:
        voter = world.voter(place)
        ConflictWord.objects.create(
            recusal_id=said, voter=voter, voter_name="X", unit=f"unit:{voter.partition(':')[2]}",
            is_conflict=True, why="x", recorded_by_id=hand.account_id,
        )  # fmt: skip

    def crowd() -> None:
        for place in (1, 2, 3):
            word(place, chair)
        decide()

    for actor in (chair, world.backbone, SETUP):
        assert refused(actor, decide)
        assert refused(actor, lambda: decide(is_conflict=False))
    assert refused(chair, crowd), "in the name of others"
    assert refused(world.actor(world.voter(4)), lambda: word(4, world.actor(world.voter(4)))), "one's own"
    assert not refused(member, lambda: word(1, member))
    with acting(chair):
        assert polling.judge_conflict(said, by=chair, is_conflict=True, why="Yes.") is None
    assert refused(chair, decide), "one of four"


def test_a_meeting_of_two_judges_nothing_but_what_one_says_of_oneself() -> None:
    world = lay(partners=2)
    with at(START):
        said = disclosed(world, 0, by=1)
        with pytest.raises(Refused):
            say(world, 1, said)
        assert Recusal.objects.get().is_conflict is None


def test_nobody_judges_from_a_seat_that_they_no_longer_hold() -> None:
    """A word that names a day of back then is no way around it."""
    world = lay(partners=5)
    said = disclosed(world, 4)
    former, voter = world.actor(world.voter(0)), world.voter(0)
    with acting(former):
        Holding.objects.filter(seat_id=world.seats[voter]).update(ended_on=today())
    assert refused(former, lambda: _backdated(said, voter, former))


def test_a_few_are_not_more_than_half_of_the_fewer_that_once_were() -> None:
    world = lay(partners=7)
    said = disclosed(world, 6)
    hands = [world.actor(world.voter(n)) for n in (0, 1)]
    with acting(world.backbone):
        later = [world.seats[world.voter(n)] for n in (2, 3, 4)]
        Holding.objects.filter(seat_id__in=later).update(starts_on=today() - 2 * DAY)

    def both() -> None:
        for n, hand in enumerate(hands):
            with acting(hand):
                _backdated(said, world.voter(n), hand)
        Recusal.objects.filter(pk=said).update(is_conflict=True)

    assert refused(hands[1], both)


def _backdated(said: UUID, voter: str, hand: Actor) -> None:
    ConflictWord.objects.create(
        recusal_id=said, voter=voter, voter_name="X", unit=f"unit:{voter.partition(':')[2]}",
        is_conflict=True, why="x", recorded_by_id=hand.account_id, recorded_at=now() - 9 * DAY,
    )  # fmt: skip
