"""Someone who walks a charter's rule through the pages of its demo, as each of its people in turn."""

import os
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from ..conftest import Demo

FOLDER = os.environ.get("COMMONWEAL_WALK_SHOTS", "")
"""Where a picture of each step goes; empty: none is taken."""


@dataclass
class Walk:
    """A walk at one table. Everyone who takes part has a browser of their own, without JavaScript."""

    browser: Browser
    demo: Demo
    charter: str
    doors: dict[str, BrowserContext] = field(default_factory=dict)
    pages: dict[str, Page] = field(default_factory=dict)
    steps: int = 0

    def be(self, name: str) -> Page:
        """The page of someone whose card is on the demo's door; signed in at the first call."""
        if name not in self.pages:
            size = {"width": 1280, "height": 900}
            context = self.browser.new_context(java_script_enabled=False, viewport=size)  # type: ignore[arg-type]
            context.set_default_timeout(20_000)
            self.doors[name], self.pages[name] = context, context.new_page()
            self.go(name, "/demo/")
            self.press(self.pages[name], self.pages[name].get_by_role("button").filter(has_text=name).first)
        return self.pages[name]

    def cast_of_the_door(self) -> list[str]:
        """Whom a visitor can be: the words of each button of the demo's door, on one line."""
        page = self.browser.new_context(java_script_enabled=False).new_page()
        page.goto(f"{self.demo.url}/demo/")
        said = [" ".join(one.split()) for one in page.locator("main button").all_inner_texts()]
        page.context.close()
        return said

    def go(self, name: str, path: str, status: int = 200) -> Page:
        """Somebody opens an address of the demo, which answers with ``status``."""
        page = self.pages.get(name) or self.be(name)
        reply = page.goto(path if path.startswith("http") else f"{self.demo.url}{path}")
        assert reply is not None
        assert reply.status == status, (name, path, reply.status)
        return page

    @staticmethod
    def press(page: Page, what: Locator) -> None:
        """Press a link or a button, and wait for the page that it opens."""
        with page.expect_navigation():
            what.click()

    def look(self, page: Page, words: str) -> None:
        """Take a picture of where somebody is now, where a folder for them is named."""
        self.steps += 1
        if FOLDER:
            target = Path(FOLDER) / self.charter / f"{self.steps:02d}-{words}.png"
            target.parent.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=target, full_page=True)

    def put(
        self, who: str, kind: str, matter: str = "", *, body: str = "", days: int = 0, **said: object
    ) -> int:
        """Put a question as the page lets one. ``kind``: of effect, with ``matter`` where it is ``none``.
        ``said``: field by name (``effect_owner`` for ``effect-owner``): text, or in a list names or values of
        choices.
        Gives its number."""
        page = self.go(
            who, f"/decisions/questions/new/?effect={kind}" + (f"&matter={matter}" if matter else "")
        )
        if body:
            self.pick(page, "body", body)
        for name, value in said.items():
            self.fill(page, name.replace("effect_", "effect-"), value)
        if days:
            page.fill("[name=ends_on]", (datetime.now(UTC) + timedelta(days=days)).date().isoformat())
        self.look(page, f"{kind.replace('.', '-')}-filled-in-by-{_slug(who)}")
        self.press(page, page.locator("main form button[value=put]"))
        return number_of(page)

    def fill(self, page: Page, name: str, value: object) -> None:
        """Write into a field, choose in a list, or tick each of several."""
        if isinstance(value, list):
            for words in value:
                by_value = page.locator(f'main [name={name}][value="{words}"]')
                labels = page.locator("main label.choice").filter(has_text=words)
                (by_value if by_value.count() else labels.locator(f"[name={name}]")).check()
        elif page.locator(f"main select[name={name}]").count():
            self.pick(page, name, str(value))
        else:
            page.fill(f"main [name={name}]", str(value))

    @staticmethod
    def pick(page: Page, name: str, words: str) -> None:
        """The option of a list that begins so, or the choice that does."""
        options = page.locator(f"main select[name={name}] option")
        if options.count():
            value = options.filter(has_text=words).first.get_attribute("value")
            page.select_option(f"main select[name={name}]", value=value)
        else:
            page.locator("main label.choice").filter(has_text=words).locator(f"[name={name}]").first.check()

    def question(self, who: str, number: int) -> Page:
        """Somebody opens a question."""
        return self.go(who, f"/decisions/questions/{number}/")

    def step(self, who: str, number: int, act: str) -> Page:
        """The next step of a question: ``notice``, ``open`` or ``count``."""
        page = self.question(who, number)
        self.press(page, page.locator(f"main form:has(input[name=act][value={act}]) button"))
        self.look(page, f"{act}-of-question-{number}-by-{_slug(who)}")
        return page

    def open(self, who: str, number: int, *, days: bool = False) -> Page:
        """Give notice of the vote and open it; with ``days``, let the days of notice pass in between."""
        self.step(who, number, "notice")
        if days:
            self.days_pass(number)
        return self.step(who, number, "open")

    def vote(self, who: str, number: int, choice: str, body: str = "", reason: str = "") -> Page:
        """Somebody casts on the ballot of one body, with their own hand, and gets a code."""
        page = self.question(who, number)
        ballot = page.locator("main aside form.card").filter(has_text=body).first
        ballot.locator(f"[name=position][value={choice}]").check()
        if reason:
            ballot.locator("[name=reason]").fill(reason)
        self.press(page, ballot.locator("button[type=submit]"))
        expect(page.locator("h1")).to_have_text("Your vote is in")
        return page

    def counted(self, who: str, number: int) -> Page:
        """Let the days of voting pass and open the question as it was counted."""
        self.days_pass(number)
        page = self.question(who, number)
        count = page.locator("main form:has(input[name=act][value=count]) button")
        if count.count():
            self.press(page, count)
            self.look(page, f"count-of-question-{number}-by-{_slug(who)}")
        return page

    def decision(self, who: str, number: int) -> Page:
        """Follow a question to its decision."""
        page = self.question(who, number)
        self.press(page, page.locator("main .page-head a.btn.first[href^='/decisions/']"))
        assert re.search(r"/decisions/\d+/$", page.url), page.url
        return page

    def days_pass(self, number: int) -> None:
        """Let the days of a question pass, by the press that a visitor of the demo has for it."""
        self._pass(f"[name=question][value='{number}']", f"/decisions/questions/{number}/")

    def seats_stay_empty(self) -> None:
        """Let the time pass in which a body may find somebody new for a seat that was left."""
        self._pass("[name=question][value=seats]", "/demo/days/")

    def _pass(self, which: str, leads_to: str) -> None:
        """A job may hold the tables just then: the page says so, and one presses again."""
        who = next(iter(self.pages))
        for _again in range(3):
            page = self.go(who, "/demo/days/")
            self.press(page, page.locator(f"main form:has({which}) button"))
            if page.url.endswith(leads_to) and not page.get_by_text("press again").count():
                return
        raise AssertionError(page.locator("main").inner_text()[:500])

    def close(self) -> None:
        """Everybody closes their browser."""
        for door in self.doors.values():
            door.close()


def number_of(page: Page) -> int:
    """The number of the question that a page shows. AssertionError where it shows none."""
    found = re.search(r"/questions/(\d+)/", page.url)
    assert found is not None, (page.url, page.locator("main").inner_text()[:800])
    return int(found.group(1))


def says(page: Page, *words: str) -> None:
    """The page says each of these."""
    for one in words:
        expect(page.locator("main")).to_contain_text(one)


def _slug(name: str) -> str:
    return re.sub(r"\W+", "-", name.casefold()).strip("-")


def tallied(page: Page, *, yes: int, no: int) -> None:
    """The page tells how many said yes and how many no."""
    expect(page.locator("main")).to_contain_text(re.compile(rf"Yes\s*{yes}\s*No\s*{no}"))
