"""Finding a decision or a question by words, body, matter, state and year, by an address to be sent on."""

import pytest
from django.test import Client
from tests.governance.test_register_pages import shared, signed_in
from tests.governance.voting import LAWS, PLAIN, START, ask, lay

from commonweal.governance.models import Proposal
from commonweal.governance.rules.finding import Asked, Facts, asked, found
from commonweal.governance.vocabulary import Matter
from commonweal.kernel.clock import at

FACTS = {
    1: Facts({"body": frozenset({"table"}), "year": frozenset({"2025"})}, "Rides to the clínica"),
    2: Facts({"body": frozenset({"council"}), "year": frozenset({"2026"})}, "A bench"),
    3: Facts({"body": frozenset({"table"}), "year": frozenset({"2026"})}, "Rides at night"),
}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, [1, 2, 3]),
        ({"q": "rides"}, [1, 3]),
        ({"q": "CLINICA rides"}, [1]),
        ({"q": "rides bench"}, []),
        ({"body": "table", "year": "2026"}, [3]),
        ({"body": "no such body"}, [1, 2, 3]),
        ({"q": "  ", "matter": ""}, [1, 2, 3]),
    ],
)
def test_all_that_is_asked_must_fit(said: dict[str, str], expected: list[int]) -> None:
    what = asked(said, {"body": ["table", "council"], "year": ["2025", "2026"]})
    assert found(sorted(FACTS), FACTS.__getitem__, what) == expected


def test_nothing_asked_is_empty() -> None:
    assert Asked().is_empty
    assert not asked({"q": "x"}, {}).is_empty


def _page(address: str, client: Client | None = None) -> str:
    reply = (client or Client()).get(address)
    assert reply.status_code == 200, reply.status_code
    return str(reply.content.decode())


@pytest.mark.django_db
def test_the_register_is_searched_by_its_address() -> None:
    _world, row = shared()
    link = f"/decisions/{row.number}/"
    year = row.decided_on.year
    for fits in ("?q=rides", f"?year={year}&matter=data-sharing", "?q=who+may+tell"):
        page = _page(f"/decisions/{fits}")
        assert (link in page) == ("who" not in fits), fits
    assert "No decision fits" in _page("/decisions/?q=elephants")
    assert link in _page("/decisions/?year=1999"), "a year without a decision asks nothing"
    assert 'value="rides"' in _page("/decisions/?q=rides")
    assert "<script" not in _page("/decisions/?q=%3Cscript%3E").split("<main")[1]


@pytest.mark.django_db
def test_the_questions_are_searched_in_their_text() -> None:
    world = lay(LAWS + PLAIN + PLAIN.replace("position", "service-standard").replace("5.1", "6.4"))
    with at(START):
        ask(world)
        second = ask(world, Matter.SERVICE_STANDARD)
    Proposal.objects.filter(pk=second).update(question="Shall the pantry open on Sundays?")
    page = _page("/decisions/questions/?q=pantry")
    assert "/decisions/questions/2/" in page
    assert "/decisions/questions/1/" not in page
    page = _page("/decisions/questions/?q=weekdays&matter=position")
    assert "/decisions/questions/1/" in page
    assert "/decisions/questions/2/" not in page
    assert "No question fits" in _page("/decisions/questions/?q=elephants")


@pytest.mark.django_db
def test_a_closed_register_is_not_searched_by_strangers() -> None:
    world = lay('register = "partners"\n' + LAWS + PLAIN)
    with at(START):
        ask(world)
    inside = signed_in(world.backbone)
    assert Client().get("/decisions/?q=rides").status_code == 403
    assert "/decisions/questions/1/" in _page("/decisions/questions/?q=rides", inside)
    assert Client().get("/decisions/questions/?q=rides").status_code == 403
