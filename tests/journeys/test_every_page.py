"""Every kind of page, as every role: axe is silent in light and dark, it fits a phone, nothing complains.

Each role starts at its home and its menu and follows their links, to one address of each kind of page.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page
from playwright.sync_api import Error as PlaywrightError

from .conftest import Demo
from .hands import be, links_for

NAMES = ("", "Danielle", "Naomi", "Marcus", "Priya", "Ruth", "Mei", "Loretta", "Teresa", "Inés")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
TOKEN = re.compile(r"/[A-Za-z0-9_-]{40,}/")
PARTS = (
    "/decisions/",
    "/measures/",
    "/table/partners/",
    "/table/bodies/",
    "/screenings/paper/",
)
WITH_ROOMS = ("/decisions/agreements", "/decisions/record", "/decisions/questions", "/decisions/bylaws")
NOT_PAGES = ("/language/", "/accounts/sign-out", "/my/leave", "/static/", "/demo/", "/decisions/boards/")
LEVELS = 3
DEEPER = {
    "Loretta": (
        "/table/bodies/table/",
        "/table/meetings/",
        "/table/mine/",
        "/decisions/questions/",
        "/decisions/questions/new/?effect=sharing.start",
        "/decisions/bylaws/",
    ),
    "Naomi": ("/people/",),
    "Priya": ("/table/bodies/food-workgroup/", "/table/meetings/", "/decisions/questions/2/paper/"),
}
"""Where some begin besides, because what they do there lies deeper than three links from their home."""


def kind(address: str) -> str:
    """The kind of page an address names: ids, numbers, slugs and tokens are all alike."""
    path = TOKEN.sub("/*/", UUID.sub("*", urlsplit(address).path))
    path = re.sub(r"/\d+(?=/|$)", "/*", path)
    if "effect=" in address:
        return f"{path}?effect"
    for part in PARTS:
        if path.startswith(part) and not path.startswith(WITH_ROOMS):
            path = part + re.sub(r"^[^/.]+(?=[/.])", "*", path[len(part) :])
    return path


@dataclass
class Findings:
    """What was looked at and what was wrong, to be read by someone who will mend it."""

    looked: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def add(self, who: str, path: str, words: str) -> None:
        self.wrong.append(f"{who or 'a stranger'} {path}: {words}")


def _links(page: Page) -> list[str]:
    found = page.eval_on_selector_all("a[href]", "all => all.map(a => a.getAttribute('href'))")
    here = urlsplit(page.url)
    links = [urljoin(page.url, href) for href in found]
    return [x for x in links if urlsplit(x).netloc == here.netloc and _is_page(urlsplit(x).path)]


def _is_page(path: str) -> bool:
    return not path.startswith(NOT_PAGES) and not path.endswith((".csv", ".json", ".ics", ".toml"))


def _axe(page: Page) -> Iterator[str]:
    result: dict[str, Any] = Axe().run(page, options={**RULES, "resultTypes": ["violations"]})
    for one in result["violations"]:
        where = "; ".join(str(node["target"]) for node in one["nodes"][:3])
        yield f"{one['id']} ({one['impact']}): {one['help']} at {where}"


def _look(page: Page, who: str, address: str, found: Findings, lights: tuple[str, ...]) -> list[str]:
    """One page: it answers, axe is silent, it fits a phone. Gives the links it offers."""
    path = urlsplit(address).path
    page.set_viewport_size({"width": 1280, "height": 900})
    try:
        reply = page.goto(address)
    except PlaywrightError as error:
        found.add(who, path, f"does not open: {str(error).splitlines()[0]}")
        return []
    if reply is None or reply.status != 200:
        found.add(who, path, f"answers {reply and reply.status}")
        return []
    found.looked.append(f"{who} {kind(address)}")
    for light in lights:
        page.emulate_media(color_scheme=light)  # type: ignore[arg-type]
        for words in _axe(page):
            found.add(who, path, f"{light}: {words}")
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 844})
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            found.add(who, path, f"is {wide} px wide on {width} px")
    return _links(page)


def _open(browser: Browser, url: str, name: str) -> BrowserContext:
    context = browser.new_context(bypass_csp=True, reduced_motion="reduce")
    context.set_default_timeout(15_000)
    page = context.new_page()
    if name:
        be(page, url, name)
    page.close()
    return context


def _tour(browser: Browser, demo: Demo, name: str, seen: set[str], found: Findings) -> None:
    """All kinds of page that ``name`` reaches; deep ones that another role saw are not opened again."""
    context = _open(browser, demo.url, name)
    page = context.new_page()
    page.on(
        "console", lambda m: found.add(name, page.url, f"console: {m.text}") if m.type == "error" else None
    )
    page.on("pageerror", lambda error: found.add(name, page.url, f"error: {error}"))
    wave = [f"{demo.url}/", f"{demo.url}/accessibility/"]
    if not name:
        wave += [f"{demo.url}/accounts/sign-in/", f"{demo.url}/gallery/", f"{demo.url}/demo/"]
        wave += [f"{demo.url}/directory/?need=food"]
        wave += links_for(demo.home, "@")[-1:]
    wave += [f"{demo.url}{path}" for path in DEEPER.get(name, ())]
    mine: set[str] = set()
    for level in range(LEVELS):
        following: list[str] = []
        for address in wave:
            one = kind(address)
            if one in mine or (level > 1 and one in seen):
                continue
            mine.add(one)
            lights = ("light",) if one in seen else ("light", "dark")
            following += _look(page, name, address, found, lights)
        wave = following
    seen |= mine
    context.close()


def test_no_page_of_any_role_hinders_anyone(browser: Browser, demo: Demo) -> None:
    found = Findings()
    seen: set[str] = set()
    for name in NAMES:
        _tour(browser, demo, name, seen, found)
    assert len(seen) > 40, sorted(seen)
    assert not found.wrong, "\n".join([f"{len(found.wrong)} findings", *sorted(set(found.wrong))])


def test_a_wrong_address_is_a_calm_page(browser: Browser, demo: Demo) -> None:
    page = browser.new_context(bypass_csp=True).new_page()
    reply = page.goto(f"{demo.url}/nowhere-at-all/")
    assert reply is not None
    assert reply.status == 404
    assert not list(_axe(page))
    page.context.close()
