"""2-T7, P04: neither the time that an answer takes nor its work tells of people whom one may not see."""

import re
from statistics import median
from time import perf_counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commonweal.foundation.access.vocabulary import Role

from .browsing import text, worker
from .cast import TERESA, Table, register

HIDDEN = {"name": "Teresa Aguilar Ríos", "birth": "3/9/1961", "phone": "(541) 555-0118"}
ABSENT = {"name": "Tomasa Arguello Ruiz", "birth": "4/8/1962", "phone": "(541) 555-0129"}
FIRST = {"name": "Begonia Zamudio Prats", "birth": "5/7/1963", "phone": "(541) 555-0127"}
"""As long and as many words; nobody's but the hidden one's. ``FIRST`` warms what is looked up once."""


def form_of(asked: dict[str, str]) -> dict[str, str]:
    given, family = asked["name"].split(" ", 1)
    return {
        "given": given,
        "family": family,
        "birth": asked["birth"],
        "phone": asked["phone"],
        "language": "es",
    }


@pytest.fixture
def shelters_client(table: Table):
    """Known to the shelter and to nobody else; the pantry asks."""
    register(TERESA, table.advocate)
    return worker(table, "ferry-street", Role.CASE_WORKER)


def work_of(ask) -> list[str]:
    """The statements of one answer, without the values in them."""
    with CaptureQueriesContext(
        connection,
    ) as caught:
        response = ask()
    assert response.status_code in (200, 302)
    assert "Teresa Aguilar" not in text(response).replace(HIDDEN["name"], "")
    return [_VALUES.sub("?", query["sql"]) for query in caught.captured_queries]


_VALUES = re.compile(r"'[^']*'|\"s\d+_x\d+\"|\b\d+\b|\bNULL\b|\s+")


def test_a_search_does_the_same_work_for_the_hidden_and_for_nobody(shelters_client):
    _, hidden, absent = (
        work_of(lambda asked=asked: shelters_client.post("/people/", asked))
        for asked in (FIRST, HIDDEN, ABSENT)
    )
    assert hidden == absent
    assert len(hidden) > 3


def test_registering_does_the_same_work_for_the_hidden_and_for_nobody(shelters_client):
    """The likeness warning is no *record already exists*."""
    _, hidden, absent = (
        work_of(lambda asked=asked: shelters_client.post("/people/new/", form_of(asked)))
        for asked in (FIRST, HIDDEN, ABSENT)
    )
    assert [one.split("?")[0] for one in hidden] == [one.split("?")[0] for one in absent]


@pytest.mark.slow
def test_a_search_takes_as_long_for_the_hidden_as_for_nobody(shelters_client):
    """By turns, so that what slows the machine slows both; the middle of sixty each."""
    took: dict[str, list[float]] = {"hidden": [], "absent": []}
    for _ in range(60):
        for kind, asked in (("hidden", HIDDEN), ("absent", ABSENT)):
            begun = perf_counter()
            shelters_client.post("/people/", asked)
            took[kind].append(perf_counter() - begun)
    hidden, absent = median(took["hidden"]), median(took["absent"])
    assert abs(hidden - absent) < 0.1 * absent + 0.001
