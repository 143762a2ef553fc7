"""The pages of those who ask, and of services with an account."""

import csv
import re
from io import StringIO
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commonweal.directory import facade as directory
from commonweal.directory.models import ServiceNeedDomain
from commonweal.foundation.access import acting
from commonweal.foundation.audit.queries import person_log
from commonweal.kernel.domains import NeedDomain
from commonweal.kernel.errors import Refused
from commonweal.partners.models import Partner
from commonweal.referrals import actions
from commonweal.referrals.models import Gap, PersonAnswer, Task, UnmetNeed
from commonweal.referrals.vocabulary import Helped, OutcomeCode, Status
from commonweal.referrals.web import lists
from commonweal.screening import facade as screening
from people.browsing import person as person_browser
from people.browsing import text

from .test_demo import run, seeded
from .world import CANARY, World, browser, herself


@pytest.fixture
def sent(world: World) -> UUID:
    world.consent("ferry-street")
    return world.ask()


def intent_of(page: str) -> str:
    found = re.search(r'name="intent" value="([^"]+)"', page)
    assert found is not None
    return found.group(1)


# ── The list ───────────────────────────────────────────────────────────────────────────────────────
def test_the_list_pages_by_key_fifty_at_a_time_in_few_queries(world: World) -> None:
    run(world, seeded(world, 60))
    client = browser(world, world.danielle)
    first = client.get("/referrals/?state=")
    rows = re.findall(r'<th scope="row"', first.content.decode())
    assert len(rows) == 50
    older = re.search(r'href="\?([^"]*after=[^"]+)"', text(first))
    assert older is not None
    second = client.get(f"/referrals/?{older.group(1)}")
    with acting(world.danielle):
        total = Task.objects.count()
    assert 50 + len(re.findall(r'<th scope="row"', second.content.decode())) == total
    link = re.compile(r'<a href="(/referrals/[0-9a-f-]{36}/)">')
    assert len({found for page in (first, second) for found in link.findall(page.content.decode())}) == 60
    with CaptureQueriesContext(connection) as queries:
        client.get("/referrals/?state=")
    about_rows = [q["sql"] for q in queries if "referrals_task" in q["sql"] or "people_source" in q["sql"]]
    assert len(about_rows) <= 4


def test_the_list_narrows_by_state_and_need(world: World, sent: UUID) -> None:
    client = browser(world, world.danielle)
    assert CANARY in text(client.get("/referrals/?state=waiting"))
    assert CANARY not in text(client.get("/referrals/?state=finished"))
    assert CANARY in text(client.get("/referrals/?need=food-insecurity&state="))
    assert CANARY not in text(client.get("/referrals/?need=veteran-status&state="))
    assert client.get("/referrals/?state=nonsense&need=nonsense&after=%%%&person=x").status_code == 200


def test_each_person_on_the_list_finds_it_once_a_day_in_their_log(world: World, sent: UUID) -> None:
    client = browser(world, world.danielle)
    for _ in range(3):
        client.get("/referrals/?state=")
    with acting(herself(world.teresa)):
        listed = [line for line in person_log(world.teresa) if "in a list" in line.words]
    assert [line.who for line in listed] == ["Danielle Whitfield"]


def test_both_exports_hold_the_columns_of_the_page_and_no_formula(world: World) -> None:
    world.consent("ferry-street")
    with acting(world.danielle):
        world.ask()
    client = browser(world, world.danielle)
    rows = list(csv.DictReader(StringIO(client.get("/referrals/export/sent.csv").content.decode())))
    assert rows[0]["name"].endswith(CANARY)
    assert set(rows[0]) == {
        "name", "need", "asked", "service", "sent", "answer due", "status", "reason", "began", "ended",
        "said",
    }  # fmt: skip
    theirs = browser(world, world.marcus).get("/referrals/export/asked.csv").content.decode()
    assert CANARY not in theirs
    assert "Teresa" not in theirs
    assert "food-insecurity" in theirs
    from commonweal.referrals.web.lists import _harmless

    assert [_harmless(c) for c in ("=1+1", "-2", "@x", "food")] == ["'=1+1", "'-2", "'@x", "food"]


def exported(client: Client, which: str, query: str = "") -> list[dict[str, str]]:
    page = client.get(f"/referrals/export/{which}.csv?{query}")
    return list(csv.DictReader(StringIO(page.content.decode())))


def test_a_request_open_to_several_is_in_the_file_as_on_the_page(world: World) -> None:
    world.consent("ferry-street", "northbank-rides")
    world.ask("ferry-street", "northbank-rides")
    client = browser(world, world.marcus)
    for state, count in (("", 1), ("waiting", 1), ("late", 0), ("finished", 0), ("refused", 0)):
        page = text(client.get(f"/referrals/asked/?state={state}"))
        assert ("Open to several: the first that says yes" in page) is bool(count), state
        assert len(exported(client, "asked", f"state={state}")) == count, state
    assert len(exported(client, "asked", "need=veteran-status")) == 0


def test_a_file_holds_every_row_however_many(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    run(world, seeded(world, 60))
    monkeypatch.setattr(lists.tasks.whole, "__defaults__", (7,))
    client = browser(world, world.danielle)
    with acting(world.danielle):
        total = Task.objects.count()
    rows = exported(client, "sent")
    assert len(rows) == total
    assert [row["sent"] for row in rows if row["sent"]] == sorted(
        (row["sent"] for row in rows if row["sent"]), reverse=True
    )


def test_the_service_cannot_sort_by_what_the_person_said(world: World, sent: UUID) -> None:
    client = browser(world, world.marcus)
    page = text(client.get("/referrals/asked/?state=untold"))
    assert 'value="untold"' not in page
    assert 'value="stuck"' not in page
    assert 'value="untold"' in text(browser(world, world.danielle).get("/referrals/?state="))


# ── A service with an account ──────────────────────────────────────────────────────────────────────
def test_inbox_and_caseload_show_names_only_after_the_yes(world: World, sent: UUID) -> None:
    client = browser(world, world.marcus)
    assert client.get("/referrals/").headers["Location"] == "/referrals/asked/"
    inbox = text(client.get("/referrals/asked/"))
    assert "Food" in inbox
    assert "Teresa" not in inbox
    page = text(client.get(f"/referrals/asked/{sent}/"))
    assert "Teresa" not in page
    assert (
        client.post(f"/referrals/asked/{sent}/", {"act": "yes", "intent": intent_of(page)}).status_code == 302
    )
    work = text(client.get(f"/referrals/asked/{sent}/"))
    assert "Teresa" in work
    assert CANARY not in work
    caseload = text(client.get("/referrals/working/"))
    assert "Teresa" in caseload
    assert CANARY not in caseload


# ── From need to request ───────────────────────────────────────────────────────────────────────────
def test_a_request_is_written_from_a_need_and_waits_for_the_persons_yes(world: World) -> None:
    need, service = world.need(), world.services["ferry-street"]
    client = browser(world, world.danielle)
    assert client.get(f"/referrals/new/{need}/").status_code == 200
    assert client.get(f"/referrals/new/{need}/ask/").status_code == 302
    page = text(client.get(f"/referrals/new/{need}/ask/?service={service}"))
    assert "has not said yes" in page
    assert 'value="send"' not in page
    fields = {
        "words": "Food boxes",
        "language": "es",
        "household": "3",
        "then": "send",
        "intent": intent_of(page),
    }
    refused = client.post(f"/referrals/new/{need}/ask/?service={service}", fields)
    assert refused.status_code == 422
    world.consent("ferry-street")
    page = text(client.get(f"/referrals/new/{need}/ask/?service={service}"))
    assert 'value="send"' in page
    fields["intent"] = intent_of(page)
    for _ in range(2):
        done = client.post(f"/referrals/new/{need}/ask/?service={service}", fields)
        assert done.status_code == 302
    with acting(world.danielle):
        assert Task.objects.count() == 1
    thread = text(client.get(done.headers["Location"]))
    assert "Food boxes" in thread
    assert "Ferry Street Pantry" in thread


def test_words_that_say_too_much_come_back_with_the_cure(world: World) -> None:
    world.consent("ferry-street")
    need, service = world.need(), world.services["ferry-street"]
    client = browser(world, world.danielle)
    fields = {"words": "She is bipolar", "language": "en", "then": "send"}
    page = client.post(f"/referrals/new/{need}/ask/?service={service}", fields)
    assert page.status_code == 422
    assert "These words tell about mental health." in text(page)
    assert "She is bipolar" in text(page)


def test_a_partner_whom_nobody_hears_for_is_not_asked_and_the_page_says_what_to_do(world: World) -> None:
    world.consent("ferry-street")
    Partner.objects.filter(pk=world.table["ferry-street"]).update(email="")
    need, service = world.need(), world.services["ferry-street"]
    with acting(world.danielle) as by:
        with pytest.raises(Refused) as refused:
            actions.ask(need, [service], by=by)
        assert refused.value.verdict.rule == "referral.service.unheard"
        assert refused.value.verdict.cure
        assert not Task.objects.exists()
    page = text(browser(world, world.danielle).get(f"/referrals/new/{need}/ask/?service={service}"))
    assert "nobody signs in for them" in page
    assert "Call together with the person." in page
    assert 'value="send"' not in page
    assert "wait for a place" not in page


def test_a_worker_with_an_account_hears_without_an_address(world: World) -> None:
    world.consent("ferry-street")
    Partner.objects.filter(pk=world.table["ferry-street"]).update(email="")
    world.worker("ferry-street")
    assert world.task(world.ask()).status == Status.REQUESTED


def test_a_draft_is_not_sent_once_nobody_hears_any_more(world: World) -> None:
    world.consent("ferry-street")
    with acting(world.danielle) as by:
        task_id = actions.draft(world.need(), [world.services["ferry-street"]], by=by)
    Partner.objects.filter(pk=world.table["ferry-street"]).update(email="")
    with acting(world.danielle) as by, pytest.raises(Refused):
        actions.send(task_id, by=by)
    assert world.task(task_id).status == Status.DRAFT


# ── The thread ─────────────────────────────────────────────────────────────────────────────────────
def act(world: World, task_id: UUID, name: str, **fields: str):
    task = world.task(task_id)
    return browser(world, world.danielle).post(
        f"/referrals/{task.referral_id}/{task_id}/", {"act": name, **fields}
    )


def test_the_asker_writes_down_what_was_said_with_how_and_by_whom(world: World, sent: UUID) -> None:
    assert act(world, sent, "told-yes").status_code == 302
    assert act(world, sent, "told-begun").status_code == 302
    assert (
        act(
            world, sent, "said", helped="some", provenance="phone", words="Pesan mucho.", language="es"
        ).status_code
        == 302
    )
    page = text(browser(world, world.danielle).get(f"/referrals/{world.task(sent).referral_id}/"))
    assert "Pesan mucho." in page
    assert "said by phone, written down by a worker" in page
    with acting(world.danielle):
        assert PersonAnswer.objects.get().taken_by == "Danielle Whitfield"


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("said", {"helped": "perhaps"}),
        ("take-back", {"why": "because"}),
        ("reply", {"words": ""}),
        ("fly", {}),
        ("told-no", {}),
    ],
)
def test_a_form_that_lacks_something_says_so(
    world: World, sent: UUID, name: str, fields: dict[str, str]
) -> None:
    assert act(world, sent, name, **fields).status_code == 422
    assert world.task(sent).status == Status.REQUESTED


def test_a_chain_that_bounces_is_seen_and_the_next_act_is_to_ask_another(world: World, sent: UUID) -> None:
    with acting(world.marcus) as marcus:
        actions.decline(sent, "no-funds", by=marcus)
    page = text(browser(world, world.danielle).get(f"/referrals/{world.task(sent).referral_id}/"))
    assert "Ask another service" in page
    assert "Came back 1 time" in page


def test_the_letter_asks_in_plain_words_and_a_person_who_wants_no_message_gets_none(
    world: World, sent: UUID
) -> None:
    from commonweal.referrals.actions import Wishes

    with acting(world.marcus) as marcus:
        actions.accept(sent, by=marcus)
        actions.complete(sent, OutcomeCode.RECEIVED_FULL, by=marcus)
    client = browser(world, world.danielle)
    page = text(client.get(f"/referrals/{world.task(sent).referral_id}/{sent}/letter/"))
    assert "Dear Teresa," in page
    assert "<svg" in page
    assert "Ferry Street" not in page
    world.consent("ferry-street", person_id=world.harold)
    quiet = world.ask(person_id=world.harold, wishes=Wishes(contact_prohibited=True))
    assert client.get(f"/referrals/{world.task(quiet).referral_id}/{quiet}/letter/").status_code == 403


# ── The person's own page ──────────────────────────────────────────────────────────────────────────
def test_the_person_sees_who_helps_and_says_whether_it_did(world: World, sent: UUID) -> None:
    with acting(world.marcus) as marcus:
        actions.accept(sent, by=marcus)
        actions.complete(sent, OutcomeCode.RECEIVED_FULL, by=marcus)
    client = person_browser(world.teresa)
    page = text(client.get("/my/"))
    assert "Did the help with food reach you, and was it enough?" in page
    assert "Ferry Street Pantry" in page
    done = client.post(f"/referrals/my/{sent}/said/", {"helped": "yes", "intent": intent_of(page)})
    assert done.status_code == 302
    assert "Did the help with food reach you" not in text(client.get("/my/"))
    with acting(world.danielle):
        assert PersonAnswer.objects.get().helped == Helped.YES


def test_the_person_stops_what_they_do_not_want_any_more(world: World, sent: UUID) -> None:
    client = person_browser(world.teresa)
    assert "I don’t want this any more" in text(client.get("/my/"))
    assert client.post(f"/referrals/my/{sent}/stop/").status_code == 302
    assert world.task(sent).reason == "person-declined"


def test_another_persons_page_cannot_answer_for_her(world: World, sent: UUID) -> None:
    client = person_browser(world.harold)
    assert client.post(f"/referrals/my/{sent}/said/", {"helped": "yes"}).status_code == 404
    assert client.post(f"/referrals/my/{sent}/stop/").status_code == 404


def test_spanish_pages_are_whole(world: World, sent: UUID) -> None:
    client = browser(world, world.danielle)
    client.cookies["commonweal_language"] = "es"
    page = text(client.get(f"/referrals/{world.task(sent).referral_id}/"))
    for english in ("Take it back", "Remind them", "Waits for an answer", "The ask"):
        assert english not in page
    assert "Espera respuesta" in page


# ── The directory's side ───────────────────────────────────────────────────────────────────────────
def searchable(world: World, slug: str, domain: NeedDomain) -> None:
    """The search knows this service as help with this need."""
    service = world.services[slug]
    ServiceNeedDomain.objects.create(service_id=service, domain=domain.value, provenance="hand")
    directory.refresh_search([service])


def test_services_that_fit_say_why_and_what_stands_in_the_way(world: World) -> None:
    searchable(world, "ferry-street", NeedDomain.FOOD)
    searchable(world, "northbank-rides", NeedDomain.FOOD)
    world.consent("ferry-street")
    task_id = world.ask()
    with acting(world.marcus) as marcus:
        actions.decline(task_id, "no-funds", by=marcus)
    page = text(browser(world, world.danielle).get(f"/referrals/new/{world.need()}/"))
    assert "Service of northbank-rides" in page
    assert "Why it is here" in page
    assert "Asked before: Can’t help" in page
    assert page.index("Service of northbank-rides") < page.index("Service of ferry-street")


def test_where_nothing_fits_the_table_is_told_once(world: World) -> None:
    need = world.need(domain=NeedDomain.VETERAN)
    client = browser(world, world.danielle)
    assert "No service fits" in text(client.get(f"/referrals/new/{need}/"))
    for _ in range(2):
        assert client.post(f"/referrals/new/{need}/nothing/").status_code == 302
    assert [g.reason for g in Gap.objects.all()] == ["no-service"]
    with acting(world.danielle):
        assert UnmetNeed.objects.count() == 1
        assert screening.needs([need])[need].status.value == "unmet"
