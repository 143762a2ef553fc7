"""What 42 CFR Part 2 sends along with a request, and where such a request never goes (DOMAIN 2-T3)."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.utils.formats import date_format
from django.utils.timezone import localtime

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.facts import assign
from commonweal.foundation.access.vocabulary import DataClass, Purpose, Role, Segment
from commonweal.kernel.clock import now
from commonweal.kernel.domains import NeedDomain
from commonweal.people.actions import give_consent
from commonweal.referrals import actions
from commonweal.screening.actions.needs import need_row
from commonweal.screening.vocabulary import Agreed, Urgency
from people.browsing import text
from people.cast import agree, draft_consent

from .world import CANARY, FOOD, World, browser, lay_world, token_of

NOTICE = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."
UNTIL = timedelta(days=120)


@pytest.fixture
def world(db: None) -> World:
    return lay_world()


@pytest.fixture
def staff(world: World) -> Actor:
    """Who works in the hospital's programme and is assigned to Teresa."""
    found = world.worker("alder-general", Role.PART2_STAFF, Purpose.TREAT)
    with acting(world.danielle):
        assert found.account_id is not None
        assign(world.teresa, found.account_id)
    return found


@pytest.fixture
def sending(world: World, staff: Actor) -> UUID:
    """A request that holds treatment records, asked of the pantry with the consent that this takes."""
    agree(world.table, "alder-general", "ferry-street", segments=("substance-use",), purposes=("TREAT",))
    draft = draft_consent(
        world.teresa,
        world.table["ferry-street"],
        segments=(Segment.SUBSTANCE_USE,),
        purposes=(Purpose.TREAT,),
        topics=(NeedDomain.FOOD,),
        ends_at=now() + UNTIL,
    )
    with acting(world.danielle) as by:
        give_consent(draft, by=by)
    with acting(staff):
        need = need_row(
            world.teresa,
            NeedDomain.FOOD,
            holder_id=world.table["alder-general"],
            agreed=Agreed.SPOKEN,
            urgency=Urgency.ROUTINE,
            by=staff,
        )
        need.segment, need.data_class = Segment.SUBSTANCE_USE.value, DataClass.D6.value
        need.save(force_insert=True)
        return actions.ask(need.pk, [world.services["ferry-street"]], by=staff, ask=FOOD)


def until() -> str:
    return date_format(localtime(now() + UNTIL), "DATE_FORMAT")


def test_notice_and_scope_stand_on_the_page_of_the_link(world: World, sending: UUID) -> None:
    page = text(Client().get(f"/r/{token_of(world)}/"))
    assert NOTICE in page
    assert "The person allows Alder General Hospital to give Ferry Street Pantry" in page
    assert f"until {until()}" in page
    assert "You may not pass them on." in page
    assert CANARY not in page, "before the yes nobody is named"


def test_an_everyday_request_carries_nothing(world: World) -> None:
    world.consent("ferry-street")
    world.ask()
    assert NOTICE not in text(Client().get(f"/r/{token_of(world)}/"))


def test_the_thread_says_with_what_it_went(world: World, staff: Actor, sending: UUID) -> None:
    referral = world.task(sending, by=staff).referral_id
    page = text(browser(world, staff).get(f"/referrals/{referral}/"))
    assert NOTICE in page
    assert "to give Ferry Street Pantry" in page
    assert until() in page


def test_no_list_and_no_export_holds_it(world: World, staff: Actor, sending: UUID) -> None:
    """So no file needs the notice: none of these records is ever in one."""
    world.consent("ferry-street")
    for actor in (world.marcus, world.danielle, staff.for_purpose(Purpose.COORD)):
        browsing = browser(world, actor)
        for which in ("sent", "asked", "working"):
            rows = browsing.get(f"/referrals/export/{which}.csv").content.decode().splitlines()
            assert len(rows) == 1, (actor.name, which)
            assert str(sending) not in text(browsing.get(f"/referrals/{which}/"))
