"""A worker's first day in a real browser: invitation, passkey, out, in again, a second passkey.

The authenticator is Chromium's own virtual one; everything between it and the database is real.
"""

import re
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Browser, CDPSession, Page, expect, sync_playwright
from tests.foundation.accounts_tools import invited, staff

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

pytestmark = [
    pytest.mark.journey,
    pytest.mark.xdist_group("journeys"),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine; install the package chromium"),
]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


HOME = re.compile(r"^http://[^/]+/$")


class Visit:
    """One browser window with an authenticator inside, and what it complained about."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.page: Page = browser.new_context(base_url=address, locale="en-US").new_page()
        self.complaints: list[str] = []
        self.page.on(
            "console", lambda said: self.complaints.append(said.text) if said.type == "error" else None
        )
        self.page.on("pageerror", lambda fault: self.complaints.append(str(fault)))
        self.wire: CDPSession = self.page.context.new_cdp_session(self.page)
        self.wire.send("WebAuthn.enable")
        self.authenticator: str = self._authenticator()

    def _authenticator(self, transport: str = "internal") -> str:
        found = self.wire.send(
            "WebAuthn.addVirtualAuthenticator",
            {
                "options": {
                    "protocol": "ctap2",
                    "transport": transport,
                    "hasResidentKey": True,
                    "hasUserVerification": True,
                    "isUserVerified": True,
                    "automaticPresenceSimulation": True,
                }
            },
        )
        return str(found["authenticatorId"])

    def user_verified(self, verified: bool) -> None:
        """What the finger on the reader says from now on."""
        said = {"authenticatorId": self.authenticator, "isUserVerified": verified}
        self.wire.send("WebAuthn.setUserVerified", said)

    def new_device(self) -> None:
        """A security key takes the place of the first device."""
        self.wire.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": self.authenticator})
        self.authenticator = self._authenticator("usb")

    def is_sound(self) -> None:
        """axe finds nothing on the page as it is now."""
        found: dict[str, Any] = Axe().run(self.page)
        assert [(v["id"], v["nodes"][0]["html"]) for v in found["violations"]] == []


@pytest.fixture
def visit(chromium: Browser, live_server: Any) -> Iterator[Visit]:
    found = Visit(chromium, live_server.url)
    yield found
    found.page.context.close()


def test_a_first_day(visit: Visit) -> None:
    page = visit.page
    page.goto(invited(staff()))
    expect(page.get_by_role("heading", level=1)).to_have_text("Welcome, Danielle Whitfield")
    visit.is_sound()
    page.get_by_label("A name for it").fill("My phone")
    page.get_by_role("button", name="Make my passkey").press("Enter")
    page.wait_for_url(HOME)

    page.goto("/accounts/me/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Danielle Whitfield")
    visit.is_sound()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You are signed out")
    page.go_back()
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    visit.is_sound()

    page.get_by_role("button", name="Sign in with a passkey").press("Enter")
    page.wait_for_url(re.compile(r"^http://[^/]+/accounts/me/$"))
    page.goto("/accounts/passkeys/")
    expect(page.get_by_text("My phone", exact=True)).to_be_visible()
    expect(page.get_by_text("Your only one")).to_be_visible()
    visit.is_sound()

    visit.new_device()
    page.get_by_label("A name for it").fill("My key")
    page.get_by_role("button", name="Make a passkey on this device").click()
    expect(page.get_by_text("The new passkey works from now on.")).to_be_visible()
    page.get_by_role("button", name="Remove My phone").click()
    expect(page.get_by_text("The passkey is gone.")).to_be_visible()
    assert visit.complaints == []


def test_without_a_finger_nobody_comes_in(visit: Visit) -> None:
    page = visit.page
    page.goto(invited(staff()))
    page.get_by_role("button", name="Make my passkey").click()
    page.wait_for_url(HOME)
    page.context.clear_cookies()
    visit.user_verified(False)
    page.goto("/accounts/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("That did not work, or was stopped.")).to_be_visible()
    visit.user_verified(True)
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(HOME)


def test_without_javascript_the_page_says_what_works(chromium: Browser, live_server: Any) -> None:
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False, locale="en-US")
    page = context.new_page()
    page.goto("/accounts/sign-in/")
    expect(page.get_by_text("A passkey needs JavaScript in your browser.")).to_be_visible()
    page.get_by_text("I am a resident and have no passkey").click()
    page.get_by_label("Your e-mail address or phone number").fill("loretta@example.org")
    page.get_by_role("button", name="Send me a link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look at your messages")
    context.close()
