"""The pages as a worker and a person meet them."""

import re
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils.formats import date_format
from django.utils.timezone import localtime

from commonweal.foundation.access import acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.audit import person_log
from commonweal.kernel.clock import now
from commonweal.kernel.domains import NeedDomain
from commonweal.people import actions, facade
from commonweal.people.shapes import Panel, Place
from commonweal.people.vocabulary import Channel, How
from commonweal.people.web import panels, sharing_rows

from .browsing import person as person_browser
from .browsing import text, worker
from .cast import GENERAL, HAROLD, TERESA, Table, agree, draft_consent, person_self, register, say_yes

ASK = {
    "topics": ["food-insecurity"],
    "segments": ["general"],
    "purposes": ["COORD"],
    "both_ways": "yes",
    "days": "180",
    "how": "signed-on-screen",
    "language": "es",
}


@pytest.fixture
def teresa(table: Table):
    agree(table, "alder-general", "ferry-street")
    return register(TERESA, table.danielle)


def typed(draft, **more):
    return {
        "given": draft.given,
        "family": draft.family,
        "phone": draft.phone,
        "birth": "3/9/1961",
        "language": "es",
        **more,
    }


def test_an_empty_list_teaches(table: Table):
    page = text(worker(table, "ferry-street").get("/people/"))
    assert "Nobody here yet" in page
    assert "Add a person" in page


def test_a_worker_adds_and_finds_a_person(table: Table):
    browser = worker(table, "ferry-street", Role.CASE_WORKER)
    answer = browser.post("/people/new/", typed(TERESA, channel_text="no"))
    assert answer.status_code == 302
    page = text(browser.get(answer["Location"]))
    assert "Teresa Aguilar Ríos" in page
    assert "(541) 555-0118" in page
    assert "has not been asked" in page
    found = text(browser.post("/people/", {"name": "teresa aguilar"}))
    assert "Teresa Aguilar Ríos" in found
    with acting(table.marcus):
        person = facade.search(name="teresa").people[0]
        contact = facade.contact(person.id)
    assert contact.unsafe == {Channel.TEXT}
    assert not contact.may(Channel.CALL), "not asked is not yes"


def test_a_search_never_stands_in_an_address(table: Table, teresa):
    page = text(worker(table, "alder-general").get("/people/"))
    assert '<form class="card" method="post" action="/people/"' in page


def test_likely_the_same_is_shown_before_a_second_record(table: Table, teresa):
    browser = worker(table, "alder-general")
    page = text(browser.post("/people/new/", typed(TERESA, given="Tere", family="Aguilar")))
    assert "Is it one of these people?" in page
    assert "Very likely the same person" in page
    with acting(table.danielle):
        assert len(facade.search(name="aguilar").people) == 1, "nothing is saved yet"
    same = browser.post(
        "/people/new/", typed(TERESA, given="Tere", family="Aguilar", answer=f"same:{teresa}")
    )
    assert same["Location"] == f"/people/{teresa}/"
    browser.post("/people/new/", typed(TERESA, given="Tere", family="Aguilar", answer="someone-else"))
    with acting(table.danielle):
        assert len(facade.search(name="aguilar").people) == 2


def test_a_person_shared_by_another_is_recognized_and_joined(table: Table, teresa):
    say_yes(teresa, table.danielle, table["ferry-street"])
    browser = worker(table, "ferry-street", Role.CASE_WORKER)
    page = text(browser.post("/people/new/", typed(TERESA)))
    assert "Record of Alder General Hospital" in page
    browser.post("/people/new/", typed(TERESA, answer=f"same:{teresa}"))
    with acting(table.marcus):
        assert facade.person(teresa).holder_ids == (table["ferry-street"], table["alder-general"])


def test_the_same_answer_for_a_hidden_person_is_no_answer(table: Table, teresa):
    """Somebody else's id in the form is as if it were not there."""
    browser = worker(table, "ferry-street", Role.CASE_WORKER)
    register(replace(TERESA, own_number=""), table.marcus)
    answer = browser.post("/people/new/", typed(TERESA, answer=f"same:{teresa}"))
    assert answer.status_code == 404


def test_hidden_absent_and_malformed_look_alike(table: Table, teresa):
    """A15: the same bytes, headers included, on every address about a person."""
    browser = worker(table, "ferry-street", Role.CASE_WORKER)
    consent = say_yes(teresa, table.danielle, table["northbank-rides"])
    seen = set()
    tails = ("", "edit/", "consent/", "standing/", "own-page/", "safe-address/", f"consent/{consent}/")
    for tail in tails:
        for person_id in (str(teresa), str(uuid4()), "x", "00000000-0000-0000-0000", "%00", f"{{{teresa}}}"):
            path = f"/people/{person_id}/{tail}"
            answer = browser.get(path)
            assert answer.status_code == 404, path
            body = re.sub(r"next=[^\"&]*", "next=", answer.content.decode())
            headers = tuple(sorted((k, v) for k, v in answer.headers.items() if k != "Content-Length"))
            seen.add((body, re.sub(r"nonce-[^']*", "", str(headers))))
    assert len(seen) == 1


def test_a_worker_asks_in_the_persons_language(table: Table, teresa):
    browser = worker(table, "alder-general")
    chosen = {**ASK, "recipients": [str(table["ferry-street"])]}
    blank = text(browser.get(f"/people/{teresa}/consent/"))
    assert "checked" not in blank, "nothing is chosen beforehand"
    words = text(browser.post(f"/people/{teresa}/consent/", chosen))
    assert 'lang="es"' in words
    assert "Ferry Street Pantry" in words
    assert 'value="yes"' in words
    assert 'value="no"' in words
    seen = re.search(r'name="words_seen" value="([0-9a-f]{64})"', words)
    unsigned = browser.post(
        f"/people/{teresa}/consent/", {**chosen, "answer": "yes", "words_seen": seen[1], "signed_name": ""}
    )
    assert unsigned.status_code == 422
    done = browser.post(
        f"/people/{teresa}/consent/",
        {**chosen, "answer": "yes", "words_seen": seen[1], "signed_name": "Teresa Aguilar"},
    )
    assert done.status_code == 302
    with acting(table.danielle):
        (consent,) = facade.consents_of(teresa)
    assert consent.how is How.SIGNED_ON_SCREEN
    assert consent.language == "es"
    assert "Ferry Street Pantry" in consent.words
    with acting(table.marcus):
        assert facade.person(teresa) is not None


def test_no_needs_nothing_filled_in(table: Table, teresa):
    browser = worker(table, "alder-general")
    chosen = {**ASK, "recipients": [str(table["ferry-street"])]}
    words = text(browser.post(f"/people/{teresa}/consent/", chosen))
    seen = re.search(r'name="words_seen" value="([0-9a-f]{64})"', words)[1]
    done = browser.post(f"/people/{teresa}/consent/", {**chosen, "answer": "no", "words_seen": seen})
    assert done.status_code == 302
    with acting(table.danielle):
        assert facade.consents_of(teresa)[0].declined
    assert "Said no" in text(browser.get(f"/people/{teresa}/"))


def test_other_words_than_those_shown_are_shown_again(table: Table, teresa):
    browser = worker(table, "alder-general")
    chosen = {**ASK, "recipients": [str(table["ferry-street"])], "signed_name": "Teresa"}
    again = browser.post(f"/people/{teresa}/consent/", {**chosen, "answer": "yes", "words_seen": "0" * 64})
    assert "Please read them again" in text(again)
    with acting(table.danielle):
        assert facade.consents_of(teresa) == []


def test_treatment_records_are_asked_for_alone(table: Table, teresa):
    agree(table, "alder-general", "millrace", segments=("substance-use",), purposes=("TREAT",))
    browser = worker(table, "alder-general")
    chosen = {**ASK, "recipients": [str(table["millrace"])], "segments": ["general", "substance-use"]}
    page = browser.post(f"/people/{teresa}/consent/", {**chosen, "purposes": ["TREAT"]})
    assert page.status_code == 422
    assert text(page).count("on a form of its own") > 1, "as a hint, and as what to mend"
    alone = browser.post(
        f"/people/{teresa}/consent/", {**chosen, "segments": ["substance-use"], "purposes": ["TREAT"]}
    )
    assert "42 CFR" in text(alone)


def test_a_worker_writes_down_that_she_stops(table: Table, teresa):
    consent = say_yes(teresa, table.danielle, table["ferry-street"])
    browser = worker(table, "alder-general")
    assert "Stop sharing" in text(browser.get(f"/people/{teresa}/consent/{consent}/stop/"))
    browser.post(f"/people/{teresa}/consent/{consent}/stop/", {"how": "by-phone"})
    with acting(table.marcus):
        assert facade.person(teresa) is None
    assert "Stopped" in text(browser.get(f"/people/{teresa}/consent/{consent}/"))


def test_a_page_says_who_decided(table: Table, teresa):
    say_yes(teresa, table.danielle, table["ferry-street"])
    page = text(worker(table, "alder-general").get(f"/people/{teresa}/"))
    assert "Alder General Hospital and Ferry Street Pantry" in page
    assert "Decided by The Table" in page
    assert "In force" in page


def test_two_clicks_stop_it(table: Table, teresa):
    """A button on the page, and one to confirm."""
    say_yes(teresa, table.danielle, table["ferry-street"])
    browser = person_browser(teresa)
    page = text(browser.get("/my/"))
    assert "Hello, Teresa" in page
    first_click = re.search(r'action="(/my/stop/[^"]+)"', page)[1]
    confirm = text(browser.get(first_click + "?"))
    assert "Stop sharing with Ferry Street Pantry?" in confirm
    done = browser.post(first_click)
    assert done["Location"] == "/my/"
    with acting(table.marcus):
        assert facade.person(teresa) is None
    after = text(browser.get("/my/"))
    assert "nothing new goes to Ferry Street Pantry" in after
    assert "You share nothing" in after
    assert browser.post(first_click).status_code == 302, "a second time is calm"


def test_she_reads_who_saw_her_and_why(table: Table, teresa):
    """Complete: each look of the hospital and of the pantry, with its ground."""
    say_yes(teresa, table.danielle, table["ferry-street"])
    worker(table, "ferry-street", Role.CASE_WORKER).get(f"/people/{teresa}/")
    worker(table, "alder-general").post("/people/", {"name": "teresa"})
    page = text(person_browser(teresa).get("/my/seen/"))
    assert "Worker of ferry-street, Ferry Street Pantry" in page
    assert re.search(r"Saw [^.]*your name and how to reach you[^.]*, to arrange help together\.", page)
    assert "Saw your name, in a list of people" in page
    assert "You said yes" in page
    assert "They keep a record of you" in page
    with acting(person_self(teresa)):
        lines = person_log(teresa, limit=None)
    assert {line.who for line in lines} >= {"Worker of ferry-street", "Worker of alder-general"}


def test_she_reads_who_asked_in_vain(table: Table, teresa):
    worker(table, "northbank-rides").get(f"/people/{teresa}/")
    page = text(person_browser(teresa).get("/my/"))
    assert "Worker of northbank-rides, Northbank Rides" in page
    assert "Asked for your name and how to reach you and saw nothing." in page
    assert "Not allowed" in page


def test_nothing_of_a_shelter_is_on_her_screen(table: Table):
    """W1: whoever holds her phone learns nothing of it."""
    teresa = register(TERESA, table.advocate)
    with acting(table.advocate):
        actions.update_record(teresa, replace(TERESA, phone="541-555-0121"), by=table.advocate)
    say_yes(teresa, table.advocate, table["ferry-street"], ends_at=now() + timedelta(days=90))
    browser = person_browser(teresa)
    for path in ("/my/", "/my/seen/", "/my/close/", "/my/reach/"):
        page = text(browser.get(path))
        assert "Safe Harbor" not in page, path
        assert "advocate" not in page, path


def test_she_closes_a_door_and_opens_it(table: Table, teresa):
    say_yes(teresa, table.danielle, table["ferry-street"])
    browser = person_browser(teresa)
    browser.post("/my/close/", {"partner": str(table["ferry-street"])})
    with acting(table.marcus):
        assert facade.person(teresa) is None
    assert "Closed out" in text(browser.get("/my/"))
    browser.post(f"/my/open/{table['ferry-street']}/")
    with acting(table.marcus):
        assert facade.person(teresa) is not None


def test_she_says_how_she_is_reached(table: Table, teresa):
    browser = person_browser(teresa)
    said = {"phone": "541-555-0177", "channel_call": "no", "channel_text": "yes", "best_time": "Evenings"}
    assert browser.post("/my/reach/", said).status_code == 302
    with acting(table.danielle):
        contact = facade.contact(teresa)
        assert (contact.phone, contact.best_time) == ("+15415550177", "Evenings")
        assert contact.may(Channel.TEXT)
        assert Channel.CALL in contact.unsafe
        assert facade.search(phone="+15415550177").people


def test_her_page_in_spanish_has_no_english_left(table: Table, teresa):
    say_yes(teresa, table.danielle, table["ferry-street"])
    worker(table, "ferry-street", Role.CASE_WORKER).get(f"/people/{teresa}/")
    browser = person_browser(teresa, language="es")
    page = text(browser.get("/my/"))
    assert 'lang="es"' in page
    assert "Hola, Teresa" in page
    for english in (
        "Stop sharing",
        "Who saw",
        "Said yes",
        "You said",
        "They keep",
        "to arrange",
        "first name",
    ):
        assert english not in page, english


def test_leaving_quickly_ends_the_session(table: Table, teresa):
    browser = person_browser(teresa)
    assert browser.get("/my/leave/")["Location"].startswith("https://www.weather.gov")
    assert browser.get("/my/").status_code == 302


def test_pages_of_a_person_are_never_kept_by_a_browser(table: Table, teresa):
    assert worker(table, "alder-general").get(f"/people/{teresa}/")["Cache-Control"] == "no-store"
    assert person_browser(teresa).get("/my/")["Cache-Control"] == "no-store"


def test_higher_storeys_put_their_part_on_the_pages(table: Table, teresa, monkeypatch):
    monkeypatch.setattr(facade, "_panels", {})
    panels.register(
        Panel("test", Place.HELP, "people/parts/tells.html", lambda actor, person: {"x": person.id})
    )
    panels.register(Panel("none", Place.HELP, "no/such.html", lambda actor, person: None))
    assert person_browser(teresa).get("/my/").status_code == 200


def test_standing_pages(table: Table, teresa):
    browser = worker(table, "alder-general")
    say_yes(teresa, table.danielle, table["ferry-street"])
    browser.post(f"/people/{teresa}/standing/close/", {"partner": str(table["ferry-street"])})
    assert "Closed since" in text(browser.get(f"/people/{teresa}/standing/"))
    browser.post(f"/people/{teresa}/standing/reopen/{table['ferry-street']}/")
    browser.post(f"/people/{teresa}/standing/mixed-up/")
    assert "Perhaps two people" in text(browser.get(f"/people/{teresa}/"))
    browser.post(f"/people/{teresa}/standing/mixed-up/")
    browser.post(f"/people/{teresa}/standing/died/", {"on": "2026-11-01"})
    assert "Has died" in text(browser.get(f"/people/{teresa}/"))


def test_her_own_page_is_opened_once(table: Table, teresa):
    browser = worker(table, "alder-general")
    assert browser.post(f"/people/{teresa}/own-page/", {"phone": "541-555-0118"}).status_code == 302
    again = browser.post(f"/people/{teresa}/own-page/", {"phone": "541-555-0118"})
    assert again.status_code == 422


def test_an_address_in_use_by_someone_hidden_is_answered_like_any_other(table: Table, teresa):
    said = {"email": "shared@example.org"}
    assert worker(table, "alder-general").post(f"/people/{teresa}/own-page/", said).status_code == 302
    other = register(HAROLD, table.marcus)
    browser = worker(table, "ferry-street", Role.CASE_WORKER)
    answer = browser.post(f"/people/{other}/own-page/", said)
    assert (answer.status_code, answer["Location"]) == (302, f"/people/{other}/")


def test_a_change_of_our_record_is_kept_and_shown(table: Table, teresa):
    browser = worker(table, "alder-general")
    assert 'value="Teresa"' in text(browser.get(f"/people/{teresa}/edit/"))
    browser.post(f"/people/{teresa}/edit/", typed(TERESA, family="Aguilar", city="Alder Falls"))
    page = text(browser.get(f"/people/{teresa}/"))
    assert "Alder Falls" in page
    bad = browser.post(f"/people/{teresa}/edit/", typed(TERESA, birth="2/30/1961"))
    assert bad.status_code == 422
    assert "Nothing you wrote is lost" in text(bad)


@pytest.mark.parametrize("role", [Role.ORG_ADMIN, Role.MEMBER, Role.ANALYST])
def test_pages_of_persons_are_for_those_who_help_them(table: Table, teresa, role):
    browser = worker(table, "alder-general", role)
    for path in ("/people/", "/people/new/", f"/people/{teresa}/", "/my/"):
        answer = browser.get(path)
        assert answer.status_code == 403, path
        assert "Teresa" not in text(answer)


def test_a_supervisor_reads_and_does_not_write(table: Table, teresa):
    browser = worker(table, "alder-general", Role.SUPERVISOR)
    assert browser.get(f"/people/{teresa}/").status_code == 200
    assert browser.get("/people/new/").status_code == 403
    assert browser.post(f"/people/{teresa}/edit/", typed(HAROLD)).status_code == 403
    assert browser.get(f"/people/{teresa}/consent/").status_code == 403


def test_may_share_speaks_of_her(table: Table, teresa):
    with acting(table.danielle):
        refused = facade.may_share(
            teresa, table["alder-general"], table["ferry-street"], GENERAL, Purpose.COORD
        )
    assert refused.words == "Teresa has not said yes to Ferry Street Pantry."


def test_no_consent_about_safety_is_on_her_screen(table: Table, teresa):
    """W1: not the consent, not its topic, not that something was written down about it."""
    agree(table, "alder-general", "millrace", segments=("domestic-violence",), purposes=("TREAT",))
    consent = say_yes(
        teresa, table.danielle, table["millrace"], topics=(NeedDomain.SAFETY,), purposes=(Purpose.TREAT,)
    )
    browser = person_browser(teresa)
    for path in ("/my/", "/my/seen/"):
        page = text(browser.get(path))
        assert "About: Safety" not in page, path
        assert "safety at home" not in page, path
        assert "Millrace" not in page, path
        assert "said yes to sharing" not in page, path
    assert browser.get(f"/my/stop/{consent}/").status_code == 404


def test_a_safety_topic_of_an_older_everyday_consent_is_hidden_too(table: Table, teresa):
    """What stood in the general segment before the form asked for safety apart."""
    say_yes(teresa, table.danielle, table["ferry-street"], topics=(NeedDomain.FOOD,))
    with acting(table.danielle):
        (food,) = facade.consents_of(teresa)
    old = replace(food, topics=(NeedDomain.FOOD, NeedDomain.ELDER_ABUSE))
    assert not sharing_rows.endangers(food, {})
    assert sharing_rows.endangers(old, {})


def test_the_form_asks_for_safety_alone(table: Table, teresa):
    agree(table, "alder-general", "millrace", segments=("domestic-violence",), purposes=("TREAT",))
    browser = worker(table, "alder-general")
    chosen = {**ASK, "recipients": [str(table["millrace"])], "purposes": ["TREAT"], "language": "en"}
    mixed = {**chosen, "topics": ["food-insecurity", "intimate-partner-violence"]}
    page = browser.post(f"/people/{teresa}/consent/", mixed)
    assert page.status_code == 422
    assert "Safety is asked for on a form of its own." in text(page)
    alone = text(
        browser.post(f"/people/{teresa}/consent/", {**chosen, "topics": ["intimate-partner-violence"]})
    )
    assert "It includes safety at home." in alone, "though only everyday needs were ticked"


def test_what_was_told_late_stands_under_the_day_it_happened(table: Table, teresa):
    """A yes by telephone of two days ago, entered today."""
    said = now() - timedelta(days=2)
    more = {"how": How.SIGNED_ON_SCREEN, "starts_at": said}
    with acting(table.danielle):
        draft = draft_consent(teresa, table["ferry-street"], **more)
        actions.give_consent(draft, by=table.danielle, occurred_at=said)
    days = [date_format(localtime(m), "DATE_FORMAT") for m in (said, now())]
    for path in ("/my/", "/my/seen/"):
        page = text(person_browser(teresa).get(path))
        assert f"On {days[0]}, written down on {days[1]}." in page, path
    assert re.search(rf"<h2[^>]*>{days[0]}</h2>.*Wrote down that you said yes", page, re.S)
    assert page.index(f">{days[1]}</h2>") < page.index(f">{days[0]}</h2>"), "the last that happened first"
