"""The table's pages, as a visitor, a worker, an administrator and the backbone see them."""

from itertools import pairwise

import pytest
from django.test import Client
from tests.foundation.accounts_tools import browser_of, is_in
from tests.partners.table import SETUP, Table, membership_of, someone

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Role
from commonweal.foundation.accounts import notices
from commonweal.foundation.accounts.models import Account, Membership
from commonweal.partners import actions, facade
from commonweal.partners.web.plan import places


def browser(actor: Actor) -> Client:
    return browser_of(Account.objects.get(pk=actor.account_id), seat=membership_of(actor))


@pytest.fixture
def mail(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, object]]:
    sent: list[dict[str, object]] = []
    monkeypatch.setattr(notices, "send_email", lambda **said: sent.append(said))
    return sent


def test_anyone_sees_who_is_at_the_table_and_who_is_not(table: Table) -> None:
    page = Client().get("/table/").content.decode()
    assert "4 organizations at one table" in page
    assert "Ferry Street Pantry" in page
    assert "Not here yet" in page
    assert "Justice" in page


def test_the_list_can_be_narrowed_to_a_sector(table: Table) -> None:
    page = Client().get("/table/?sector=health-care").content.decode()
    assert 'href="/table/partners/alder-general/"' in page
    assert 'href="/table/partners/ferry-street/"' not in page
    assert "Nobody of this sector yet" in Client().get("/table/?sector=justice").content.decode()
    assert Client().get("/table/?sector=' or 1=1").status_code == 200


def test_strangers_see_how_many_and_members_see_who(table: Table) -> None:
    url = "/table/partners/ferry-street/"
    assert "Marcus Odom" not in Client().get(url).content.decode()
    assert "Marcus Odom" in browser(table.danielle).get(url).content.decode()


def test_a_shelter_shows_no_place_and_no_names(table: Table) -> None:
    someone(table.shelter, "Carmen Ortiz", Role.CASE_WORKER)
    with acting(SETUP):
        actions.set_contact(
            table.shelter,
            by=SETUP,
            email="",
            phone="555-0151",
            website="",
            place="12 Hidden Lane",
            languages=[],
        )
    for visitor in (Client(), browser(table.danielle)):
        page = visitor.get("/table/partners/safe-harbor/").content.decode()
        assert "Hidden Lane" not in page
        assert "never say who comes" in page
        assert "Carmen Ortiz" not in page
    assert "Carmen Ortiz" in browser(table.priya).get("/table/partners/safe-harbor/").content.decode()
    assert "Hidden Lane" not in Client().get("/table/").content.decode()


def test_an_unknown_partner_is_absent(table: Table) -> None:
    assert Client().get("/table/partners/nobody/").status_code == 404


def test_an_administrator_says_what_the_partner_cannot_do(table: Table) -> None:
    marcus = browser(table.marcus)
    url = "/table/partners/ferry-street/edit/"
    said = {
        "can_do": "Food boxes on Wednesdays.",
        "cannot_do": "We do not deliver.",
        "phone": "555-0127",
        "languages": ["en", "es"],
    }
    half = marcus.post(url, {**said, "cannot_do": ""})
    assert half.status_code == 422
    assert marcus.post(url, said).status_code == 302
    page = Client().get("/table/partners/ferry-street/").content.decode()
    assert "We do not deliver." in page
    assert "Spanish" in page


@pytest.mark.parametrize("path", ["edit/", "people/", "leave/"])
def test_nobody_changes_another_partner(table: Table, path: str) -> None:
    url = f"/table/partners/alder-general/{path}"
    assert Client().get(url).status_code == 302
    assert browser(table.danielle).get(url).status_code == 403
    assert browser(table.marcus).get(url).status_code == 403
    reply = browser(table.marcus).post(url, {"can_do": "x", "cannot_do": "y", "why": "z"})
    assert reply.status_code == 403
    assert facade.partner(table.hospital).can_do == ""
    assert facade.partner(table.hospital).is_here


def test_an_administrator_invites_and_ends_a_role(table: Table, mail: list[dict[str, object]]) -> None:
    marcus = browser(table.marcus)
    url = "/table/partners/ferry-street/people/"
    said = {"name": "Ann Lee", "email": "ann@example.org", "role": "case_worker", "language": "es"}
    assert marcus.post(url, said).status_code == 302
    assert [(m["to"], m["language"], m["template"]) for m in mail] == [
        ("ann@example.org", "es", "accounts/mail/invitation")
    ]
    secret = str(mail[0]["context"]["url"]).split("/")[-2]  # type: ignore[index]
    assert secret not in marcus.get(url).content.decode(), "the administrator never sees the link"
    ann = Membership.objects.get(account__email="ann@example.org")
    end = f"{url}{ann.pk}/end/"
    assert "does this end now?" in marcus.get(end).content.decode()
    assert marcus.post(end, {"why": " "}).status_code == 422
    assert Membership.objects.get(pk=ann.pk).until is None
    assert marcus.post(end, {"why": "Moved away."}).status_code == 302
    assert Membership.objects.get(pk=ann.pk).until is not None


@pytest.mark.parametrize("role", ["privacy_officer", "operator", "resident", "public", "nonsense"])
def test_a_role_that_is_not_theirs_to_give_is_not_in_the_form(table: Table, role: str) -> None:
    said = {"name": "Ann Lee", "email": "ann@example.org", "role": role, "language": "en"}
    assert browser(table.marcus).post("/table/partners/ferry-street/people/", said).status_code == 422
    assert not Account.objects.filter(email="ann@example.org").exists()


def test_ending_a_role_signs_its_holder_out(table: Table) -> None:
    ann = someone(table.pantry, "Ann Lee", Role.CASE_WORKER)
    hers = browser(ann)
    assert is_in(hers)
    url = f"/table/partners/ferry-street/people/{membership_of(ann).pk}/end/"
    assert browser(table.marcus).post(url, {"why": "Left."}).status_code == 302
    assert not is_in(hers)


def test_a_role_at_another_partner_cannot_be_ended_by_a_crafted_address(table: Table) -> None:
    theirs = membership_of(table.danielle)
    url = f"/table/partners/ferry-street/people/{theirs.pk}/end/"
    assert browser(table.marcus).post(url, {"why": "Left."}).status_code == 404
    assert Membership.objects.get(pk=theirs.pk).until is None


def test_the_backbone_takes_a_partner_in_and_lets_it_go(table: Table) -> None:
    priya = browser(table.priya)
    assert browser(table.marcus).get("/table/join/").status_code == 403
    said = {"name": "Hope Street Church", "sector": "faith"}
    assert priya.post("/table/join/", said).url == "/table/partners/hope-street-church/people/"
    assert priya.post("/table/join/", said).status_code == 422
    assert priya.post("/table/join/", {"name": "…", "sector": "faith"}).status_code == 422
    url = "/table/partners/ferry-street/leave/"
    assert "One person loses their role here" in priya.get(url).content.decode()
    hers = browser(table.marcus)
    assert is_in(hers)
    assert priya.post(url, {"why": "Closed."}).status_code == 302
    assert not is_in(hers)
    assert "Has left the table" in Client().get("/table/partners/ferry-street/").content.decode()


def test_words_of_others_stay_words(table: Table) -> None:
    with acting(SETUP):
        actions.state_limits(
            table.pantry, by=SETUP, can_do="<script>alert(1)</script>", cannot_do='"><img src=x onerror=1>'
        )
    for path in ("/table/", "/table/partners/ferry-street/"):
        page = Client().get(path).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_the_table_speaks_spanish(table: Table) -> None:
    page = Client(headers={"Accept-Language": "es"}).get("/table/").content.decode()
    assert "4 organizaciones en una misma mesa" in page
    assert "Atención médica" in page


def test_the_ring_seats_everyone_once_and_spreads_the_residents() -> None:
    ring = places([f"org {n}" for n in range(15)], [f"res {n}" for n in range(5)])
    assert len(ring) == 20
    assert {p.title for p in ring} == {f"org {n}" for n in range(15)} | {f"res {n}" for n in range(5)}
    seats = [i for i, p in enumerate(ring) if p.kind == "res"]
    assert [b - a for a, b in pairwise(seats)] == [4, 4, 4, 4]
    assert places([], []) == []
    assert len(places(["only"], [])) == 1
