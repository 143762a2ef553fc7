"""A request that came back and finds no one is seen in lists and on homes until somebody acts."""

from uuid import UUID

import pytest

from commonweal.foundation.access import acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.kernel.domains import NeedDomain
from commonweal.referrals import actions
from commonweal.referrals.models import Task
from commonweal.referrals.rules.chain import DeadEnd
from people.browsing import text

from .test_pages import searchable
from .world import CANARY, World, browser, herself

ALL = ("ferry-street", "northbank-rides", "millrace")


@pytest.fixture
def county(world: World) -> World:
    """Three services for food, and no other."""
    world.consent(*ALL)
    for slug in ALL:
        searchable(world, slug, NeedDomain.FOOD)
    return world


def refuse(world: World, task_id: UUID, slug: str, reason: str = "no-funds") -> None:
    with acting(world.worker(slug)) as by:
        actions.decline(task_id, reason, by=by)


def ask_next(world: World, task_id: UUID, slug: str) -> UUID:
    referral = world.task(task_id).referral_id
    with acting(world.danielle) as by:
        return actions.ask_another(referral, [world.services[slug]], by=by)


def marks(world: World) -> list[str]:
    with acting(world.danielle):
        return [stuck for stuck in Task.objects.order_by("number").values_list("stuck", flat=True) if stuck]


def test_three_refusals_in_a_row_are_a_dead_end_everywhere(county: World) -> None:
    task_id = county.ask("ferry-street")
    refuse(county, task_id, "ferry-street")
    for slug in ALL[1:]:
        task_id = ask_next(county, task_id, slug)
        refuse(county, task_id, slug)
    assert len(marks(county)) == 1
    client = browser(county, county.danielle)
    home = text(client.get("/"))
    assert "Came back, and nobody helps yet" in home
    assert CANARY in home
    listed = text(client.get("/referrals/?state=stuck"))
    assert CANARY in listed
    assert "A dead end" in listed
    priya = browser(county, county.worker("alder-commons", Role.ORG_ADMIN, Purpose.GOV))
    page = text(priya.get("/"))
    assert "1 request came back and finds no one" in page
    assert CANARY not in page


def test_nobody_left_is_said_after_the_only_one_said_no(world: World) -> None:
    world.consent("ferry-street")
    searchable(world, "ferry-street", NeedDomain.FOOD)
    task_id = world.ask("ferry-street")
    refuse(world, task_id, "ferry-street")
    assert marks(world) == [DeadEnd.NOBODY_LEFT]
    page = text(browser(world, world.danielle).get(f"/referrals/{world.task(task_id).referral_id}/"))
    assert "No service that fits is left to ask." in page


def test_one_refusal_with_others_left_is_no_dead_end(county: World) -> None:
    task_id = county.ask("ferry-street")
    refuse(county, task_id, "ferry-street")
    assert marks(county) == []


@pytest.mark.parametrize("act", ["give-up", "nothing", "again", "unwanted"])
def test_the_mark_goes_when_somebody_acts(world: World, act: str) -> None:
    world.consent("ferry-street", "northbank-rides")
    searchable(world, "ferry-street", NeedDomain.FOOD)
    task_id = world.ask("ferry-street")
    refuse(world, task_id, "ferry-street")
    assert marks(world)
    if act == "unwanted":
        with acting(herself(world.teresa)) as teresa:
            actions.withdraw_wish(task_id, by=teresa)
    else:
        with acting(world.danielle) as by:
            if act == "give-up":
                actions.could_not_be_met(task_id, by=by)
            elif act == "nothing":
                actions.nothing_fits(world.need(), by=by)
            else:
                actions.ask_another(
                    world.task(task_id).referral_id, [world.services["northbank-rides"]], by=by
                )
    assert marks(world) == []


def test_where_the_person_chose_it_is_no_dead_end(county: World) -> None:
    task_id = county.ask("ferry-street")
    with acting(county.danielle) as by:
        actions.cancel(task_id, "person-declined", by=by)
    assert marks(county) == []
