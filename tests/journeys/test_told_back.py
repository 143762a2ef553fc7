"""A resident says something on a phone, in Spanish, without an account, and is told what becomes of it.

It is put together with what others said, becomes a question, is voted on and decided; at each stage the code
tells it in Spanish. Without JavaScript.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from .conftest import Demo
from .hands import be

WORDS = "Mi hermana no puede llevar a los niños al médico. No hay quien los cuide los martes."
QUESTION = "Shall we support child care at the clinic on Tuesdays?"
SYLLABLES = re.compile(r"^[a-z]{4}-[a-z]{4}-[a-z]{4}$")


@pytest.fixture
def doors(browser: Browser) -> Iterator[list[BrowserContext]]:
    """Browsers of different people; all are closed at the end."""
    opened: list[BrowserContext] = []
    yield opened
    for one in opened:
        one.close()


def _door(
    browser: Browser, doors: list[BrowserContext], *, phone: bool = False, locale: str = "en-US"
) -> Page:
    size = {"width": 390, "height": 844} if phone else {"width": 1280, "height": 900}
    context = browser.new_context(java_script_enabled=False, viewport=size, locale=locale)  # type: ignore[arg-type]
    context.set_default_timeout(20_000)
    doors.append(context)
    return context.new_page()


def _say(page: Page, demo: Demo) -> str:
    """On a phone: one field, one press; the code is shown once."""
    page.goto(f"{demo.url}/language/?to=es&next=/voices/")
    page.locator("main a.btn.first").first.click()
    page.locator("[name=words]").fill(WORDS)
    page.locator("main details summary").first.click()
    council = page.locator("[name=body] option", has_text="Consejo").first.get_attribute("value")
    page.locator("[name=body]").select_option(council)
    page.locator("main form button.first").click()
    code = page.locator("main code").inner_text().strip()
    assert SYLLABLES.match(code), code
    return code


def _ask(page: Page, demo: Demo, code: str) -> str:
    page.goto(f"{demo.url}/voices/ask/")
    page.locator("[name=code]").fill(code.upper().replace("-", " "))
    page.locator("main form button.first").click()
    main = page.locator("main")
    expect(main).to_contain_text(WORDS)
    return main.inner_text()


def test_what_a_resident_says_is_told_back(browser: Browser, demo: Demo, doors: list[BrowserContext]) -> None:
    phone = _door(browser, doors, phone=True, locale="es-US")
    code = _say(phone, demo)
    assert "Nadie ha respondido todavía" in _ask(phone, demo, code)

    priya = _door(browser, doors)
    be(priya, demo.url, "Priya Nair")
    priya.goto(f"{demo.url}/voices/bodies/residents-council/")
    priya.locator(".said", has_text=WORDS).locator("[name=inputs]").check()
    card = priya.locator("form").filter(has=priya.locator("[name=title]")).last
    card.locator("[name=title]").fill("Child care on clinic days")
    card.locator("[name=why]").fill("They ask who watches the children.")
    card.locator("button.first").click()
    told = _ask(phone, demo, code)
    assert "Se reunió con lo que dijeron otras personas" in told
    assert "They ask who watches the children." in told

    loretta = _door(browser, doors)
    be(loretta, demo.url, "Loretta Hayes")
    loretta.goto(f"{demo.url}/decisions/questions/new/?effect=none&matter=position")
    loretta.locator("[name=question]").fill(QUESTION)
    loretta.locator("[name=title]").fill("Child care on Tuesdays")
    loretta.locator("main [name=text]").fill("One room at the clinic, two people who watch the children.")
    loretta.locator("main details", has_text="What people said").locator("summary").click()
    loretta.locator("main label.choice", has_text="Child care on clinic days").last.locator("input").check()
    loretta.locator("main form button.first").click()
    number = int(re.search(r"/questions/(\d+)/", loretta.url).group(1))  # type: ignore[union-attr]
    told = _ask(phone, demo, code)
    assert f"Está en la pregunta {number}" in told

    stranger = _door(browser, doors)
    stranger.goto(f"{demo.url}/decisions/questions/{number}/")
    expect(stranger.locator("main")).to_contain_text("Somebody said something, and not to everybody.")
    expect(stranger.locator("main")).not_to_contain_text(WORDS)

    priya.goto(f"{demo.url}/decisions/questions/{number}/")
    expect(priya.locator("main")).to_contain_text(WORDS)
    priya.locator("main form:has(input[name=act][value=notice]) button").click()
    assert f"Está en la pregunta {number}" in _ask(phone, demo, code)

    loretta.goto(f"{demo.url}/decisions/questions/{number}/")
    loretta.locator("main details:has(input[name=act][value=withdraw]) > summary").click()
    back = loretta.locator("main form:has(input[name=act][value=withdraw])")
    back.locator("[name=why]").fill("The clinic opens the room by itself.")
    back.locator("button").click()
    told = _ask(phone, demo, code)
    assert f"La pregunta {number} se retiró, porque: The clinic opens the room by itself." in told
