"""Letters that did not arrive are seen: on the administrators' homes and by ``commonweal doctor``."""

from uuid import UUID

import pytest
from django.db.models.functions import Now

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.messages.models import Outbound
from commonweal.site.cli import doctor
from people.browsing import text
from referrals.world import World, browser, lay_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    return lay_world()


def lose(holder: UUID | None, how_many: int, channel: str = "email") -> None:
    as_holder = (
        Actor(Role.BACKEND_SERVICE, Purpose.COORD, holder)
        if holder
        else Actor(Role.OPERATOR, Purpose.ADMIN, name="Commonweal")
    )
    with acting(as_holder):
        for n in range(how_many):
            Outbound.objects.create(
                holder_id=holder,
                channel=channel,
                to=f"secret{n}@lost.example.org",
                template="x",
                state="failed",
                why="refused: 550",
                settled_at=Now(),
            )


def test_the_doctor_says_what_did_not_arrive(world: World) -> None:
    assert list(doctor.letters()) == [(True, "every letter arrived, and none waits for long")]
    lose(world.table["alder-general"], 2)
    lose(None, 1, "sms")
    lines = list(doctor.letters())
    assert [good for good, _ in lines] == [False, False]
    said = " ".join(words for _, words in lines)
    assert "2 mails of" in said
    assert "1 texts of the platform never arrived" in said
    assert "secret" not in said


def test_administrators_see_their_own_and_the_backbone_all(world: World) -> None:
    lose(world.table["alder-general"], 2)
    lose(world.table["ferry-street"], 1)
    homes = {
        slug: text(browser(world, world.worker(slug, Role.ORG_ADMIN, Purpose.GOV)).get("/"))
        for slug in ("alder-general", "millrace", "alder-commons")
    }
    assert "2 e-mails never arrived" in homes["alder-general"]
    assert "1 e-mail never arrived" not in homes["alder-general"]
    assert "never arrived" not in homes["millrace"]
    assert "2 e-mails never arrived" in homes["alder-commons"]
    assert "1 e-mail never arrived" in homes["alder-commons"]
    assert "secret" not in "".join(homes.values())
