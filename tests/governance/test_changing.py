"""An amendment may change what a yes does, and its days: taken up, the question asks so."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from tests.governance.test_questions_web import browser
from tests.governance.voting import DAY, START, World, ask, cast_all, finish, lay, open_vote, residents_say

from commonweal.foundation.access import acting
from commonweal.governance.actions import changing, polling, talking
from commonweal.governance.models import Amendment, Mandate, Proposal
from commonweal.governance.vocabulary import Fate, Matter
from commonweal.kernel.clock import at, now, today
from commonweal.kernel.errors import BadInput, Refused

pytestmark = pytest.mark.django_db


def params(world: World, *told: int) -> dict[str, object]:
    first, *others = (world.voter(n).partition(":")[2] for n in (0, *told))
    return {
        "title": "Care partners",
        "tellers": [first],
        "told": others,
        "segments": ["general"],
        "purposes": ["COORD"],
    }


def sharing(world: World, ends_on: date) -> UUID:
    return ask(world, Matter.DATA_SHARING, effect="sharing.start", params=params(world, 1), ends_on=ends_on)


def days(ends_on: date) -> dict[str, date | None]:
    return {"starts_on": None, "ends_on": ends_on, "review_on": None}


def propose(world: World, question: UUID, by: int, said: dict[str, object], ends_on: date) -> UUID:
    actor = world.actor(world.voter(by))
    with acting(actor):
        return changing.change_effect(question, by=actor, params=said, days=days(ends_on), why="Try it first")


def test_six_months_instead_of_twelve_is_what_the_question_then_asks() -> None:
    world = lay(starts_at=now() - 10 * DAY)
    year, half = today() + timedelta(days=360), today() + timedelta(days=180)
    question = sharing(world, year)
    made = propose(world, question, 3, params(world, 1, 2), half)
    assert Proposal.objects.get(pk=question).ends_on == year, "proposed, not yet taken up"
    owner = world.actor(world.voter(0))
    with acting(owner):
        talking.settle_amendment(made, by=owner, fate=Fate.TAKEN_UP, why="Good")
    row = Proposal.objects.get(pk=question)
    assert row.ends_on == half
    assert sorted(row.params["told"]) == sorted(params(world, 1, 2)["told"])


def test_who_put_it_changes_it_at_once_and_what_it_was_stays_on_record() -> None:
    world = lay(starts_at=now() - 10 * DAY)
    year, half = today() + timedelta(days=360), today() + timedelta(days=180)
    question = sharing(world, year)
    made = Amendment.objects.get(pk=propose(world, question, 0, params(world, 1), half))
    assert (made.fate, made.change["from"]["ends_on"]) == ("taken-up", year.isoformat())
    assert Proposal.objects.get(pk=question).ends_on == half


def test_what_the_bylaws_do_not_allow_and_what_changes_nothing_is_refused() -> None:
    world = lay(starts_at=now() - 10 * DAY)
    year = today() + timedelta(days=360)
    question = sharing(world, year)
    for said, ends_on in (
        (params(world, 1), year),
        (params(world, 1), today() + timedelta(days=500)),
        ({**params(world, 1), "tellers": []}, year),
    ):
        with pytest.raises(BadInput):
            propose(world, question, 3, said, ends_on)
    assert not Amendment.objects.exists()


def test_after_notice_nothing_changes() -> None:
    world = lay(starts_at=now() - 10 * DAY)
    question = sharing(world, today() + timedelta(days=360))
    with acting(world.backbone):
        polling.give_notice(question, by=world.backbone)
    for by in (0, 3):
        with pytest.raises(Refused):
            propose(world, question, by, params(world, 1), today() + timedelta(days=100))


def test_it_is_proposed_read_and_taken_up_on_pages() -> None:
    world = lay(starts_at=now() - 10 * DAY)
    year, half = today() + timedelta(days=360), today() + timedelta(days=180)
    number = Proposal.objects.get(pk=sharing(world, year)).number
    address = f"/decisions/questions/{number}/"
    other, owner = browser(world.voters[world.voter(3)]), browser(world.voters[world.voter(0)])
    assert year.isoformat() in other.get(f"{address}change/").content.decode(), "as it is asked now"
    said = {f"effect-{name}": value for name, value in params(world, 1, 2).items()}
    answer = other.post(f"{address}change/", {**said, "ends_on": half.isoformat(), "why": "Try it first"})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    shown = owner.get(address).content.decode()
    assert "Partner 1, Partner 2 instead of Partner 1" in shown
    made = Amendment.objects.get()
    owner.post(f"{address}texts/{made.pk}/", {"fate": "taken-up", "why": "Good"})
    assert Proposal.objects.get().ends_on == half


def test_the_mandate_ends_on_the_day_that_was_taken_up() -> None:
    world = lay()
    with at(START):
        question = sharing(world, (START + 360 * DAY).date())
        propose(world, question, 0, params(world, 1), (START + 180 * DAY).date())
        main, gate = open_vote(world, question)
        cast_all(world, main, ["yes"] * 5)
        residents_say(world, gate, ["yes"] * 3)
    finish(world, question, START + 8 * DAY)
    ends = Mandate.objects.get().ends_at
    assert ends is not None
    assert ends.date() - (START + 180 * DAY).date() <= timedelta(days=1)
