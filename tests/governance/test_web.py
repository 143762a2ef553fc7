"""The register's pages: anyone reads, the backbone writes, a withdrawal asks twice."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate
from tests.foundation.accounts_tools import browser_of
from tests.governance.test_actions import agree, decide, share
from tests.partners.table import Table, membership_of

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.models import AccessTerms
from commonweal.foundation.accounts.models import Account
from commonweal.governance import actions, facade
from commonweal.governance.models import Agreement, Decision, Mandate


def browser(actor: Actor) -> Client:
    return browser_of(Account.objects.get(pk=actor.account_id), seat=membership_of(actor))


def minutes(**change: object) -> dict[str, object]:
    return {
        "title": "Share what helps",
        "question": "Shall we tell each other what helps?",
        "body": "the Table",
        "decided_on": localdate().isoformat(),
        "method": "Two thirds of the votes cast",
        "yes": 16,
        "no": 2,
        "abstain": 0,
        "residents": "yes",
        "adopted": "yes",
        **change,
    }


@pytest.fixture
def shared(table: Table) -> Mandate:
    with acting(table.priya):
        return Mandate.objects.get(pk=share(table, agree(table)))


def test_an_empty_register_teaches(table: Table) -> None:
    assert "Nothing decided yet" in Client().get("/decisions/").content.decode()
    assert "No agreement yet" in Client().get("/decisions/agreements/").content.decode()


def test_anyone_reads_what_was_decided_and_how_to_undo_it(table: Table, shared: Mandate) -> None:
    register = Client().get("/decisions/").content.decode()
    assert "One decision is on record. One has effect today." in " ".join(register.split())
    page = " ".join(Client().get("/decisions/1/").content.decode().split())
    for words in ("16", "of 18", "The residents agreed", "How it can be undone", "Care partners"):
        assert words in page
    assert "Withdraw" not in page, "a stranger is offered no act"


def test_the_agreement_says_who_may_tell_whom(table: Table, shared: Mandate) -> None:
    found = Agreement.objects.get()
    page = Client().get(f"/decisions/agreements/{found.pk}/").content.decode()
    for words in (
        "Alder General Hospital",
        "Ferry Street Pantry",
        "everyday needs and contact",
        "In force up to",
    ):
        assert words in page


@pytest.mark.parametrize(
    "path", ["/decisions/99/", "/decisions/agreements/0b1de7a1-6b5e-4a52-9f0a-0d3f0a1f7c11/"]
)
def test_what_is_not_there_is_absent(table: Table, path: str) -> None:
    assert Client().get(path).status_code == 404


def test_from_minutes_to_effect(table: Table) -> None:
    priya = browser(table.priya)
    assert priya.post("/decisions/record/", minutes()).url == "/decisions/1/effect/"
    new = {
        "title": "Care partners’ agreement",
        "disclosers": [str(table.hospital), str(table.pantry)],
        "recipients": [str(table.hospital), str(table.pantry), str(table.shelter)],
        "segments": ["general"],
        "purposes": ["COORD"],
    }
    made = priya.post("/decisions/agreements/new/", new)
    assert made.status_code == 302
    agreement = Agreement.objects.get()
    assert agreement.terms.count() == 4
    today = localdate()
    effect = {
        "matter": "data-sharing",
        "agreement": str(agreement.pk),
        "starts_on": today.isoformat(),
        "ends_on": (today + timedelta(days=365)).isoformat(),
    }
    assert priya.post("/decisions/1/effect/", {**effect, "ends_on": ""}).status_code == 422
    assert priya.post("/decisions/1/effect/", {**effect, "agreement": ""}).status_code == 422
    assert priya.post("/decisions/1/effect/", effect).status_code == 302
    assert facade.agreement_between(table.hospital, table.pantry, "general", "COORD")
    assert priya.post("/decisions/1/effect/", effect).status_code == 422, "once"


def test_a_withdrawal_says_what_stops_and_then_stops_it(table: Table, shared: Mandate) -> None:
    priya, url = browser(table.priya), f"/decisions/mandates/{shared.pk}/withdraw/"
    page = priya.get(url).content.decode()
    assert "What stops the same moment" in page
    assert "Ferry Street Pantry" in page
    assert facade.agreement_between(table.hospital, table.pantry, "general", "COORD"), (
        "looking changes nothing"
    )
    assert priya.post(url, {"why": ""}).status_code == 422
    assert priya.post(url, {"why": "The residents took their yes back."}).status_code == 302
    assert facade.agreement_between(table.hospital, table.pantry, "general", "COORD") is None
    with acting(table.priya):
        assert not AccessTerms.objects.filter(ended_at=None).exists()
    after = Client().get("/decisions/1/").content.decode()
    assert "The residents took their yes back." in after
    assert priya.get(url).status_code == 302, "a second time there is nothing to withdraw"


@pytest.mark.parametrize("path", ["record/", "1/effect/", "agreements/new/", "mandates/{mandate}/withdraw/"])
def test_only_the_backbone_writes(table: Table, shared: Mandate, path: str) -> None:
    url = f"/decisions/{path.format(mandate=shared.pk)}"
    for actor in (table.marcus, table.danielle):
        assert browser(actor).get(url).status_code == 403
        assert browser(actor).post(url, {**minutes(), "why": "Because."}).status_code == 403
    assert Client().get(url).status_code == 302
    assert Client().post(url, {"why": "Because."}).status_code == 403
    assert Decision.objects.count() == 1
    assert Mandate.objects.get().withdrawn_at is None


@pytest.mark.parametrize(
    "change",
    [
        {"yes": 6, "no": 6},
        {"residents": "no"},
        {"yes": 0, "no": 0},
        {"yes": -1},
        {"decided_on": "2999-01-01"},
        {"decided_on": "yesterday"},
        {"question": ""},
    ],
    ids=str,
)
def test_impossible_minutes_are_not_kept(table: Table, change: dict[str, object]) -> None:
    reply = browser(table.priya).post("/decisions/record/", minutes(**change))
    assert reply.status_code == 422
    assert "Nothing you wrote is lost" in reply.content.decode()
    assert not Decision.objects.exists()


def test_what_was_not_adopted_has_no_effect(table: Table) -> None:
    priya = browser(table.priya)
    priya.post("/decisions/record/", minutes(yes=9, no=7, residents="no", adopted="no"))
    assert "Nothing follows from it" in Client().get("/decisions/1/").content.decode()
    said = {"matter": "measure", "scope": "need-met", "starts_on": localdate().isoformat()}
    assert priya.post("/decisions/1/effect/", said).status_code == 403
    assert not Mandate.objects.exists()


def test_what_ends_soon_is_said(table: Table) -> None:
    with acting(table.priya):
        share(table, agree(table), days=30)
    assert "If nobody renews it" in Client().get("/decisions/").content.decode()


def test_only_what_is_in_effect_can_be_shown(table: Table, shared: Mandate) -> None:
    with acting(table.priya):
        decide(table.priya, title="Nothing follows from this one")
        actions.withdraw(shared.pk, by=table.priya, why="Over.")
    page = Client().get("/decisions/?show=live").content.decode()
    assert "Nothing follows from this one" not in page


def test_a_partner_that_left_is_told_nothing_more(table: Table, shared: Mandate) -> None:
    from commonweal.partners import actions as partners

    with acting(table.priya):
        partners.leave(table.pantry, by=table.priya, why="Closed.")
        assert not AccessTerms.objects.filter(ended_at=None).exists()
    assert facade.agreement_between(table.hospital, table.pantry, "general", "COORD") is None
    assert "has left" in Client().get(f"/decisions/agreements/{Agreement.objects.get().pk}/").content.decode()


def test_the_register_speaks_spanish(table: Table, shared: Mandate) -> None:
    page = Client(headers={"Accept-Language": "es"}).get("/decisions/1/").content.decode()
    assert "Cómo se puede deshacer" in page
    assert "16 de 18 votos dijeron que sí" in " ".join(page.split())


def test_minutes_are_shown_as_words_only(table: Table) -> None:
    browser(table.priya).post("/decisions/record/", minutes(question="<script>alert(1)</script>?"))
    for path in ("/decisions/", "/decisions/1/"):
        assert "<script>alert" not in Client().get(path).content.decode()
