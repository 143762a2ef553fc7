"""The main job through all roles: with the keyboard alone, without JavaScript, in English and in Spanish.

A worker asks a person how things are, finds who can help, asks the person, asks the pantry. The pantry
answers from a letter on a phone. The person says whether it helped. The Table sees it counted. Then the
person stops.
"""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from .conftest import Demo
from .hands import be, choose, links_for, new_link, pick, press, tick, unfold, write

PANTRY = "ferry-street"
AREAS = ("216", "220", "234", "330", "380", "419", "440", "513", "567", "614", "740", "937")


@dataclass(frozen=True)
class Tongue:
    """Who works in a language, and what the pages say in it."""

    code: str
    worker: str
    speaks: str
    can_you: str
    how_to_reach: str
    thanks: str
    waits: str
    needed: str


ENGLISH = Tongue(
    code="en",
    worker="Danielle Whitfield",
    speaks="English",
    can_you="Yes, we can help",
    how_to_reach="How to reach them",
    thanks="Thank you for your answer",
    waits="Waits for",
    needed="Food boxes, weekly",
)
SPANISH = Tongue(
    code="es",
    worker="Inés Valdivia",
    speaks="Español",
    can_you="Sí, podemos ayudar",
    how_to_reach="Cómo comunicarse",
    thanks="Gracias por su respuesta",
    waits="Espera",
    needed="Cajas de comida, cada semana",
)


@dataclass(frozen=True)
class Rosa:
    """Someone whom nobody in the demo resembles, so that no likeness is warned of."""

    family: str
    phone: str

    @property
    def told(self) -> str:
        """What of the number is the same in every way of writing it."""
        return self.phone[4:]


def _someone() -> Rosa:
    family = "".join(secrets.choice("bdfgklmnprstv") + secrets.choice("aeiou") for _ in range(5)).title()
    return Rosa(family, f"{secrets.choice(AREAS)}-555-01{secrets.randbelow(90) + 10}")


@pytest.fixture
def doors(browser: Browser) -> Iterator[list[BrowserContext]]:
    """Browsers of different people; all are closed at the end."""
    opened: list[BrowserContext] = []
    yield opened
    for one in opened:
        one.close()


def _page(browser: Browser, doors: list[BrowserContext], *, phone: bool = False) -> Page:
    size = {"width": 390, "height": 844} if phone else {"width": 1280, "height": 900}
    context = browser.new_context(java_script_enabled=False, viewport=size)  # type: ignore[arg-type]
    context.set_default_timeout(20_000)
    doors.append(context)
    return context.new_page()


def _speak(page: Page, demo: Demo, tongue: Tongue) -> None:
    page.goto(f"{demo.url}/language/?to={tongue.code}&next=/")
    expect(page.locator("html")).to_have_attribute("lang", tongue.code)


def _write_down(page: Page, demo: Demo, tongue: Tongue, rosa: Rosa) -> str:
    """A new person; gives the address of their page."""
    page.goto(f"{demo.url}/people/new/")
    write(page.locator("[name=given]"), "Rosa")
    write(page.locator("[name=family]"), rosa.family)
    pick(page, "language", tongue.speaks)
    write(page.locator("main [name=phone]"), rosa.phone)
    press(page.locator("main form button.first"))
    expect(page.locator("h1")).to_contain_text(rosa.family)
    return page.url


def _ask_how_things_are(page: Page, tongue: Tongue) -> None:
    press(page.locator("main a[href^='/screenings/new/']").first)
    choose(page, "mode", "read-aloud")
    choose(page, "language", tongue.code)
    press(page.locator("main form button.first"))
    short = page.locator("main input[type=radio][value=short]").first
    food = str(short.get_attribute("name"))
    choose(page, food, "short")
    choose(page, _wish_after(page, food), "yes")
    press(page.locator("main button[value=finish]"))


def _wish_after(page: Page, question: str) -> str:
    """The name of the question that follows: whether the person wants help with it."""
    names = [str(one.get_attribute("name")) for one in page.locator("main input[type=radio]").all()]
    distinct = list(dict.fromkeys(names))
    return distinct[distinct.index(question) + 1]


def _choose_the_pantry(page: Page) -> str:
    """From the need to the letter; gives the address where it is written."""
    press(page.locator("main a[href^='/referrals/new/']").first)
    hits = page.locator("article.hit").filter(has_text="Ferry Street Pantry")
    tick(hits.filter(has=page.locator("input[name=service]")).first.locator("input[name=service]"))
    press(page.locator("main form[action$='/ask/'] button.first"))
    assert page.locator("button[value=send]").count() == 0, "it could be sent before the person said yes"
    return page.url


def _ask_the_person(page: Page) -> None:
    press(page.locator("main aside a[href*='/consent/']"))
    partner = page.url.split("partner=")[1].split("&")[0]
    tick(page.locator(f"[name=recipients][value='{partner}']"))
    tick(page.locator("[name=topics][value=food-insecurity]"))
    tick(page.locator("[name=purposes][value=COORD]"))
    tick(page.locator("[name=segments][value=general]"))
    choose(page, "both_ways", "yes")
    choose(page, "days", "90")
    choose(page, "how", "signed-on-screen")
    press(page.locator("main button[value=words]"))
    write(page.locator("[name=signed_name]"), "Rosa")
    press(page.locator("main button[name=answer][value=yes]"))


def _send(page: Page, letter: str, words: str) -> str:
    """Write and send; gives the address of the request."""
    page.goto(letter)
    write(page.locator("[name=words]"), words)
    press(page.locator("main button[value=send]"))
    return page.url


def _pantry_answers(phone: Page, link: str, tongue: Tongue, words: str, rosa: Rosa) -> None:
    """On a phone, without an account: see little, say yes, see how to reach them, begin, end."""
    phone.goto(link)
    expect(phone.locator("main")).to_contain_text(words)
    for hidden in ("Rosa", rosa.family, rosa.told):
        assert hidden not in phone.content(), f"{hidden} is shown before the yes"
    press(phone.get_by_role("button", name=tongue.can_you))
    expect(phone.locator("main")).to_contain_text(tongue.how_to_reach)
    expect(phone.locator("main")).to_contain_text("Rosa")
    expect(phone.locator("main")).to_contain_text(rosa.told)
    assert rosa.family not in phone.content(), "the family name is more than the pantry needs"


def _pantry_helps(phone: Page, tongue: Tongue) -> None:
    press(phone.locator("form:has(input[value=begin]) button"))
    form = phone.locator("form:has(input[value=finish])")
    if not form.locator("button").is_visible():
        unfold(phone.locator("details:has(input[value=finish]) > summary"))
    first = str(form.locator("input[name=outcome]").first.get_attribute("value"))
    choose(phone, "outcome", first)
    press(form.locator("button"))
    expect(phone.locator("main")).to_contain_text(tongue.thanks)


def _person_says(page: Page, request: str, words: str) -> None:
    """The person's own answer, told by phone: the worker writes it down with how it came."""
    page.goto(request)
    form = page.locator("form:has(input[value=said])")
    if not form.locator("button").is_visible():
        unfold(page.locator("details:has(input[value=said]) > summary"))
    choose(page, "helped", "yes")
    choose(page, "provenance", str(form.locator("[name=provenance]").first.get_attribute("value")))
    write(form.locator("textarea"), words)
    press(form.locator("button"))
    expect(page.locator("#said")).to_contain_text(words)


def _person_stops(page: Page, person: str) -> None:
    """By phone: the worker writes down that the person stops."""
    page.goto(person)
    press(page.locator("main a[href*='/consent/']:not([href$='/consent/'])").first)
    press(page.locator("main a[href$='/stop/']"))
    how = page.locator("main input[type=radio]").first
    choose(page, str(how.get_attribute("name")), str(how.get_attribute("value")))
    press(page.locator("main form button.first"))


@pytest.mark.parametrize("tongue", [ENGLISH, SPANISH], ids=["english", "spanish"])
def test_the_main_job(browser: Browser, demo: Demo, doors: list[BrowserContext], tongue: Tongue) -> None:
    rosa = _someone()
    words = f"{tongue.needed} {rosa.family[::-1].lower()}"
    worker = _page(browser, doors)
    be(worker, demo.url, tongue.worker)
    _speak(worker, demo, tongue)

    _write_down(worker, demo, tongue, rosa)
    _ask_how_things_are(worker, tongue)
    letter = _choose_the_pantry(worker)
    _ask_the_person(worker)
    known = set(links_for(demo.home, PANTRY))
    request = _send(worker, letter, words)
    expect(worker.locator("main")).to_contain_text(tongue.waits)
    expect(worker.locator("html")).to_have_attribute("lang", tongue.code)

    phone = _page(browser, doors, phone=True)
    _speak(phone, demo, tongue)
    link = new_link(demo.home, PANTRY, known)
    _pantry_answers(phone, link, tongue, words, rosa)
    _pantry_helps(phone, tongue)

    _person_says(worker, request, "Muy amables" if tongue.code == "es" else "They were kind")


def test_a_person_stops_and_the_link_shows_nothing_more(
    browser: Browser, demo: Demo, doors: list[BrowserContext]
) -> None:
    rosa = _someone()
    worker = _page(browser, doors)
    be(worker, demo.url, ENGLISH.worker)
    person = _write_down(worker, demo, ENGLISH, rosa)
    _ask_how_things_are(worker, ENGLISH)
    letter = _choose_the_pantry(worker)
    _ask_the_person(worker)
    known = set(links_for(demo.home, PANTRY))
    _send(worker, letter, "Food boxes")
    phone = _page(browser, doors, phone=True)
    link = new_link(demo.home, PANTRY, known)
    _pantry_answers(phone, link, ENGLISH, "Food boxes", rosa)

    _person_stops(worker, person)

    phone.goto(link)
    for gone in ("Rosa", rosa.family, rosa.told):
        assert gone not in phone.content(), f"the link still shows {gone}"


def test_a_person_stops_sharing_in_two_clicks(
    browser: Browser, demo: Demo, doors: list[BrowserContext]
) -> None:
    page = _page(browser, doors, phone=True)
    be(page, demo.url, "Teresa Aguilar")
    page.goto(f"{demo.url}/my/")
    sharing = page.locator("#sharing form[action*='/my/stop/']")
    before = sharing.count()
    assert before
    press(sharing.last.locator("button"))
    press(page.locator("main form[method=post] button"))
    page.goto(f"{demo.url}/my/")
    expect(sharing).to_have_count(before - 1)


def test_the_table_sees_it_counted(browser: Browser, demo: Demo, doors: list[BrowserContext]) -> None:
    page = _page(browser, doors)
    be(page, demo.url, "Priya Nair")
    page.goto(f"{demo.url}/measures/")
    press(page.locator("main a[href='/measures/need-met/']").first)
    expect(page.locator("main table").first).to_be_visible()
    expect(page.locator("main")).to_contain_text("All together")
    page.goto(f"{demo.url}/referrals/gaps/")
    expect(page.locator("h1")).to_have_text("What people needed and could not get")
