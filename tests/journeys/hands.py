"""Hands for the stories: a keyboard and no mouse, a mailbox, a door for each role."""

import re
import time
from email import message_from_string
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from playwright.sync_api import Locator, Page

LINK = re.compile(r"https?://[^\s\"<>]+/r/[A-Za-z0-9_-]{20,}/")
MANY_STOPS = 220


def _has_focus(it: Locator) -> bool:
    return bool(it.evaluate("e => e === document.activeElement"))


def press_to(it: Locator) -> Locator:
    """Tab until ``it`` has the focus, as someone without a mouse does. Fails where no Tab leads there."""
    it.wait_for(state="attached")
    for _ in range(MANY_STOPS):
        if _has_focus(it):
            return it
        it.page.keyboard.press("Tab")
    raise AssertionError(f"no Tab leads to {it} on {it.page.url}")


def press(it: Locator) -> None:
    """Reach a link or a button by Tab, press Enter, and wait for the page it opens."""
    press_to(it)
    with it.page.expect_navigation():
        it.page.keyboard.press("Enter")


def unfold(it: Locator) -> None:
    """Open what a summary hides."""
    press_to(it)
    it.page.keyboard.press("Enter")


def write(it: Locator, words: str) -> None:
    press_to(it)
    it.page.keyboard.type(words)


def tick(it: Locator) -> None:
    press_to(it)
    if not it.is_checked():
        it.page.keyboard.press("Space")
    assert it.is_checked()


def choose(page: Page, name: str, value: str) -> None:
    """One radio of a group: Tab reaches the group, arrows move in it."""
    group = page.locator(f'main input[type=radio][name="{name}"]')
    wanted = page.locator(f'main input[type=radio][name="{name}"][value="{value}"]')
    values = [one.get_attribute("value") for one in group.all()]
    checked = next((n for n, one in enumerate(group.all()) if one.is_checked()), None)
    press_to(group.nth(checked or 0))
    if checked is None:
        page.keyboard.press("Space")
    for _ in range(values.index(value) - (checked or 0)):
        page.keyboard.press("ArrowDown")
    assert wanted.is_checked(), (name, value)


def pick(page: Page, name: str, words: str) -> None:
    """An option of a select, by typing the first letters of what it says."""
    box = press_to(page.locator(f'main select[name="{name}"]'))
    page.keyboard.type(words[:4])
    assert box.locator("option:checked").inner_text().strip().startswith(words)


def be(page: Page, url: str, name: str) -> None:
    """Sign in as someone of the cast through the demo's door."""
    page.goto(f"{url}/demo/")
    press(page.locator("main button").filter(has_text=name))


def letters(home: Path) -> list[EmailMessage]:
    """Every letter the demo has sent, read as a mail program reads it."""
    found: list[EmailMessage] = []
    for file in sorted((home / "mail").glob("*.log")):
        for text in re.split(r"^-{79}\n", file.read_text(errors="replace"), flags=re.M):
            if text.strip():
                found.append(message_from_string(text, policy=default))
    return found


def links_for(home: Path, recipient: str) -> list[str]:
    """The answering links in the letters to ``recipient``, oldest first."""
    found: list[str] = []
    for letter in letters(home):
        body = letter.get_body(("plain",)) if recipient in str(letter["To"]) else None
        found += LINK.findall(body.get_content()) if body is not None else []
    return found


def new_link(home: Path, recipient: str, known: set[str], seconds: float = 60) -> str:
    """The link that came by mail since ``known``; jobs send it, so it takes a moment."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        fresh = [link for link in links_for(home, recipient) if link not in known]
        if fresh:
            return fresh[-1]
        time.sleep(0.3)
    raise AssertionError(f"no letter with a link reached {recipient}")
