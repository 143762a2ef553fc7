"""Each small table stands, may bind, and its question waits at the point where its rule bites."""

from typing import Any

import pytest

from commonweal.foundation.access import acting
from commonweal.foundation.accounts import installation
from commonweal.foundation.accounts.models import Account, DemoCard
from commonweal.foundation.accounts.sessions import Factor
from commonweal.governance import charters
from commonweal.governance.models import Ballot, Proposal
from commonweal.governance.queries import bylaws, standing
from commonweal.governance.vocabulary import Stage
from commonweal.kernel.clock import now
from commonweal.partners import facade
from commonweal.partners.models import Body
from commonweal.site.demo import charter_table as tables
from commonweal.site.demo.tables import TABLES
from people.browsing import _signed_in as signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", sorted(TABLES))
def test_a_table_is_laid_and_its_question_is_open(name: str) -> None:
    with acting(tables.SETUP):
        installation.mark("demo", name="A demo", time_zone="America/New_York")
    laid = tables.lay(TABLES[name])
    tables.open_question(laid)
    tables.offer_cards(laid)
    question = Proposal.objects.get()
    held = bylaws.in_force()
    assert held is not None
    assert held.starts_at < now()
    assert question.stage == Stage.VOTING.value
    assert standing.may_bind(question.body.slug)
    assert Ballot.objects.count() == len(TABLES[name].asked.says)
    orgs = TABLES[name].orgs
    roles = 1 + len(orgs) + len(TABLES[name].residents) + sum(bool(org.chief) for org in orgs)
    assert DemoCard.objects.count() == roles


@pytest.mark.parametrize("name", sorted(TABLES))
def test_each_role_walks_to_the_question_and_the_bylaws(name: str, settings: Any) -> None:
    settings.DEMO = True
    with acting(tables.SETUP):
        installation.mark("demo", name="A demo", time_zone="America/New_York")
    laid = tables.lay(TABLES[name])
    tables.open_question(laid)
    for actor in (laid.backbone, *laid.people.values()):
        page = signed_in(Account.objects.get(pk=actor.account_id), Factor.PASSKEY)
        asked = page.get("/decisions/questions/1/")
        assert asked.status_code == 200, actor.name
        assert page.get("/decisions/bylaws/", headers={"accept-language": "es"}).status_code == 200, (
            actor.name
        )
    voter = laid.people[laid.small.asked.by]
    page = signed_in(Account.objects.get(pk=voter.account_id), Factor.PASSKEY)
    assert 'name="position"' in page.get("/decisions/questions/1/").content.decode(), "a ballot"


def test_what_a_table_named_in_two_languages_is_read_in_either(settings: Any) -> None:
    """The charter has names in English and Spanish; a page says them as its reader reads."""
    settings.DEMO = True
    with acting(tables.SETUP):
        installation.mark("demo", name="A demo", time_zone="America/New_York")
    laid = tables.lay(TABLES["hope-rising"])
    page = signed_in(Account.objects.get(pk=laid.backbone.account_id), Factor.PASSKEY)
    (board,) = (body for body in laid.bodies if "board" in body)
    english = page.get(f"/table/bodies/{board}/").content.decode()
    page.get("/language/?to=es&next=/")
    spanish = page.get(f"/table/bodies/{board}/").content.decode()
    assert "<h1>Governing board</h1>" in english
    assert "<h1>Junta de gobierno</h1>" in spanish
    assert "Chief executives and community members" not in spanish
    row = Body.objects.get(slug=board)
    assert row.name == "Governing board", "records quote the name that it was founded with"


def test_a_question_on_an_agenda_is_read_in_the_readers_language(settings: Any) -> None:
    settings.DEMO = True
    with acting(tables.SETUP):
        installation.mark("demo", name="A demo", time_zone="America/New_York")
    laid = tables.lay(TABLES["cottage-grove"])
    tables.open_question(laid)
    page = signed_in(Account.objects.get(pk=laid.backbone.account_id), Factor.PASSKEY)
    assert "Question 1: Telling the housing" in page.get("/table/").content.decode()
    page.get("/language/?to=es&next=/")
    assert "Pregunta 1: " in page.get("/table/").content.decode()


@pytest.mark.parametrize("name", sorted(TABLES))
def test_the_door_says_how_the_table_decides_and_what_to_watch_for(name: str) -> None:
    with acting(tables.SETUP):
        installation.mark("demo", name=charters.charter(name).name)
    said = tables.introduction()
    assert said is not None
    assert said.rule == charters.charter(name).summary["en"]
    assert (said.question, said.watch) == (TABLES[name].asked.question, TABLES[name].asked.bites)


def test_the_door_of_another_table_says_nothing_of_a_charter() -> None:
    with acting(tables.SETUP):
        installation.mark("demo", name="Alder County Health Table")
    assert tables.introduction() is None


def test_every_seat_for_volunteers_is_led_by_someone_who_can_sign_in() -> None:
    with acting(tables.SETUP):
        installation.mark("demo", name="A demo", time_zone="America/New_York")
    laid = tables.lay(TABLES["central-oregon"])
    groups = [body.id for body in facade.bodies() if body.kind.value == "workgroup"]
    leads = [seat.holder for seats in facade.seats_of(groups).values() for seat in seats]
    assert len(leads) == 12
    known = set(laid.members.values())
    assert all(holder is not None and holder.member_id in known for holder in leads)
