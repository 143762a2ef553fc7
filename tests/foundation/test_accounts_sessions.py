"""Sessions cannot be fixed, shared or kept alive (SECURITY P14, N05 to N07, N09)."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client
from tests.foundation.accounts_tools import (
    browser_of,
    is_in,
    resident,
    sign_in,
    staff,
    with_passkey,
)

from commonweal.foundation.accounts.middleware import KeepSession, quiet
from commonweal.foundation.accounts.sessions import Factor
from commonweal.kernel.clock import at, now

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


# Time (P14, N09)


def test_staff_are_signed_out_after_fifteen_idle_minutes() -> None:
    browser, start = browser_of(staff()), now()
    with at(start + 15 * MINUTE - timedelta(seconds=1)):
        assert is_in(browser)
    browser = browser_of(staff("Marcus Odom"))
    with at(now() + 15 * MINUTE):
        assert not is_in(browser)
    assert not is_in(browser)


def test_residents_have_thirty_minutes() -> None:
    browser, start = browser_of(resident(), Factor.LINK), now()
    with at(start + 29 * MINUTE):
        assert is_in(browser)
    with at(start + 59 * MINUTE + timedelta(seconds=30)):
        assert not is_in(browser)


def test_use_keeps_a_session_alive_but_never_beyond_twelve_hours() -> None:
    browser, start = browser_of(staff()), now()
    for step in range(1, 72):
        with at(start + step * 10 * MINUTE):
            assert is_in(browser), step
    with at(start + 12 * 60 * MINUTE):
        assert not is_in(browser)


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/accounts/me/", {"X-Polling": "1"}),
        ("/accounts/me/", {"Sec-Purpose": "prefetch;prerender"}),
        ("/accounts/me/", {"Purpose": "prefetch"}),
    ],
)
def test_pages_that_ask_by_themselves_do_not_keep_a_session_alive(path: str, headers: dict[str, str]) -> None:
    browser, start = browser_of(staff()), now()
    for step in range(1, 8):
        with at(start + step * 2 * MINUTE):
            assert browser.get(path, headers=headers).status_code == 200
    with at(start + 15 * MINUTE):
        assert not is_in(browser)


def test_a_view_that_pages_ask_by_themselves_can_say_so(rf) -> None:
    danielle = staff()
    browser = browser_of(danielle)
    request = rf.get("/")
    request.user, request.session = danielle, browser.session
    keeper = KeepSession(lambda _request: HttpResponse())
    with at(now() + 5 * MINUTE):
        seen = request.session["seen"]
        keeper.process_view(request, quiet(lambda _request: HttpResponse()))
        assert request.session["seen"] == seen
        keeper.process_view(request, lambda _request: HttpResponse())
        assert request.session["seen"] > seen


@pytest.mark.parametrize(
    "query", ["skip_timeout=1", "keepalive=0", "timeout=99999", "skip_timeout_reset=1", "seen=99999999999"]
)
def test_nothing_that_a_client_sends_moves_the_limits(query: str) -> None:
    browser, start = browser_of(staff()), now()
    with at(start + 10 * MINUTE):
        assert browser.get(f"/accounts/me/?{query}").status_code == 200
    with at(start + 26 * MINUTE):
        reply = browser.get(
            f"/accounts/me/?{query}", headers={"X-Session-Timeout": "99999", "X-Keep-Alive": "1"}
        )
        assert reply.status_code == 302
    assert not is_in(browser)


def test_a_session_without_our_marks_is_over() -> None:
    """One minted by any other path, say a library's login, opens nothing."""
    browser = Client()
    browser.force_login(staff())
    assert not is_in(browser)


@pytest.mark.parametrize("began", [None, "later", True, []])
def test_a_broken_mark_is_over(began: object) -> None:
    browser = browser_of(staff())
    session = browser.session
    session["began"] = began
    session.save()
    assert not is_in(browser) or began is True


# Identity (N05, N06, N07)


def test_signing_in_throws_a_preset_session_away() -> None:
    passkey = with_passkey(staff())
    browser = Client()
    browser.get("/accounts/sign-in/")
    session = browser.session
    session["planted"] = "by an attacker"
    session.save()
    preset = session.session_key
    browser.cookies["commonweal_session"] = preset
    assert sign_in(browser, passkey).status_code == 302
    assert browser.session.session_key != preset
    assert "planted" not in browser.session
    assert not Session.objects.filter(session_key=preset).exists()


def test_a_session_id_in_the_address_means_nothing() -> None:
    key = browser_of(staff()).session.session_key
    assert Client().get(f"/accounts/me/?commonweal_session={key}&sessionid={key}").status_code == 302


def test_signing_out_kills_the_session_not_only_the_cookie() -> None:
    browser = browser_of(staff())
    kept = browser.cookies["commonweal_session"].value
    assert browser.post("/accounts/sign-out/").status_code == 200
    replay = Client()
    replay.cookies["commonweal_session"] = kept
    assert not is_in(replay)
    assert not Session.objects.filter(session_key=kept).exists()


def test_signing_in_as_someone_else_leaves_nothing_of_the_first() -> None:
    danielle, marcus = staff(), staff("Marcus Odom")
    first, second = with_passkey(danielle), with_passkey(marcus)
    browser = Client()
    sign_in(browser, first)
    session = browser.session
    session["draft"] = "Harold"
    session.save()
    old = session.session_key
    sign_in(browser, second)
    assert b"Marcus Odom" in browser.get("/accounts/me/").content
    assert "draft" not in browser.session
    back = Client()
    back.cookies["commonweal_session"] = old
    assert not is_in(back)


def test_pages_of_someone_signed_in_are_never_stored() -> None:
    browser = browser_of(staff())
    for path in ("/accounts/me/", "/accounts/passkeys/", "/accounts/as/"):
        assert "no-store" in browser.get(path)["Cache-Control"], path


def test_the_session_cookie_is_kept_from_scripts_and_other_sites() -> None:
    browser = Client()
    sign_in(browser, with_passkey(staff()))
    cookie = browser.cookies["commonweal_session"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == ""
