"""On the page of services that fit: asking whether there is room before anyone is sent."""

import pytest

from commonweal.directory import facade as directory
from commonweal.directory.actions.search_index import KEEPER
from commonweal.directory.models import Service, ServiceNeedDomain
from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.messages.models import Outbound
from commonweal.kernel.clock import now
from commonweal.kernel.domains import NeedDomain
from people.browsing import text
from referrals.world import CANARY, World, browser, lay_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    return lay_world()


def test_room_is_asked_from_the_matching_page_and_the_need_stays_here(world: World) -> None:
    pantry = world.services["ferry-street"]
    with acting(KEEPER):
        ServiceNeedDomain.objects.create(service_id=pantry, domain=NeedDomain.FOOD, provenance="hand")
        Service.objects.filter(pk=pantry).update(verified_at=now(), verified_how="call")
        directory.refresh_search([pantry])
    need = world.need()
    page = f"/referrals/new/{need}/"
    danielle = browser(world, world.danielle)
    before = danielle.get(page)
    assert "Ask whether there is room" in text(before)
    assert f'form="room-{pantry}"' in before.content.decode()

    asked = danielle.post(f"/directory/services/{pantry}/ask-room/", {"back": page})
    assert asked["Location"] == page
    after = text(danielle.get(page))
    assert "no answer yet" in after
    assert "Ask whether there is room" not in after
    with acting(Actor(Role.BACKEND_SERVICE, Purpose.COORD, world.table["alder-general"])):
        mail = Outbound.objects.get(template="directory/mail/room")
    assert mail.to == "desk@ferry-street.example.org"
    for told in (CANARY, "Teresa", "Danielle", str(need), "food"):
        assert told not in mail.text + mail.html + mail.subject
