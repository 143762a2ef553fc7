"""The inventory of doors is complete (SECURITY N01)."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

from commonweal.foundation.accounts.doors import as_markdown, doors

ROOT = Path(__file__).resolve().parents[2]

HELPERS = {
    "/accounts/sign-in/options/": "/accounts/sign-in/",
    "/accounts/invitation/<str:token>/options/": "/accounts/invitation/<token>/",
    "/accounts/passkeys/add/": "/accounts/passkeys/",
    "/accounts/passkeys/add/options/": "/accounts/passkeys/",
    "/accounts/passkeys/<int:passkey_id>/remove/": "/accounts/passkeys/",
    "/accounts/link/": "/accounts/link/<token>/",
}
"""Addresses that only serve a door."""
NO_WAY_IN = {"/accounts/me/", "/accounts/sign-out/", "/demo/mail/", "/demo/days/"}
"""Shows oneself; lets out; shows what a demo would have mailed, and nothing elsewhere."""


def addresses(resolver: URLResolver, before: str = "/") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        path = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry, path)
        else:
            yield path, entry


def bare(path: str) -> str:
    return re.sub(r"<\w+:(\w+)>", r"<\1>", path)


def test_every_address_of_accounts_is_a_door_or_serves_one() -> None:
    known = {door.where for door in doors()}
    missing = []
    for path, _entry in addresses(get_resolver()):
        if not path.startswith(("/accounts/", "/demo/")) or path in NO_WAY_IN:
            continue
        if bare(path) not in known and HELPERS.get(path) not in known:
            missing.append(path)
    assert missing == []


def test_every_address_that_opens_by_a_token_is_listed() -> None:
    known = {door.where for door in doors()}
    by_token = {
        bare(path) for path, _entry in addresses(get_resolver()) if "token" in path and path not in HELPERS
    }
    unlisted = [p for p in by_token if not any(p == d or p.startswith(d) for d in known)]
    assert unlisted == []


def test_no_library_brings_a_door_of_its_own() -> None:
    foreign = {
        entry.callback.__module__
        for _path, entry in addresses(get_resolver())
        if not entry.callback.__module__.startswith("commonweal.")
    }
    assert {
        m for m in foreign if m.startswith(("allauth", "django.contrib.admin", "django.contrib.auth"))
    } == set()


def test_sessions_begin_in_one_place() -> None:
    """Nothing else signs anyone in; tests may, with a session that ours calls over at once."""
    minting = re.compile(r"\b(django_login|auth\.login|login)\(\s*request|SESSION_KEY\]|_auth_user_id")
    found = [
        str(file.relative_to(ROOT))
        for file in (ROOT / "src").rglob("*.py")
        if minting.search(file.read_text(encoding="utf-8"))
    ]
    assert found == ["src/commonweal/foundation/accounts/sessions.py"]


def test_the_page_of_the_documentation_is_printed_from_the_inventory() -> None:
    page = ROOT / "docs" / "doors.md"
    assert page.read_text(encoding="utf-8") == as_markdown(), "run python scripts/doors.py > docs/doors.md"
