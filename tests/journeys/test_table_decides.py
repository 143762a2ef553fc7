"""A resident's question becomes an agreement in force, and ends when the residents take their yes back.

A pantry helps someone who lies in hospital and may not know the day on which that person comes home. A
resident puts the question; the table and the residents answer; the day is there. The residents take their
yes back; it is gone, and the person reads who saw it. All with the keyboard alone, without JavaScript.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from .conftest import Demo
from .hands import be, press, press_to, tick, write

PERSON = "Teresa Aguilar"
TELLERS = ("Alder General Hospital", "St. Brigid Medical Center")
TOLD = ("Ferry Street Pantry", "Northbank Rides")
TITLE = "The day somebody comes home"
ASKED = "Shall hospitals tell those who help someone at home on which day that person comes home?"
WHY_BACK = "We were promised the counts every month, and have seen none."
COMES_HOME = "Is to go home on"
A_CODE = re.compile(r"^\w{12,}$")


@pytest.fixture
def doors(browser: Browser) -> Iterator[list[BrowserContext]]:
    """Browsers of different people; all are closed at the end."""
    opened: list[BrowserContext] = []
    yield opened
    for one in opened:
        one.close()


def _as(browser: Browser, demo: Demo, doors: list[BrowserContext], name: str, *, phone: bool = False) -> Page:
    size = {"width": 390, "height": 844} if phone else {"width": 1280, "height": 900}
    context = browser.new_context(java_script_enabled=False, viewport=size)  # type: ignore[arg-type]
    context.set_default_timeout(20_000)
    doors.append(context)
    page = context.new_page()
    be(page, demo.url, name)
    return page


def _beside(demo: Demo, number: int, what: str) -> None:
    """``beside.py`` in the demo's home."""
    left_out = ("COMMONWEAL_DB", "DATABASE_URL", "DJANGO_SETTINGS_MODULE")
    environment = {k: v for k, v in os.environ.items() if k not in left_out}
    environment["COMMONWEAL_HOME"] = str(demo.home)
    script = Path(__file__).with_name("beside.py")
    subprocess.run([sys.executable, str(script), str(number), what], env=environment, check=True, timeout=120)


def _number(page: Page) -> int:
    found = re.search(r"/questions/(\d+)/", page.url)
    assert found is not None, page.url
    return int(found.group(1))


def _put(page: Page, demo: Demo) -> int:
    """Loretta puts the question: what a yes would do, for how long, who gains, whose words it answers."""
    page.goto(f"{demo.url}/decisions/questions/")
    press(page.locator("main a[href$='/questions/new/']"))
    press(page.locator("main a[href='?effect=sharing.start']"))
    write(page.locator("[name=question]"), ASKED)
    write(page.locator("[name=title]"), TITLE)
    write(page.locator("main [name=text]"), "Only for people who said yes. Only the day, never the reason.")
    write(page.locator("[name=effect-title]"), TITLE)
    write(page.locator("[name=effect-text]"), "Hospitals tell the day, and nothing about the stay.")
    for name, partners in (("effect-tellers", TELLERS), ("effect-told", TOLD)):
        for partner in partners:
            tick(page.locator("main label.choice").filter(has_text=partner).locator(f"[name={name}]"))
    tick(page.locator("[name=effect-segments][value=hospital]"))
    tick(page.locator("[name=effect-purposes][value=COORD]"))
    end = datetime.now(UTC) + timedelta(days=200)
    write(page.locator("[name=ends_on]"), end.strftime("%m%d%Y"))
    press(page.locator("main form button.first"))
    gain = page.locator("#part-gain")
    write(gain.locator("[name=who]"), "People coming home")
    write(gain.locator("[name=gains]"), "Food on the day")
    write(gain.locator("[name=bears]"), "One more group knows that they were away")
    press(gain.locator("button"))
    expect(page.locator("#part-gain")).to_contain_text("People coming home: Food on the day")
    press(page.locator("main a.btn.first"))
    expect(page.locator("h1")).to_have_text(ASKED)
    return _number(page)


def _step(page: Page, act: str) -> None:
    """The next step of the question: notice, opening, counting."""
    press(page.locator(f"main form:has(input[name=act][value={act}]) button"))


def _vote(page: Page, body: str) -> str:
    """Yes, on the ballot of one body, with the keyboard alone; gives the code."""
    ballot = page.locator("main aside form.card").filter(has_text=body)
    radios = ballot.locator("[name=position]")
    press_to(radios.first)
    page.keyboard.press("Space")
    expect(ballot.locator("[name=position][value=yes]")).to_be_checked()
    press(ballot.locator("button[type=submit]"))
    expect(page.locator("h1")).to_have_text("Your vote is in")
    code = page.locator("main code").inner_text().strip()
    assert A_CODE.match(code), code
    press(page.locator("main a.btn.first"))
    return code


def _counted(page: Page, question: str) -> None:
    """The count, by hand where the program has not counted yet."""
    page.goto(question)
    if page.locator("main form:has(input[value=count])").count():
        _step(page, "count")


def _persons_page(page: Page, demo: Demo) -> str:
    """Found by name, as the pantry may: the person said yes to it."""
    page.goto(f"{demo.url}/people/")
    write(page.locator("main [name=name]"), PERSON)
    press(page.locator("main form button.first, main form button").first)
    press(page.locator("main a[href^='/people/']").filter(has_text=PERSON.split()[0]).first)
    return page.url


def test_a_residents_question_opens_the_day_and_their_no_closes_it(
    browser: Browser, demo: Demo, doors: list[BrowserContext]
) -> None:
    marcus = _as(browser, demo, doors, "Marcus Odom")
    loretta = _as(browser, demo, doors, "Loretta Hayes")

    person = _persons_page(marcus, demo)
    assert COMES_HOME not in marcus.content(), "nobody has decided that the pantry may know"

    number = _put(loretta, demo)
    question = loretta.url
    expect(loretta.locator("main")).to_contain_text("What would follow if we vote yes")
    _step(loretta, "notice")
    _step(loretta, "open")
    expect(loretta.locator("body")).to_contain_text("7 days after notice")
    _beside(demo, number, "notice")
    loretta.goto(question)
    _step(loretta, "open")
    _vote(loretta, "The Table")
    _vote(loretta, "Residents’ Council")
    on_phone = _as(browser, demo, doors, "Marcus Odom", phone=True)
    on_phone.goto(question)
    _vote(on_phone, "The Table")
    _beside(demo, number, "paper")
    _beside(demo, number, "close")

    _counted(loretta, question)
    press(loretta.locator("main a.btn.first[href^='/decisions/']"))
    decision = loretta.url
    assert re.search(r"/decisions/\d+/$", decision)
    main = loretta.locator("main")
    for words in ("12 of 12", TITLE, "In force", "Residents’ Council"):
        expect(main).to_contain_text(words)
    press(loretta.locator("main a[href^='/decisions/agreements/']").first)
    expect(loretta.locator("main")).to_contain_text("Ferry Street Pantry")
    expect(loretta.locator("main")).to_contain_text("the days of a hospital stay")

    marcus.goto(person)
    expect(marcus.locator("#hospital")).to_contain_text(COMES_HOME)
    expect(marcus.locator("#hospital")).to_contain_text("The reason for the stay is not told.")

    loretta.goto(decision)
    press(loretta.locator("main a[href$='/withdraw/']"))
    write(loretta.locator("main [name=why]"), WHY_BACK)
    press(loretta.locator("main button[value=assent]"))
    back, asked_back = _number(loretta), loretta.url
    expect(loretta.locator("main")).to_contain_text(WHY_BACK)
    _step(loretta, "notice")
    _beside(demo, back, "notice")
    loretta.goto(asked_back)
    _step(loretta, "open")
    _vote(loretta, "Residents’ Council")
    _beside(demo, back, "paper")
    marcus.goto(person)
    expect(marcus.locator("#hospital")).to_contain_text(COMES_HOME)
    _beside(demo, back, "close")
    _counted(loretta, asked_back)
    loretta.goto(decision)
    expect(loretta.locator("main")).to_contain_text("The residents took their yes back")
    expect(loretta.locator("main")).to_contain_text(WHY_BACK)

    marcus.goto(person)
    expect(marcus.locator("h1")).to_contain_text(PERSON.split()[0])
    assert COMES_HOME not in marcus.content(), "the residents have taken their yes back"

    teresa = _as(browser, demo, doors, PERSON)
    teresa.goto(f"{demo.url}/language/?to=en&next=/my/")
    expect(teresa.locator("main")).to_contain_text("Alder General Hospital wrote that you are to go home on")
    teresa.goto(f"{demo.url}/my/seen/")
    expect(teresa.locator("main")).to_contain_text("Marcus Odom")
    expect(teresa.locator("main")).to_contain_text("when you go home from hospital")
