"""The pages: say something, ask with the code, the board of a body, the acts of who leads."""

import re
from uuid import UUID

import pytest
from django.test import Client
from tests.people.browsing import _signed_in
from tests.voice.conftest import Place

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.accounts.models import Account, Membership
from commonweal.foundation.accounts.sessions import Factor
from commonweal.foundation.messages.models import Outbound
from commonweal.kernel.errors import Refused
from commonweal.voice import actions, models
from commonweal.voice.access import TELLER
from commonweal.voice.actions import mailing
from commonweal.voice.shapes import node
from commonweal.voice.vocabulary import Answering

pytestmark = pytest.mark.django_db
CODE = re.compile(r"<code>([a-z-]{14})</code>")


def said(client: Client, place: Place, words: str = "No bus on Sunday", **more: object) -> str:
    page = client.post("/voices/say/", {"words": words, "body": str(place.council), **more})
    assert page.status_code == 201, page.content.decode()[:2000]
    assert page.headers["Cache-Control"] == "no-store"
    found = CODE.search(page.content.decode())
    assert found is not None
    return found.group(1)


def browser(actor: Actor) -> Client:
    """Somebody who sits at the table, signed in."""
    account = Account.objects.get(pk=actor.account_id)
    Membership.objects.create(account=account, partner_id=actor.partner_id, role=actor.role.value)
    return _signed_in(account, Factor.PASSKEY)


def asked(client: Client, code: str) -> str:
    page = client.post("/voices/ask/", {"code": code})
    assert page.headers.get("Cache-Control") == "no-store" or page.status_code == 422
    return page.content.decode()


def test_somebody_says_something_and_asks_with_the_code(place: Place, client: Client) -> None:
    code = said(client, place)
    page = asked(client, code.upper())
    assert "No bus on Sunday" in page
    assert "Nobody has answered yet" in page


def test_in_spanish_it_is_told_in_spanish(place: Place, client: Client) -> None:
    client.cookies["commonweal_language"] = "es"
    code = said(client, place, "No hay autobús el domingo")
    with acting(TELLER):
        (kept,) = models.Said.objects.all()
    assert kept.language == "es"
    with acting(place.lead):
        actions.answer(
            node("input", kept.input_id), Answering.CONSIDERING, "We ask the city.", by=place.lead,
            words_there="Le preguntamos a la ciudad.", language_there="es",
        )  # fmt: skip
    page = asked(client, code)
    assert "Le preguntamos a la ciudad." in page
    assert "We ask the city." not in page


def test_codes_are_guessed_ten_times_an_hour(place: Place, client: Client) -> None:
    code = said(client, place)
    for _ in range(10):
        assert "No code is like this" in asked(client, "baba-baba-baba")
    shut = asked(client, code)
    assert "Too many codes were tried" in shut
    assert "No bus on Sunday" not in shut


def test_words_without_a_word_are_not_kept(place: Place, client: Client) -> None:
    page = client.post("/voices/say/", {"words": "   ", "body": str(place.council)})
    assert page.status_code == 422
    with acting(TELLER):
        assert models.Input.objects.count() == 0


def test_strangers_choose_no_private_body(place: Place, client: Client) -> None:
    assert str(place.caucus) not in client.get("/voices/say/").content.decode()
    page = client.post("/voices/say/", {"words": "Let me in", "body": str(place.caucus)})
    assert page.status_code == 422
    assert client.get("/voices/bodies/caucus/").status_code == 404


def test_a_stranger_reads_counts_and_no_word_that_is_not_public(place: Place, client: Client) -> None:
    said(client, place, "Zebra", email="zora@example.org", name="Zora")
    said(client, place, "Yonder", is_public="on")
    with acting(TELLER):
        shut = models.Input.objects.get(is_public=False).pk
    for path in ("/voices/", "/voices/bodies/residents/"):
        page = client.get(path).content.decode()
        assert "Yonder" in page
        assert "Zebra" not in page
        assert "Zora" not in page
        assert "zora@example.org" not in page
    assert client.get(f"/voices/inputs/{shut}/").status_code == 404


def test_who_leads_groups_answers_and_splits_on_the_pages(place: Place, client: Client) -> None:
    first, second = said(client, place, "Bus on Sunday"), said(client, place, "Bus at night")
    with acting(TELLER):
        ids = [str(i) for i in models.Input.objects.values_list("pk", flat=True)]
    loretta = browser(place.lead)
    board = loretta.get("/voices/bodies/residents/").content.decode()
    assert "Bus on Sunday" in board
    done = loretta.post(
        "/voices/bodies/residents/group/", {"inputs": ids, "title": "Buses", "why": "Both are buses."}
    )
    assert done.status_code == 302
    with acting(TELLER):
        group = models.Group.objects.get()
    page = f"/voices/groups/{group.pk}/"
    assert "2 voices ask for it" in loretta.get(page).content.decode()
    loretta.post(f"{page}answer/", {"how": "refused", "words": "No drivers."})
    loretta.post(f"{page}split/", {"inputs": ids[:1], "s-title": "Sunday", "s-why": "Not the same."})
    for code in (first, second):
        assert "No: No drivers." in asked(client, code)
    with acting(TELLER):
        act = models.Act.objects.get(kind="split").pk
    bare = loretta.post(f"/voices/acts/{act}/take-back/", {"u-why": ""})
    assert bare.status_code == 422
    assert loretta.post(f"/voices/acts/{act}/take-back/", {"u-why": "It was."}).status_code == 302
    assert "One was put off or refused" in client.get("/voices/bodies/residents/").content.decode()


def test_letters_come_to_who_asked_and_end_by_a_link(place: Place, client: Client) -> None:
    said(client, place, email="ana@example.org")
    said(client, place, "Another")
    with acting(TELLER):
        kept = models.Contact.objects.get().input_id
        both = [node("input", pk) for pk in models.Input.objects.values_list("pk", flat=True)]
        assert actions.write_to_authors(both, by=TELLER) == 1
        assert actions.write_to_authors(both, by=TELLER) == 0, "the same is not told twice"
    with acting(mailing.SENDER):
        letter = Outbound.objects.filter(to="ana@example.org").latest("queued_at")
    assert "No bus on Sunday" not in letter.text
    assert letter.subject == "What became of what you said"
    link = re.search(r"/voices/stop/[\w-]+/", letter.text)
    assert link is not None
    assert "End them" in client.get(link.group()).content.decode()
    assert "No more letters come" in client.post(link.group()).content.decode()
    with acting(TELLER):
        gone = models.Contact.objects.get(pk=kept)
        assert (gone.email, gone.phone) == ("", "")
        assert actions.write_to_authors(both, by=TELLER) == 0
    assert client.get("/voices/stop/" + "x" * 43 + "/").status_code == 404


def test_nobody_else_writes_to_authors(place: Place) -> None:
    with acting(place.backbone), pytest.raises(Refused):
        actions.write_to_authors([node("input", UUID(int=1))], by=place.backbone)
