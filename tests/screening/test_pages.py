"""The pages: a worker asks, a person answers alone, in English and Spanish; others see nothing."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils.timezone import localdate
from tests.foundation.accounts_tools import browser_of, staff
from tests.screening.cast import agree_and_consent

from commonweal.foundation.access import acting
from commonweal.foundation.access.vocabulary import Role
from commonweal.kernel.answers import Answered
from commonweal.kernel.clock import now
from commonweal.kernel.domains import NeedDomain
from commonweal.kernel.ids import new_id
from commonweal.people import facade as people
from commonweal.screening import actions, facade
from commonweal.screening.queries import instruments, responses
from commonweal.screening.shapes import NeedAct
from commonweal.screening.vocabulary import CHECK_IN, Because, Mode, NeedStatus, Outcome, ResponseStatus
from commonweal.screening.web.panel import own_needs_panel
from commonweal.screening.web.sheets import named

FIELD = {}


@pytest.fixture(autouse=True)
def fields(db):
    FIELD.update({q.link_id: name for name, q in named(instruments.current(CHECK_IN))})


@pytest.fixture
def worker(stage) -> Client:
    return browser_of(staff("Inés Valdivia", Role.CASE_WORKER, partner_id=stage.ids["millrace"]))


@pytest.fixture
def stranger(stage) -> Client:
    return browser_of(staff("Marcus Odom", Role.CASE_WORKER, partner_id=stage.ids["ferry-street"]))


def form(do: str = "save", **answers: str | list[str]) -> dict[str, str | list[str]]:
    return {"do": do} | {FIELD.get(link.replace("__", "."), link): said for link, said in answers.items()}


def text_of(reply) -> str:
    content = re.sub(r"<[^>]+>", " ", reply.content.decode())
    return re.sub(r"\s+", " ", unescape(content))


def without_address(reply) -> str:
    """A page without its own address, which the switch of languages holds."""
    return re.sub(r"next=[^\"]*", "", reply.content.decode())


def begin(stage, mode: Mode = Mode.ALOUD, language: str = "en"):
    with acting(stage.ines):
        return actions.start(stage.teresa, by=stage.ines, mode=mode, language=language)


def test_a_worker_finds_a_person_and_begins(stage, worker):
    page = worker.get("/screenings/?name=Teresa")
    assert f"/screenings/new/{stage.teresa}/" in page.content.decode()
    start = worker.get(f"/screenings/new/{stage.teresa}/")
    assert "Ask Teresa how things are" in text_of(start)
    went = worker.post(
        f"/screenings/new/{stage.teresa}/",
        {"instrument": CHECK_IN, "mode": "read-aloud", "language": "es", "interpreter": "on"},
    )
    page = worker.get(went.url)
    assert "¿Cómo están de comida en casa?" in text_of(page)
    assert "Ask only when you two are alone." in text_of(page)


def test_the_persons_language_is_offered_first(stage, worker):
    page = worker.get(f"/screenings/new/{stage.teresa}/").content.decode()
    assert re.search(r'value="es"[^>]*checked', page)


BAD_STARTS = [
    ({}, "Choose"),
    ({"mode": "paper"}, "Write the date that is on the paper."),
    ({"mode": "paper", "asked_on": "2999-01-01"}, "This date has not come yet."),
]


@pytest.mark.parametrize(("more", "words"), BAD_STARTS[1:])
def test_paper_needs_its_date(stage, worker, more, words):
    data = {"instrument": CHECK_IN, "language": "en", "interpreter": "on"} | more
    page = worker.post(f"/screenings/new/{stage.teresa}/", data)
    assert words in text_of(page)
    assert 'name="interpreter" id="id_interpreter" checked' in page.content.decode()


def test_from_questions_to_a_need(stage, worker):
    screening = begin(stage)
    went = worker.post(
        f"/screenings/{screening}/answer/",
        form(
            "finish", food="hungry", food__help="yes", travel="often-not", utilities="on", strengths=["faith"]
        ),
    )
    page = worker.get(went.url)
    said = text_of(page)
    assert "Some days there is too little to eat, or nothing." in said
    assert "They can’t always get to where they need to go." in said
    assert "Faith" in said
    assert "Electricity, heat and water" in said  # under what goes well
    assert "Z59.41" in said
    finding = next(
        f for f in shown(stage, screening).findings if f.determination.domain is NeedDomain.TRANSPORT
    )
    went = worker.post(f"/screenings/{screening}/wishes/", {f"wish-{finding.id}": "yes"}, follow=True)
    assert "One thing they want help with was written down." in text_of(went)
    with acting(stage.ines):
        assert {n.domain for n in facade.needs_of(stage.teresa)} == {NeedDomain.FOOD, NeedDomain.TRANSPORT}


def shown(stage, screening):
    with acting(stage.ines):
        return responses.screening(screening)


def kept(stage, screening):
    with acting(stage.treating):
        return {g.link_id: g for g in responses.givens_of(screening)}


def test_nothing_is_lost_when_an_answer_cannot_be_taken(stage, worker):
    screening = begin(stage)
    page = worker.post(f"/screenings/{screening}/answer/", form("finish", food="lots", travel="often-not"))
    assert page.status_code == 200
    assert "This is not one of the answers." in text_of(page)
    html = page.content.decode()
    assert re.search(rf'name="{FIELD["travel"]}" value="often-not" class="opens" checked', html)
    assert kept(stage, screening)["travel"].codes == ("often-not",)
    assert shown(stage, screening).status is ResponseStatus.IN_PROGRESS


def test_a_half_filled_form_can_be_saved_and_taken_up_again(stage, worker):
    screening = begin(stage)
    worker.post(f"/screenings/{screening}/answer/", form(food="short", safety="not-always"))
    html = worker.get(f"/screenings/{screening}/answer/").content.decode()
    assert re.search(rf'name="{FIELD["food"]}" value="short" class="opens" checked', html)
    assert re.search(rf'name="{FIELD["safety"]}" value="not-always" class="opens" checked', html)
    waiting = worker.get("/screenings/")
    assert "Begun" in text_of(waiting)


def test_the_language_changes_in_the_form_and_keeps_the_answers(stage, worker):
    screening = begin(stage)
    page = worker.post(f"/screenings/{screening}/answer/", form("language:es", food="short"), follow=True)
    assert "Algunas semanas falta" in text_of(page)
    assert re.search(rf'name="{FIELD["food"]}" value="short" class="opens" checked', page.content.decode())


def test_answers_are_kept_while_they_are_given_where_the_browser_can(stage, worker):
    screening = begin(stage)
    url, by_script = f"/screenings/{screening}/answer/", {"HX-Request": "true"}
    reply = worker.post(url, form(food="short"), headers=by_script)
    assert text_of(reply).strip() == "Saved."
    assert kept(stage, screening)["food"].codes == ("short",)
    wrong = worker.post(url, form(food="lots"), headers=by_script)
    assert "Look at the answers once more" in text_of(wrong)


def test_the_persons_own_page_shows_their_wishes_and_not_safety(stage):
    from tests.screening.cast import herself

    with acting(stage.ines):
        facade.raise_need(stage.teresa, NeedDomain.FOOD, by=stage.ines)
        facade.raise_need(stage.teresa, NeedDomain.SAFETY, by=stage.ines)
    teresa = herself(stage.teresa)
    with acting(teresa):
        person = people.person(stage.teresa)
        shown = own_needs_panel(teresa, person)
    assert [row["name"] for row in shown["needs"]] == ["Food"]


def test_a_higher_storey_puts_its_link_beside_an_open_need(stage, worker, monkeypatch):
    monkeypatch.setattr(facade, "_acts", {})
    facade.register_need_act(NeedAct("x", "Find help", lambda need: f"/help/{need.id}/"))
    with acting(stage.ines):
        food = facade.raise_need(stage.teresa, NeedDomain.FOOD, by=stage.ines)
        safety = facade.raise_need(stage.teresa, NeedDomain.SAFETY, by=stage.ines)
    assert f"/help/{food}/" in worker.get(f"/screenings/needs/{food}/").content.decode()
    assert f"/help/{food}/" in worker.get(f"/people/{stage.teresa}/").content.decode()
    assert f"/help/{safety}/" in worker.get(f"/screenings/needs/{safety}/").content.decode()
    assert f"/help/{safety}/" not in worker.get(f"/people/{stage.teresa}/").content.decode()
    with acting(stage.ines):
        facade.set_need_status(food, NeedStatus.MET, by=stage.ines)
    assert f"/help/{food}/" not in worker.get(f"/screenings/needs/{food}/").content.decode()


def test_not_answering_comes_in_kinds(stage, worker):
    screening = begin(stage)
    worker.post(
        f"/screenings/{screening}/answer/",
        form(
            "finish",
            food="asked-declined",
            travel="asked-unknown",
            work="~unable",
            skip="not-alone",
            safety="no",
        ),
    )
    answers = kept(stage, screening)
    assert answers["food"].absent is Answered.DECLINED
    assert answers["travel"].absent is Answered.UNKNOWN
    assert answers["work"].absent is Answered.UNABLE
    assert answers["money"].absent is Answered.NOT_ASKED
    assert (answers["safety"].codes, answers["safety"].because) == ((), Because.NOT_ALONE)
    assert "Not asked: they were not alone" in text_of(worker.get(f"/screenings/{screening}/"))


def test_safety_is_shown_apart_and_to_those_who_treat(stage, worker):
    screening = begin(stage)
    worker.post(f"/screenings/{screening}/answer/", form("finish", safety="no", safety__help="yes"))
    page = text_of(worker.get(f"/screenings/{screening}/"))
    assert "Kept apart" in page
    assert "They are afraid of somebody in their life." in page
    assert "Safety" not in text_of(worker.get("/screenings/"))
    supervisor = browser_of(staff("Ada Supervisor", Role.SUPERVISOR, partner_id=stage.ids["millrace"]))
    assert supervisor.get(f"/screenings/{screening}/").status_code == 200


def test_declining_is_one_press(stage, worker):
    page = worker.post(f"/screenings/new/{stage.teresa}/", {"do": "declined"}, follow=True)
    assert "Did not want to be asked" in text_of(page)


def test_a_mistake_says_what_is_wrong(stage, worker):
    screening = begin(stage)
    worker.post(f"/screenings/{screening}/answer/", form("finish", food="short"))
    assert worker.post(f"/screenings/{screening}/mistake/", {"reason": ""}).status_code == 200
    worker.post(f"/screenings/{screening}/mistake/", {"reason": "Harold's answers"})
    assert shown(stage, screening).status is ResponseStatus.IN_ERROR


class TestAlone:
    """The person's own phone, by link, without an account."""

    @pytest.fixture
    def screening(self, stage):
        return begin(stage, Mode.SELF, "es")

    @pytest.fixture
    def link(self, stage, worker, screening):
        page = worker.post(f"/screenings/{screening}/link/")
        return re.search(r"/screenings/alone/[\w-]{43}/", page.content.decode()).group()

    def test_the_page_speaks_the_persons_language_and_shows_no_name(self, link):
        page = Client().get(link)
        said = text_of(page)
        assert "¿Cómo están de comida en casa?" in said
        assert '<html lang="es">' in page.content.decode()
        assert "Teresa" not in said
        assert "Aguilar" not in said
        assert page.headers["Cache-Control"] == "no-store"

    def test_answers_come_in_and_the_link_shuts(self, stage, worker, link, screening):
        phone = Client()
        page = phone.post(link, form("finish", food="short", food__help="yes", safety="no"))
        assert "Gracias" in text_of(page)
        assert "miedo" not in text_of(page)
        assert phone.get(link).status_code == 404
        found = shown(stage, screening)
        assert (found.outcome, found.looked_at) == (Outcome.PARTIAL, None)
        assert "Answered alone: read it" in text_of(worker.get("/screenings/"))
        worker.post(f"/screenings/{screening}/wishes/")
        assert shown(stage, screening).looked_at is not None
        with acting(stage.ines):
            assert [n.domain for n in facade.needs_of(stage.teresa)] == [NeedDomain.FOOD]

    def test_saved_answers_come_back_but_those_about_safety_do_not(self, stage, link, screening):
        phone = Client()
        phone.post(link, form(food="short", safety="no"))
        html = phone.get(link).content.decode()
        assert re.search(rf'name="{FIELD["food"]}" value="short" class="opens" checked', html)
        assert not re.search(rf'name="{FIELD["safety"]}" value="no" class="opens" checked', html)
        phone.post(link, form(food="enough"))
        assert kept(stage, screening)["safety"].codes == ("no",)

    def test_a_way_to_leave_is_always_there(self, link):
        html = Client().get(link).content.decode()
        assert html.count("https://www.weather.gov/") == 2
        assert "noreferrer" in html

    def test_an_unknown_link_and_a_shut_one_look_alike(self, worker, link, screening):
        worker.post(f"/screenings/{screening}/aloud/")
        shut, unknown = Client().get(link), Client().get("/screenings/alone/" + "x" * 43 + "/")
        assert shut.status_code == unknown.status_code == 404
        assert text_of(shut) == text_of(unknown)

    def test_a_new_link_shuts_the_one_before(self, worker, link, screening):
        worker.post(f"/screenings/{screening}/link/")
        assert Client().get(link).status_code == 404

    def test_no_cross_site_form(self, link):
        assert Client(enforce_csrf_checks=True).post(link, form("finish", food="short")).status_code == 403


def pages(stage, screening, need) -> list[str]:
    return [
        f"/screenings/new/{stage.teresa}/",
        f"/screenings/{screening}/",
        f"/screenings/{screening}/answer/",
        f"/screenings/{screening}/mistake/",
        f"/screenings/needs/new/{stage.teresa}/",
        f"/screenings/needs/{need}/",
    ]


def test_another_partner_finds_nothing_and_absence_looks_the_same(stage, worker, stranger):
    screening = begin(stage)
    worker.post(f"/screenings/{screening}/answer/", form("finish", food="short", food__help="yes"))
    with acting(stage.ines):
        (need,) = facade.needs_of(stage.teresa)
    absent = stranger.get(f"/screenings/{new_id()}/")
    for url in pages(stage, screening, need.id):
        reply = stranger.get(url)
        assert reply.status_code == 404, url
        assert without_address(reply) == without_address(absent)
    for url in (f"/screenings/{screening}/wishes/", f"/screenings/{screening}/link/"):
        assert stranger.post(url).status_code == 404
    assert "Teresa" not in text_of(stranger.get("/screenings/"))
    assert "Teresa" not in text_of(stranger.get("/screenings/?name=Teresa")).replace("Their name", "")


def test_a_malformed_address_is_an_absent_one(stage, worker):
    absent = worker.get(f"/screenings/{new_id()}/")
    for text in ("nonsense", str(new_id()).upper(), "1"):
        reply = worker.get(f"/screenings/{text}/")
        assert reply.status_code == 404
        assert without_address(reply) == without_address(absent)


@pytest.mark.parametrize("role", [Role.ANALYST, Role.MEMBER, Role.ORG_ADMIN, Role.PRIVACY_OFFICER])
def test_other_roles_are_told_that_the_page_is_not_theirs(stage, role):
    browser = browser_of(staff("Somebody Else", role, partner_id=stage.ids["millrace"]))
    assert browser.get("/screenings/").status_code == 403


def test_whoever_is_not_signed_in_is_asked_to(stage):
    screening = begin(stage)
    for url in ("/screenings/", f"/screenings/{screening}/", f"/screenings/paper/{CHECK_IN}/"):
        assert Client().get(url).status_code == 302


def test_a_need_is_raised_and_moved_on_its_page(stage, worker):
    went = worker.post(
        f"/screenings/needs/new/{stage.teresa}/", {"domain": "childcare", "agreed": "spoken", "urgent": "on"}
    )
    page = worker.get(went.url)
    assert "Child care" in text_of(page)
    assert "Can’t wait" in text_of(page)
    refused = worker.post(went.url, {"status": "unmet", "reason": ""})
    assert "Say why, so that others can learn from it." in text_of(refused)
    worker.post(went.url, {"status": "unmet", "reason": "No place until spring"})
    assert "No place until spring" in text_of(worker.get(went.url))


def test_a_need_about_safety_is_quiet_on_its_page_and_absent_from_the_list(stage, worker):
    went = worker.post(
        f"/screenings/needs/new/{stage.teresa}/", {"domain": "intimate-partner-violence", "agreed": "spoken"}
    )
    assert "This is kept apart." in text_of(worker.get(went.url))
    assert went.url not in worker.get("/screenings/").content.decode()


def test_paper_leaves_safety_out_unless_it_stays_in_the_office(stage, worker):
    home = text_of(worker.get(f"/screenings/paper/{CHECK_IN}/?lang=es"))
    assert "¿Cómo están de comida en casa?" in home
    assert "¿Se siente a salvo" not in home
    office = text_of(worker.get(f"/screenings/paper/{CHECK_IN}/?lang=es&safety=yes"))
    assert "¿Se siente a salvo" in office
    assert worker.get("/screenings/paper/nothing/").status_code == 404


def test_every_reading_is_in_the_persons_log(stage, worker):
    from tests.screening.cast import herself

    from commonweal.foundation.audit import person_log

    screening = begin(stage)
    worker.post(f"/screenings/{screening}/answer/", form("finish", food="short"))
    worker.get(f"/screenings/{screening}/")
    worker.get("/screenings/")
    with acting(herself(stage.teresa)):
        lines = repr(list(person_log(stage.teresa)))
    assert "your answers about your needs" in lines
    assert "that you were asked about your needs" in lines


def test_the_pages_are_whole_in_spanish(stage, worker):
    screening = begin(stage)
    worker.post(
        f"/screenings/{screening}/answer/", form("finish", food="hungry", safety="no", utilities="on")
    )
    worker.cookies["commonweal_language"] = "es"
    said = text_of(worker.get(f"/screenings/{screening}/"))
    assert "Lo que nos dijo Teresa" in said
    assert "Hay días en que hay muy poco para comer, o nada." in said
    assert "¿Cómo está la gente?" in text_of(worker.get("/screenings/"))


def test_a_list_costs_the_same_however_long_it_is(stage, worker, django_assert_max_num_queries):
    with acting(stage.ines):
        for person in (stage.teresa, stage.harold):
            for days in range(6):
                actions.start(
                    person, by=stage.ines, mode=Mode.PAPER, asked_on=localdate(now()) - timedelta(days=days)
                )
    with django_assert_max_num_queries(40):
        worker.get("/screenings/")


def test_with_the_persons_yes_another_partner_reads_what_is_general_and_no_more(stage, worker, stranger):
    agree_and_consent(stage)
    screening = begin(stage)
    worker.post(f"/screenings/{screening}/answer/", form("finish", food="hungry", safety="no"))
    page = stranger.get(f"/screenings/{screening}/")
    assert "Some days there is too little to eat, or nothing." in text_of(page)
    assert "Kept apart" not in text_of(page)
    assert "safe with the people" not in text_of(page)
    assert "wish-" not in page.content.decode()
    finding = next(f for f in shown(stage, screening).findings if f.determination.domain is NeedDomain.FOOD)
    assert stranger.post(f"/screenings/{screening}/wishes/", {f"wish-{finding.id}": "yes"}).status_code == 404
    assert stranger.post(f"/screenings/{screening}/mistake/", {"reason": "no"}).status_code in (403, 404)
    assert shown(stage, screening).status is ResponseStatus.COMPLETED
