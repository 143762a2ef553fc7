"""One-time links of residents: never for staff, never telling who is known (SECURITY N03, N04, N12)."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.foundation.accounts_tools import SETUP, YES, is_in, resident, sign_in, staff, with_passkey

from commonweal.foundation.access import acting
from commonweal.foundation.accounts import actions, notices, throttle, tokens
from commonweal.foundation.accounts.models import Account, SignInLink
from commonweal.foundation.accounts.web import common
from commonweal.kernel.clock import at, now

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


class Post(list[dict[str, Any]]):
    """What left, and what was asked for."""

    asked: list[dict[str, str]]


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch) -> Post:
    """Jobs run at once; messages land in a list."""
    found = Post()
    found.asked = []

    def run(work: Any, **said: str) -> None:
        found.asked.append(said)
        work(**said)

    monkeypatch.setattr(notices, "defer", run)
    monkeypatch.setattr(notices, "send_email", lambda **mail: found.append({"by": "mail", **mail}))
    monkeypatch.setattr(notices, "send_sms", lambda **text: found.append({"by": "sms", **text}))
    return found


def ask(browser: Client, address: str) -> Any:
    return browser.post("/accounts/link/", {"address": address})


def path_of(message: dict[str, Any]) -> str:
    return "/accounts/" + message["context"]["url"].split("/accounts/")[1]


def test_a_resident_comes_in_by_a_link(post: Post) -> None:
    resident()
    browser = Client()
    assert ask(browser, " Loretta@Example.org").status_code == 200
    url = path_of(post[0])
    assert browser.get(url).status_code == 200
    assert not is_in(browser), "opening the link, as a mail scanner does, signs nobody in"
    assert browser.post(url).status_code == 302
    assert is_in(browser)


def test_a_link_by_text_message_to_a_phone_written_in_any_way(post: Post) -> None:
    resident(email="", phone="+12025550143")
    ask(Client(), "(202) 555-0143")
    assert [m["by"] for m in post] == ["sms"]


def test_a_link_works_once(post: Post) -> None:
    resident()
    browser = Client()
    ask(browser, "loretta@example.org")
    url = path_of(post[0])
    assert browser.post(url).status_code == 302
    assert browser.post(url).status_code == 404
    assert Client().get(url).status_code == 404


def test_a_link_ends_after_ten_minutes(post: Post) -> None:
    resident()
    browser = Client()
    ask(browser, "loretta@example.org")
    url = path_of(post[0])
    with at(now() + 10 * MINUTE - timedelta(seconds=5)):
        assert browser.get(url).status_code == 200
    with at(now() + 10 * MINUTE):
        assert browser.get(url).status_code == 404
        assert browser.post(url).status_code == 404


def test_a_newer_link_kills_the_older(post: Post) -> None:
    resident()
    browser = Client()
    ask(browser, "loretta@example.org")
    ask(browser, "loretta@example.org")
    assert browser.post(path_of(post[0])).status_code == 404
    assert browser.post(path_of(post[1])).status_code == 302


def test_another_browser_must_name_the_address_and_has_five_tries(post: Post) -> None:
    resident()
    ask(Client(), "loretta@example.org")
    url, other = path_of(post[0]), Client()
    for _ in range(4):
        assert other.post(url, {"address": "guess@example.org"}).status_code == 403
    assert other.post(url, {"address": "LORETTA@example.org"}).status_code == 302

    ask(Client(), "loretta@example.org")
    url, other = path_of(post[1]), Client()
    for _ in range(5):
        assert other.post(url, {"address": "guess@example.org"}).status_code == 403
    assert other.post(url, {"address": "loretta@example.org"}).status_code == 404
    assert not is_in(other)


def test_a_link_dies_when_the_address_changes(post: Post) -> None:
    loretta = resident()
    browser = Client()
    ask(browser, "loretta@example.org")
    with acting(SETUP):
        actions.change_address(loretta.pk, email="new@example.org", by=SETUP, verdict=YES)
    assert browser.post(path_of(post[0])).status_code == 404


def test_staff_are_sent_nothing(post: Post) -> None:
    staff()
    assert ask(Client(), "danielle@example.org").status_code == 200
    assert post == []
    assert not SignInLink.objects.exists()


def test_a_link_for_staff_would_open_nothing(post: Post) -> None:
    danielle = staff()
    secret = tokens.new_link(danielle, "danielle@example.org", "")
    browser = Client()
    assert browser.post(f"/accounts/link/{secret}/", {"address": "danielle@example.org"}).status_code == 404
    assert not is_in(browser)


def test_the_reply_tells_nobody_who_is_known(post: Post) -> None:
    resident()
    staff()
    closed = resident("Dale Pruitt", "dale@example.org")
    Account.objects.filter(pk=closed.pk).update(is_active=False)
    replies = set()
    known = ["loretta@example.org", "danielle@example.org", "dale@example.org"]
    for address in [*known, "stranger@example.org", "x", "555-0100", "a" * 254]:
        reply = ask(Client(), address)
        body = re.sub(rb'csrfmiddlewaretoken" value="[^"]+"', b"", reply.content)
        replies.add((reply.status_code, body, tuple(sorted(reply.headers.items()))))
    assert len(replies) == 1
    assert len(post.asked) == 7, "one job for each, whoever it is, so that no work tells"


def test_the_page_of_a_passkey_tells_nobody_who_is_known() -> None:
    with_passkey(staff())
    known, unknown = Client(), Client()
    first = known.post("/accounts/sign-in/options/", {"address": "danielle@example.org"}).json()
    second = unknown.post("/accounts/sign-in/options/", {"address": "stranger@example.org"}).json()
    for found in (first, second):
        del found["publicKey"]["challenge"]
    assert first == second
    assert not first["publicKey"].get("allowCredentials")


def test_an_address_gets_three_links_in_a_quarter_hour(post: Post) -> None:
    resident()
    for _ in range(6):
        assert ask(Client(), "loretta@example.org").status_code == 200
    assert len(post) == 3
    with at(now() + 16 * MINUTE):
        ask(Client(), "loretta@example.org")
    assert len(post) == 4


def test_trying_often_from_one_place_is_slowed_and_others_still_come_in(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(common, "TRIES", 5)
    passkey = with_passkey(staff())
    replies = [ask(Client(REMOTE_ADDR="198.51.100.7"), f"user{n}@example.org") for n in range(8)]
    assert [r.status_code for r in replies] == [200] * 5 + [429] * 3
    assert replies[-1]["Retry-After"] == "300"
    spray = [
        Client(REMOTE_ADDR="198.51.100.7").post("/accounts/sign-in/", {"credential": "{}"}) for _ in range(8)
    ]
    assert [r.status_code for r in spray] == [403] * 5 + [429] * 3
    for place in ("198.51.100.7", "203.0.113.9"):
        assert sign_in(Client(REMOTE_ADDR=place), passkey).status_code == 302, "a passkey is never locked out"


def test_a_client_cannot_claim_another_place(rf) -> None:
    request = rf.get(
        "/", headers={"X-Forwarded-For": "10.0.0.1", "X-Real-IP": "10.0.0.2", "Forwarded": "for=x"}
    )
    assert throttle.address_of(request) == "127.0.0.1"


def test_links_in_messages_never_follow_the_host_that_was_asked(post: Post, settings: Any) -> None:
    settings.BASE_URL = "https://table.example"
    resident()
    Client(headers={"Host": "localhost"}).post("/accounts/link/", {"address": "loretta@example.org"})
    assert post[0]["context"]["url"].startswith("https://table.example/accounts/link/")


def test_messages_say_nothing_about_anyone() -> None:
    """Through the real queue: the templates render in both languages, without a name in the link's mail."""
    with acting(notices.SENDER):
        for language in ("en", "es"):
            notices.send_email(
                to="x@example.org",
                template="accounts/mail/link",
                context={"url": "https://table.example/accounts/link/abc/", "table": "T"},
                language=language,
            )
            notices.send_sms(
                to="555-0100",
                template="accounts/mail/link",
                context={"url": "https://table.example/accounts/link/" + "a" * 43 + "/", "table": "T"},
                language=language,
            )
    danielle = staff()
    notices.tell_of_change(danielle)
    notices.send_invitation(danielle, "secret", partner="Alder General Hospital")
