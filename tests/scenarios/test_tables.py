"""Each small table stands, may bind, and its question waits at the point where its rule bites."""

from typing import Any

import pytest

from commonweal.foundation.access import acting
from commonweal.foundation.accounts import installation
from commonweal.foundation.accounts.models import Account, DemoCard
from commonweal.foundation.accounts.sessions import Factor
from commonweal.governance.models import Ballot, Proposal
from commonweal.governance.queries import bylaws, standing
from commonweal.governance.vocabulary import Stage
from commonweal.kernel.clock import now
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
    assert "vote in" in page.get("/decisions/questions/1/").content.decode()


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
