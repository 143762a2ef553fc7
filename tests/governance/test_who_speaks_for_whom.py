"""Those whom it is about are seated themselves (DOMAIN §9.6); classes and sectors are said by their names."""

from datetime import date
from uuid import UUID

import pytest
from django.utils.translation import override
from tests.governance.voting import LAWS, PLAIN, SETUP, START, World, lay

from commonweal.foundation.access import acting
from commonweal.foundation.ui.templatetags.ui import say
from commonweal.governance.queries import standing
from commonweal.governance.rules import bylaws_file
from commonweal.governance.rules.bylaws_file import FileFaults
from commonweal.governance.rules.quorum import quorum
from commonweal.governance.shapes_voting import Electorate, QuorumRule
from commonweal.kernel.clock import at
from commonweal.partners import facade as partners
from commonweal.partners.models import Holding, Member, Seat
from commonweal.partners.queries.missing import speaking_for
from commonweal.partners.vocabulary import Authority, MemberClass, MemberKind

AFFECTED = """
[body.table]
article = "3.1"
text.en = "Someone sits there for those whom it is about."
affected = true
"""


def _class_seat(world: World, population: str) -> None:
    member = Member.objects.create(
        name="Ada Poole",
        kind=MemberKind.RESIDENT.value,
        lives_here=True,
        is_or_was_served=True,
        joined_on=date(2026, 1, 5),
    )
    seat = Seat.objects.create(
        body_id=world.bodies["table"],
        member_class=MemberClass.VOLUNTEER.value,
        population=population,
        starts_on=date(2026, 1, 5),
    )
    Holding.objects.create(
        seat=seat, member=member, authority=Authority.FULL.value, starts_on=date(2026, 1, 5)
    )


def _of_partner(world: World) -> UUID:
    seat_id = world.seats[world.voter(0)]
    Seat.objects.filter(pk=seat_id).update(population="older")
    return seat_id


@pytest.mark.django_db
def test_an_organization_that_serves_them_is_not_those_whom_it_is_about() -> None:
    world = lay(LAWS + PLAIN + AFFECTED, residents=0)
    with acting(SETUP), at(START):
        _of_partner(world)
        found = standing.standing_of("table", START.date())
        assert not found.is_compliant
        assert found.lacking[0].rule == "governance.body.affected"
        _class_seat(world, "older")
        assert standing.standing_of("table", START.date()).is_compliant


@pytest.mark.django_db
def test_nor_is_it_counted_as_their_voice_among_those_who_are_missing() -> None:
    world = lay(LAWS + PLAIN, residents=0)
    with acting(SETUP), at(START):
        _of_partner(world)
        seats = [s for s in partners.seats_of([world.bodies["table"]])[world.bodies["table"]] if s.holder]
        assert not speaking_for(seats)
        _class_seat(world, "older")
        seats = [s for s in partners.seats_of([world.bodies["table"]])[world.bodies["table"]] if s.holder]
        assert speaking_for(seats) == {"older": 1}


@pytest.mark.parametrize(
    ("key", "english", "spanish"),
    [
        ("health-care", "Health care: 0 take part", "Atención médica"),
        ("residents", "Residents: 0", "Residentes"),
    ],
)
def test_a_class_that_is_lacking_is_named_in_words(key: str, english: str, spanish: str) -> None:
    verdict = quorum(Electorate((), 0), QuorumRule(share=None, classes={key: 2}))
    with override("en"):
        assert say(verdict).startswith(english)
    with override("es"):
        assert say(verdict).startswith(f"{spanish}: ")


def test_a_class_that_nobody_can_be_of_is_a_fault() -> None:
    text = LAWS + PLAIN + "[matter.position.quorum]\nclasses = { resident = 3 }\n"
    with pytest.raises(FileFaults, match="“resident” is not known here"):
        bylaws_file.read(text)
