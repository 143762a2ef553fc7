"""1-T9: a positive screen makes no need and no referral; a wish makes a need, and still no referral."""

import pytest

from commonweal.foundation.access import acting
from commonweal.kernel.domains import NeedDomain
from commonweal.referrals.models import Candidate, Referral, Task
from commonweal.screening import actions, facade
from commonweal.screening.queries import responses
from commonweal.screening.shapes import Given
from commonweal.screening.vocabulary import Result, Wish

from .world import World, lay_world


@pytest.fixture
def world(db: None) -> World:
    return lay_world()


def referrals() -> int:
    return sum(model.objects.count() for model in (Referral, Task, Candidate))


def test_only_a_wish_makes_a_need_and_only_a_worker_a_referral(world: World) -> None:
    world.consent("ferry-street")
    with acting(world.danielle) as by:
        screening = actions.start(world.teresa, by=by)
        actions.finish(screening, [Given("food", codes=("hungry",))], by=by)
        (finding,) = [
            f for f in responses.screening(screening).findings if f.determination.result is Result.POSITIVE
        ]
        assert finding.determination.domain is NeedDomain.FOOD
        assert facade.needs_of(world.teresa) == []
        assert referrals() == 0
        actions.record_wishes(screening, {finding.id: Wish.YES}, by=by)
        assert [need.domain for need in facade.needs_of(world.teresa)] == [NeedDomain.FOOD]
        assert referrals() == 0
    world.ask()
    with acting(world.danielle):
        assert Referral.objects.count() == 1
