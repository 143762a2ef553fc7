"""Who works for a partner by now is counted as a resident member no more (DOMAIN 7.2)."""

from datetime import timedelta
from uuid import UUID

import pytest
from tests.governance.test_closed_doors import caucus
from tests.governance.test_waiting import GATED
from tests.governance.voting import (
    DAY,
    LAWS,
    PLAIN,
    SETUP,
    START,
    World,
    ask,
    cast,
    lay,
    open_vote,
)

from commonweal.foundation.access import Actor, acting
from commonweal.governance.actions import proposing
from commonweal.governance.models import Poll, Proposal
from commonweal.governance.queries import standing
from commonweal.governance.vocabulary import Matter
from commonweal.kernel.clock import at
from commonweal.kernel.errors import Refused
from commonweal.partners.models import Member
from commonweal.partners.vocabulary import MemberKind

pytestmark = pytest.mark.django_db

HALF = """
[body.residents]
article = "3.2"
text.en = "All who sit there are served."
residents = "1/1"
cure_days = 0
"""


def employ(world: World, actor: Actor, on: object = START.date()) -> None:
    """Somebody takes a job with the first partner, under the same account."""
    with acting(SETUP):
        Member.objects.create(
            partner_id=UUID(world.voter(0).partition(":")[2]),
            account_id=actor.account_id,
            name=actor.name,
            kind=MemberKind.DELEGATE.value,
            joined_on=on,
        )


def test_the_standing_of_a_body_sees_an_employee_in_a_residents_seat() -> None:
    world = lay(
        LAWS.replace(LAWS[LAWS.index("[body.residents]") : LAWS.index("[matter.bylaws]")], HALF) + PLAIN
    )
    resident = next(iter(world.residents.values()))
    with at(START):
        assert standing.may_bind("residents")
        employ(world, resident)
        found = standing.may_bind("residents")
        assert not found
        assert found.cure
    with at(START - DAY):
        assert standing.may_bind("residents")


def test_an_employee_is_not_on_the_residents_roll_and_casts_there_no_more() -> None:
    world = lay(LAWS + GATED)
    first, second = list(world.residents)[:2]
    with at(START):
        employ(world, world.actor(first))
        _main, gate = open_vote(world, ask(world, Matter.SERVICE_STANDARD))
        roll = [v["id"] for v in Poll.objects.get(pk=gate).electorate["voters"]]
        assert first not in roll
        assert len(roll) == 2
        cast(world, gate, second, "yes")
    with at(START + DAY):
        employ(world, world.actor(second), (START + DAY).date())
        with pytest.raises(Refused):
            cast(world, gate, second, "no")


def test_an_employee_proposes_nothing_as_a_resident() -> None:
    world = lay(LAWS + PLAIN + 'proposers = ["resident"]\n')
    resident = next(iter(world.residents.values()))
    with at(START), acting(resident):
        proposing.propose(by=resident, matter=Matter.POSITION, title="Rides", question="Shall we?")
    employ(world, resident)
    with at(START), acting(resident), pytest.raises(Refused):
        proposing.propose(by=resident, matter=Matter.POSITION, title="Rides", question="Shall we?")


def test_an_employee_hears_no_caucus() -> None:
    world, mine, _seats = caucus()
    with acting(mine):
        proposing.propose(by=mine, matter=Matter.POSITION, title="Between us", question="Shall we?")
        assert Proposal.objects.exists()
    employ(world, mine, (START - timedelta(days=1)).date())
    with acting(mine):
        assert not Proposal.objects.exists()
