"""A12, A14, A19: what a stranger finds at doors that are none, with names that are not ours, and in ids."""

import multiprocessing

import pytest
from django.test import Client

from commonweal.kernel.ids import new_id

ELSEWHERE = [
    "/.git/config",
    "/.env",
    "/admin/",
    "/api/",
    "/graphql",
    "/debug/",
    "/__debug__/",
    "/metrics",
    "/server-status",
    "/media/",
    "/media/x.png",
    "/static/",
    "/static/../settings.py",
    "/static/%2e%2e/settings.py",
    "/openapi.json",
    "/schema/",
    "/fhir/metadata",
    "/backup.sql",
    "/robots.txt.bak",
    "/people.json",
    "/wp-login.php",
    "/people/..%2f..%2fetc/passwd",
    "/r/",
    "/r/x/",
    "/healthz/all",
]
TELLS = ("django", "python", "postgres", "granian", "traceback", "commonweal/0", "alder")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ELSEWHERE)
def test_a_door_that_is_none_tells_nothing(path: str) -> None:
    """A14: not there; and neither version nor tenant nor a word of the program."""
    answer = Client(raise_request_exception=False).get(path)
    assert answer.status_code in (301, 302, 404), answer.status_code
    said = " ".join(f"{name}: {value}" for name, value in answer.headers.items()).casefold()
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert [word for word in TELLS if word in said or (word.encode() in body.lower())] == []
    assert not {"server", "x-powered-by"} & {name.casefold() for name in answer.headers}


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_says_whether_and_nothing_else(path: str) -> None:
    answer = Client().get(path)
    assert answer.status_code == 200
    assert len(answer.content) < 40
    assert not any(word.encode() in answer.content.lower() for word in TELLS)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "forged",
    [
        {"HTTP_HOST": "evil.example"},
        {"HTTP_X_FORWARDED_HOST": "evil.example"},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1", "HTTP_X_USER_ID": "1", "HTTP_X_REMOTE_USER": "operator"},
        {"HTTP_X_HTTP_METHOD_OVERRIDE": "DELETE", "HTTP_X_ORIGINAL_URL": "/people/"},
    ],
    ids=["host", "forwarded host", "who I am", "another verb"],
)
def test_names_that_a_client_gives_itself_change_nothing(forged: dict[str, str]) -> None:
    """A18, A19: refused or ignored; no door opens and no address of ours is bent."""
    answer = Client(raise_request_exception=False).get("/people/", headers={}, **forged)
    assert answer.status_code in (302, 400)
    assert "evil.example" not in answer.headers.get("Location", "")
    assert b"evil.example" not in answer.content


def _draw(count: int) -> list[str]:
    return [str(new_id()) for _ in range(count)]


def test_forked_workers_never_draw_the_same_id() -> None:
    """A12: eight processes forked from one, twenty-five thousand ids each."""
    with multiprocessing.get_context("fork").Pool(8) as workers:
        drawn = [one for many in workers.map(_draw, [25_000] * 8) for one in many]
    assert len(set(drawn)) == 200_000
