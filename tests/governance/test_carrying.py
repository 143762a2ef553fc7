"""A decision is carried once somebody owns something with a day that came of it; till then it says so."""

from datetime import date, timedelta

import pytest
from django.test import Client
from tests.governance.test_questions_web import browser
from tests.governance.voting import LAWS, START, World, ask, cast_all, finish, lay, open_vote

from commonweal.foundation.access import acting
from commonweal.governance.actions import carrying as acts
from commonweal.governance.actions import promising
from commonweal.governance.models import Decision, Promise
from commonweal.governance.queries import bylaws
from commonweal.governance.queries import carrying as reading
from commonweal.governance.rules import bylaws_file, bylaws_writing
from commonweal.governance.rules.carrying import Came, Carried, carried
from commonweal.governance.vocabulary import Result
from commonweal.governance.vocabulary_promises import PromiseState
from commonweal.kernel.clock import at, today
from commonweal.kernel.errors import Refused
from commonweal.partners import facade as partners

DAY = timedelta(days=1)
DUE = date(2026, 12, 1)
ASKS = (
    LAWS
    + """
[matter.position]
article = "5.1"
text.en = "A majority, and somebody carries it."
body = "table"
follow_through = true
"""
)


@pytest.mark.parametrize(
    ("asked", "came", "how"),
    [
        (False, [], Carried.NOT_ASKED),
        (True, [], Carried.NOT_YET),
        (True, [Came(True, DUE)], Carried.CARRIED),
        (True, [Came(False, DUE)], Carried.NOT_YET),
        (True, [Came(True, None)], Carried.NOT_YET),
        (True, [Came(True, DUE, is_given_up=True)], Carried.NOT_YET),
        (True, [Came(False, DUE), Came(True, DUE)], Carried.CARRIED),
    ],
)
def test_what_carries_a_decision(asked: bool, came: list[Came], how: Carried) -> None:
    assert carried(asked, came) is how


@pytest.fixture
def world(db: None) -> World:
    return lay(ASKS, partners=3, residents=1, chair=0)


def _decided(world: World) -> Decision:
    with at(START):
        question = ask(world)
        main, *_rest = open_vote(world, question)
        cast_all(world, main, ["yes"] * 3)
    assert finish(world, question, START + 8 * DAY) is Result.ADOPTED
    return Decision.objects.get(proposal_id=question)


def test_the_bylaws_say_so_and_are_written_as_read(world: World) -> None:
    held = bylaws.in_force()
    assert held is not None
    assert [rule.article for rule in held.all_rules if rule.follow_through] == ["5.1"]
    read = bylaws_file.read(ASKS)
    assert bylaws_file.read(bylaws_writing.write(read)) == read
    page = Client().get("/decisions/bylaws/").content.decode()
    assert "carried only once somebody has taken something on by a day" in page


def test_it_stands_as_not_carried_until_somebody_takes_it_on(world: World) -> None:
    row = _decided(world)
    lead = world.voters[world.voter(0)]
    body = partners.bodies_by_id([world.bodies["table"]])[world.bodies["table"]]
    assert [one.ref for one in reading.for_agenda(body)] == [f"carry:{row.pk}"]
    assert "Not yet carried" in Client().get(f"/decisions/{row.number}/").content.decode()
    assert "Not yet carried" in browser(lead).get("/table/bodies/table/").content.decode()
    with acting(lead):
        acts.take_on(
            row.pk, world.seats[world.voter(1)], by=lead, words="Ask for a van", due_on=today() + 9 * DAY
        )
    assert list(reading.for_agenda(body)) == []
    page = Client().get(f"/decisions/{row.number}/").content.decode()
    assert "Ask for a van" in page
    assert "Not yet carried" not in page


def test_a_promise_carries_it_until_it_is_withdrawn(world: World) -> None:
    row = _decided(world)
    page = browser(world.voters[world.voter(1)])
    owner = f"seat:{world.seats[world.voter(1)]}"
    said = {"owner": owner, "words": "A van", "to_whom": "All", "due_on": (today() + 9 * DAY).isoformat()}
    assert page.post(f"/promises/new/?decision={row.number}", said).status_code == 302
    made = Promise.objects.get()
    assert made.decision_id == row.pk
    assert reading.came_of(row.pk).stands is Carried.CARRIED
    actor = world.voters[world.voter(1)]
    with acting(actor):
        promising.say_state(made.pk, PromiseState.WITHDRAWN, by=actor, why="No van.")
    assert reading.came_of(row.pk).stands is Carried.NOT_YET


def test_who_says_what_came_of_it(world: World) -> None:
    row = _decided(world)
    resident = next(iter(world.residents.values()))
    with acting(resident), pytest.raises(Refused):
        acts.take_on(row.pk, world.seats[world.voter(1)], by=resident, words="x", due_on=today())
    member = browser(world.voters[world.voter(2)])
    path = f"/decisions/{row.number}/carry/"
    shown = member.get(path)
    assert shown.status_code == 200
    taken = [name for form in shown.context["forms"].values() for name in form.fields if form[name].value()]
    assert not taken, "nobody is named beforehand"
    assert '<option value="" selected>' in shown.content.decode()
    assert browser(resident).get(path).status_code == 403
    seat = str(world.seats[world.voter(1)])
    assert member.post(path, {"verb": "take-on", "seat": seat, "words": "", "due_on": ""}).status_code == 422
