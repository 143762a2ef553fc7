"""Promises in public: who makes them, how they stand, and that what was said stays."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils.timezone import localdate
from tests.foundation.accounts_tools import browser_of
from tests.partners.meeting_world import World, called, lay_world, opened

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.accounts.models import Account
from commonweal.governance.actions import promising
from commonweal.governance.models import Promise, PromiseWord, Proposal
from commonweal.governance.queries import promises
from commonweal.governance.queries.agenda import open_matters
from commonweal.governance.rules.promises import stands
from commonweal.governance.vocabulary import Matter, Stage
from commonweal.governance.vocabulary_promises import PromiseState, Stands
from commonweal.kernel.clock import at, now
from commonweal.kernel.errors import BadInput, Conflict, Refused
from commonweal.partners import facade as partners
from commonweal.partners.actions import minuting
from commonweal.partners.vocabulary_meetings import LineKind

DAY = date(2026, 11, 1)


@pytest.fixture
def world(db: None) -> World:
    return lay_world()


def browser(actor: Actor) -> Client:
    return browser_of(Account.objects.get(pk=actor.account_id))


@pytest.mark.parametrize(
    ("state", "on", "how"),
    [
        (PromiseState.OPEN, DAY, Stands.UNDER_WAY),
        (PromiseState.OPEN, DAY + timedelta(days=1), Stands.LATE),
        (PromiseState.KEPT, DAY + timedelta(days=99), Stands.KEPT),
        (PromiseState.BROKEN, DAY - timedelta(days=9), Stands.BROKEN),
        (PromiseState.WITHDRAWN, DAY + timedelta(days=99), Stands.WITHDRAWN),
    ],
)
def test_late_follows_from_the_day_and_broken_is_said(state: PromiseState, on: date, how: Stands) -> None:
    assert stands(state, DAY, on) is how


def _promised(world: World, by: Actor | None = None, days: int = 30) -> UUID:
    marcus = by or world.table.marcus
    with acting(marcus):
        return promising.make_promise(
            by=marcus,
            words="A freezer in the hall",
            to_whom="Everyone in Tanner’s Ford",
            due_on=localdate(now()) + timedelta(days=days),
            seat_id=world.of_pantry,
        )


def test_nobody_promises_for_another(world: World) -> None:
    for other in (world.dale, world.table.danielle):
        with pytest.raises(Refused):
            _promised(world, other)
    with pytest.raises(BadInput):
        _promised(world, days=-1)
    made = _promised(world)
    page = Client().get("/promises/").content.decode()
    assert "A freezer in the hall" in page
    assert "1 under way" in page
    assert "Ferry Street Pantry" in Client().get(f"/promises/{made}/").content.decode()


def test_a_promise_in_the_minutes_is_public_from_that_moment_and_goes_with_its_line(world: World) -> None:
    made = opened(world)
    owned = minuting.Owned(world.of_pantry, localdate(now()) + timedelta(days=20), "Residents")
    with acting(world.loretta):
        line = minuting.write_line(
            made, by=world.loretta, kind=LineKind.PROMISE, words="Boxes on Sundays", owned=owned
        )
    found = promises.promise(line)
    assert found is not None
    assert (found.words, found.meeting_id, found.stands) == ("Boxes on Sundays", made, Stands.UNDER_WAY)
    with acting(world.loretta):
        minuting.strike_line(line, by=world.loretta, why="Misheard.")
    found = promises.promise(line)
    assert found is not None
    assert (found.stands, found.latest) == (Stands.WITHDRAWN, "Misheard.")


def test_those_to_whom_it_was_said_can_say_that_it_was_broken(world: World) -> None:
    made = _promised(world)
    with acting(world.table.danielle), pytest.raises(Refused):
        promising.say_state(made, PromiseState.BROKEN, by=world.table.danielle, why="Never came.")
    with acting(world.dale):
        with pytest.raises(Refused):
            promising.say_state(made, PromiseState.WITHDRAWN, by=world.dale, why="We take it back for them.")
        with pytest.raises(BadInput):
            promising.say_state(made, PromiseState.BROKEN, by=world.dale, why=" ")
        promising.say_state(made, PromiseState.BROKEN, by=world.dale, why="The hall stands empty.")
    with acting(world.table.marcus):
        with pytest.raises(Conflict):
            promising.say_state(made, PromiseState.WITHDRAWN, by=world.table.marcus, why="Forget it.")
        promising.say_state(made, PromiseState.KEPT, by=world.table.marcus, why="It came in spring.")
    found = promises.promise(made)
    assert found is not None
    assert [w.state for w in found.history] == [PromiseState.BROKEN, PromiseState.KEPT]


def test_a_day_moves_later_only_and_the_first_day_stays_on_record(world: World) -> None:
    made = _promised(world)
    first = Promise.objects.get().due_on
    with acting(world.table.marcus):
        with pytest.raises(BadInput):
            promising.put_later(made, by=world.table.marcus, due_on=first, why="x")
        promising.put_later(made, by=world.table.marcus, due_on=first + timedelta(days=40), why="No cable.")
    found = promises.promise(made)
    assert found is not None
    assert (found.first_due_on, found.due_on) == (first, first + timedelta(days=40))
    with at(now() + timedelta(days=50)):
        assert promises.promise(made).stands is Stands.UNDER_WAY  # type: ignore[union-attr]
    with at(now() + timedelta(days=90)):
        assert promises.promise(made).stands is Stands.LATE  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "change",
    [{"words": "Nothing"}, {"due_on": DAY}, {"to_whom": "Nobody"}, {"said_by": "Someone else"}],
)
def test_the_database_keeps_what_was_said(world: World, change: dict[str, object]) -> None:
    made = _promised(world)
    with acting(world.table.priya):
        with pytest.raises(DatabaseError), transaction.atomic():
            Promise.objects.filter(pk=made).update(**change)
        with pytest.raises(DatabaseError), transaction.atomic():
            Promise.objects.filter(pk=made).delete()


def test_a_kept_promise_is_not_made_open_again_nor_its_history_rewritten(world: World) -> None:
    made = _promised(world)
    with acting(world.table.marcus):
        promising.say_state(made, PromiseState.KEPT, by=world.table.marcus, why="It hums.")
        for state in ("open", "broken"):
            with pytest.raises(DatabaseError), transaction.atomic():
                Promise.objects.filter(pk=made).update(state=state)
        with pytest.raises(DatabaseError), transaction.atomic():
            PromiseWord.objects.update(words="Never said")


def test_pages_ask_for_the_reason(world: World) -> None:
    marcus, url = browser(world.table.marcus), f"/promises/{_promised(world)}/"
    assert "Say what became of it" not in Client().get(url).content.decode()
    assert Client().post(url, {"state": "kept", "why": "x"}).status_code == 403
    assert marcus.post(url, {"state": "kept", "why": ""}).status_code == 422
    assert marcus.post(url, {"state": "later", "why": "Soon"}).status_code == 422
    assert marcus.post(url, {"state": "kept", "why": "It hums."}).status_code == 302
    assert "It hums." in Client().get(url).content.decode()
    said = {"words": "Boxes", "to_whom": "All", "due_on": "2030-01-01"}
    assert marcus.post("/promises/new/", {**said, "owner": f"seat:{world.of_hospital}"}).status_code == 422
    assert marcus.post("/promises/new/", {**said, "owner": f"seat:{world.of_pantry}"}).status_code == 302


def test_a_late_promise_waits_for_the_agenda_of_its_body(world: World) -> None:
    _promised(world, days=1)
    body = partners.body_named("board")
    assert body is not None
    assert list(open_matters(body)) == []
    with at(now() + timedelta(days=3)):
        assert [c.title for c in open_matters(body)] == ["A freezer in the hall"]
        made = called(world)
        page = browser(world.loretta).get(f"/table/meetings/{made}/").content.decode()
    assert "A freezer in the hall" in page


def test_power_holds_small_numbers_back(world: World) -> None:
    assert Client().get("/promises/power/").content.decode().count("Nothing to count yet") == 5
    with acting(world.loretta):
        Proposal.objects.create(
            number=1,
            title="A freezer",
            question="Shall we buy it?",
            matter=Matter.POSITION.value,
            body_id=world.board,
            stage=Stage.TALKING.value,
            proposed_by_seat_id=world.of_pantry,
        )
    page = Client().get("/promises/power/").content.decode()
    assert page.count("Held back: fewer than five") == 1
    assert page.count("Nothing to count yet") == 4
    assert Client().get("/promises/power/?as=passed").status_code == 200
