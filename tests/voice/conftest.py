"""A table with two open bodies and a caucus, in English unless a test says otherwise."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.utils import translation
from tests.governance.voting import SETUP, World, lay, sit

from commonweal.foundation.access import Actor, acting
from commonweal.partners.models import Body
from commonweal.partners.vocabulary import BodyKind, SeatRole
from commonweal.voice import actions
from commonweal.voice.shapes import Kept

START = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)
PUBLIC = Actor.public()


@dataclass
class Place:
    """The world, the caucus, and who leads the residents' council."""

    world: World
    caucus: UUID
    insider: Actor
    lead: Actor

    @property
    def backbone(self) -> Actor:
        return self.world.backbone

    @property
    def council(self) -> UUID:
        return self.world.bodies["residents"]

    def say(self, words: str, body: UUID | None = None, **more: object) -> Kept:
        with acting(PUBLIC):
            return actions.say(body or self.council, words, by=PUBLIC, **more)  # type: ignore[arg-type]


@pytest.fixture
def place(db: None) -> Place:
    world = lay(partners=3, residents=2)
    with acting(SETUP):
        caucus = Body.objects.create(
            slug="caucus",
            name="The caucus",
            kind=BodyKind.CAUCUS.value,
            is_private=True,
            starts_on=date(2026, 1, 5),
        ).pk
        _seat, insider = sit(caucus, "Wanda Brooks", role=SeatRole.CHAIR)
        _other, lead = sit(world.bodies["residents"], "Loretta Hayes", role=SeatRole.CHAIR)
    return Place(world, caucus, insider, lead)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield
