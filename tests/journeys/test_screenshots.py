"""The README's pictures, taken from the running demo. ``make screenshots`` names the folder they go to."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page

from .conftest import Demo
from .hands import be, links_for, new_link

FOLDER = os.environ.get("COMMONWEAL_SCREENSHOTS", "")
HIGHEST = 1200
LARGEST = 250_000
ROOT = Path(__file__).resolve().parents[2]
NAMED = re.findall(r"\((docs/screenshots/[^)]+)\)", (ROOT / "README.md").read_text())


def _door(browser: Browser, demo: Demo | None, name: str, width: int = 1280) -> Page:
    context: BrowserContext = browser.new_context(
        viewport={"width": width, "height": 900}, device_scale_factor=1, reduced_motion="reduce"
    )
    context.set_default_timeout(30_000)
    page = context.new_page()
    if demo is not None and name:
        be(page, demo.url, name)
    return page


def _take(page: Page, name: str) -> None:
    """The page from its top, no higher than a README bears."""
    width = page.viewport_size["width"] if page.viewport_size else 1280
    page.evaluate("document.activeElement && document.activeElement.blur()")
    height = min(HIGHEST, int(page.evaluate("document.documentElement.scrollHeight")))
    target = Path(FOLDER) / f"{name}.png"
    clip = {"x": 0, "y": 0, "width": width, "height": height}
    page.screenshot(path=target, clip=clip, full_page=True)  # type: ignore[arg-type]
    assert target.stat().st_size < LARGEST, f"{target} is {target.stat().st_size} bytes"


def _worker(browser: Browser, demo: Demo) -> str:
    """The care manager's pages; gives the link in the letter that the pantry received."""
    page = _door(browser, demo, "Danielle Whitfield")
    page.goto(f"{demo.url}/")
    _take(page, "home-care-manager")
    person = _someone_hungry(page, demo)
    _take(page, "matching")
    _pantry_box(page).check()
    page.locator("main form[action$='/ask/'] button.first").click()
    letter = page.url
    page.goto(person)
    page.locator("main a[href$='/consent/']").first.click()
    _ask(page)
    _take(page, "consent")
    page.fill("[name=signed_name]", "Signed in the demo")
    page.locator("main button[name=answer][value=yes]").click()
    known = set(links_for(demo.home, "ferry-street"))
    page.goto(letter)
    page.fill("[name=words]", "Food boxes, weekly")
    page.fill("[name=area]", "Riverside")
    page.locator("main button[value=send]").click()
    page.wait_for_url(re.compile("/referrals/[0-9a-f-]{36}/$"))
    link = new_link(demo.home, "ferry-street", known)
    page.goto(person)
    page.locator("main a[href^='/screenings/new/']").first.click()
    page.check("[name=mode][value=read-aloud]")
    page.check("[name=language][value=en]")
    page.locator("main form button.first").first.click()
    page.locator("main button[value=finish]").wait_for()
    _take(page, "screening")
    page.context.close()
    return link


def _someone_hungry(page: Page, demo: Demo) -> str:
    """Someone whom the pantry could help and was not asked to; leaves the page of services open."""
    page.goto(f"{demo.url}/screenings/")
    rows = page.locator("main li, main tr").filter(has_text="Food")
    needs = rows.locator("a[href^='/screenings/needs/']")
    for address in [one.get_attribute("href") for one in needs.all()] or _all_people(page, demo):
        page.goto(f"{demo.url}{address}")
        if "/needs/" in str(address):
            page.locator("main a[href^='/people/']").first.click()
        person = page.url
        services = page.locator("main a[href^='/referrals/new/']")
        for link in [one.get_attribute("href") for one in services.all()]:
            page.goto(f"{demo.url}{link}")
            if _pantry_box(page).count():
                return person
    pytest.fail("nobody in the demo waits for food")


def _all_people(page: Page, demo: Demo) -> list[str | None]:
    page.goto(f"{demo.url}/people/")
    return [one.get_attribute("href") for one in page.locator("main a[href^='/people/']").all()]


def _pantry_box(page: Page) -> Locator:
    pantry = page.locator("article.hit").filter(has_text="Ferry Street Pantry").first
    return pantry.locator("input[name=service]")


def _ask(page: Page) -> None:
    page.locator("label", has_text="Ferry Street Pantry").first.click()
    page.check("[name=topics][value=food-insecurity]")
    page.check("[name=purposes][value=COORD]")
    page.check("[name=segments][value=general]")
    page.check("[name=both_ways][value=yes]")
    page.check("[name=days][value='90']")
    page.check("[name=how][value=signed-on-screen]")
    page.select_option("main [name=language]", "en")
    page.locator("main button[value=words]").click()
    page.locator("[name=signed_name]").wait_for()


def _pantry(browser: Browser, link: str) -> None:
    page = _door(browser, None, "", 390)
    page.goto(link)
    _take(page, "respond")
    page.context.close()


def _person(browser: Browser, demo: Demo) -> None:
    page = _door(browser, demo, "Teresa Aguilar", 390)
    page.goto(f"{demo.url}/language/?to=en&next=/my/")
    _take(page, "my")
    page.context.close()


def _table(browser: Browser, demo: Demo) -> None:
    page = _door(browser, demo, "Priya Nair")
    for name, path in (
        ("measure", "/measures/need-met/"),
        ("gaps", "/referrals/gaps/"),
        ("decision", "/decisions/16/"),
        ("question", "/decisions/questions/2/"),
        ("table", "/table/"),
    ):
        page.goto(f"{demo.url}{path}")
        _take(page, name)
    page.context.close()
    page = _door(browser, demo, "")
    page.goto(f"{demo.url}/directory/?q=comida&near=Riverside")
    _take(page, "directory")
    page.goto(f"{demo.url}/voices/")
    _take(page, "voices")
    page.context.close()


@pytest.mark.skipif(not FOLDER, reason="COMMONWEAL_SCREENSHOTS names no folder; make screenshots does")
def test_screenshots_for_the_readme(browser: Browser, demo: Demo) -> None:
    Path(FOLDER).mkdir(parents=True, exist_ok=True)
    _pantry(browser, _worker(browser, demo))
    _person(browser, demo)
    _table(browser, demo)


@pytest.mark.parametrize("image", NAMED)
def test_every_picture_the_readme_names_is_there(image: str) -> None:
    assert (ROOT / image).is_file()
    assert (ROOT / image).stat().st_size < LARGEST
