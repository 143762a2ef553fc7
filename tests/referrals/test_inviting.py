"""Did it help? Asked by text where that is safe, with measure; else by a worker; never after a death."""

from dataclasses import replace
from uuid import UUID

import pytest

from commonweal.foundation.access import acting
from commonweal.foundation.messages.models import Outbound
from commonweal.kernel.answers import Answered
from commonweal.kernel.clock import at
from commonweal.people import actions as people_actions
from commonweal.people.models import SourceRecord
from commonweal.people.vocabulary import Channel
from commonweal.referrals import actions, tasks
from commonweal.referrals.models import TaskEvent
from commonweal.referrals.vocabulary import Event, Helped, OutcomeCode, Provenance
from people.browsing import text
from people.cast import register

from .test_calendar import moment
from .test_links import settle_all
from .world import TERESA, World, browser

ENDED_ON = moment("2027-03-01T09:00")


def served(world: World, person_id: UUID | None = None) -> UUID:
    """Help that a pantry gave, told as finished."""
    world.consent("ferry-street", person_id=person_id or world.teresa)
    need = world.need(person_id)
    with at(ENDED_ON):
        with acting(world.danielle) as by:
            task_id = actions.ask(need, [world.services["ferry-street"]], by=by)
        with acting(world.marcus) as marcus:
            actions.accept(task_id, by=marcus)
            actions.start(task_id, by=marcus)
            actions.complete(task_id, OutcomeCode.RECEIVED_FULL, by=marcus)
    return task_id


def ask_on(day: str) -> None:
    with at(moment(day)):
        tasks.ask_people()


def texts(world: World) -> int:
    with acting(actions.program_of(world.table["alder-general"])):
        return Outbound.objects.filter(channel="sms").count()


def asked(world: World, task_id: UUID) -> int:
    with acting(world.danielle):
        return TaskEvent.objects.filter(task_id=task_id, kind=Event.PERSON_ASKED).count()


def home(world: World, day: str = "2027-03-10T09:00") -> str:
    with at(moment(day)):
        return text(browser(world, world.danielle).get("/"))


def untold(world: World) -> str:
    """The list of those who have not told us yet."""
    with at(moment("2027-03-10T09:00")):
        return text(browser(world, world.danielle).get("/referrals/?state=untold"))


@pytest.fixture
def nora(world: World) -> UUID:
    """A person without a phone."""
    return register(replace(TERESA, given="Nora", family="Nophone", phone="", channels={}), world.danielle)


def test_silence_is_asked_once_more_after_some_days_and_then_left_to_a_worker(world: World) -> None:
    task_id = served(world)
    sent = []
    for day in range(1, 31):
        ask_on(f"2027-03-{day:02}T15:00")
        sent.append(texts(world))
    assert sent[0] == 1
    assert sent[6] == 1  # Monday March 1 and five working days: not before 5 pm on the 8th
    assert sent[8] == 2
    assert sent[-1] == 2
    assert asked(world, task_id) == world.task(task_id).person_asks == 2
    assert "Teresa" in home(world, "2027-03-31T09:00")


def test_who_has_no_safe_number_is_not_marked_as_asked_and_is_left_to_a_worker(
    world: World, nora: UUID
) -> None:
    task_id = served(world, nora)
    ask_on("2027-03-02T15:00")
    task = world.task(task_id)
    assert (task.person_asked_at, task.person_asks, asked(world, task_id)) == (None, 0, 0)
    page = home(world)
    assert "Ask whether it helped" in page
    assert "Nora Nophone" in page
    assert "Hand over a letter" in page
    assert "Nora" in untold(world)
    with acting(world.danielle) as by:
        actions.record_answer(task_id, Helped.YES, by=by, provenance=Provenance.IN_PERSON)
    assert "Ask whether it helped" not in home(world)
    assert "Nora" not in untold(world)


def test_a_number_given_later_is_asked(world: World, nora: UUID) -> None:
    task_id = served(world, nora)
    ask_on("2027-03-02T15:00")
    with acting(world.danielle):
        record = SourceRecord.objects.get(person_id=nora)
        record.phone, record.channels = "+15415550177", {Channel.TEXT.value: Answered.YES.value}
        record.save()
    ask_on("2027-03-03T15:00")
    assert asked(world, task_id) == 1
    assert "Ask whether it helped" not in home(world)


def test_many_without_a_phone_keep_nobody_from_being_asked(
    world: World, nora: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "ASK_AT_ONCE", 1)
    served(world, nora)
    task_id = served(world)
    ask_on("2027-03-02T15:00")
    assert asked(world, task_id) == 1


def test_who_said_later_is_asked_a_week_later(world: World) -> None:
    task_id = served(world)
    ask_on("2027-03-01T15:00")
    with at(moment("2027-03-05T12:00")), acting(world.danielle) as by:
        actions.record_answer(task_id, Helped.LATER, by=by, provenance=Provenance.PHONE)
    ask_on("2027-03-11T15:00")
    assert texts(world) == 1
    ask_on("2027-03-12T15:00")
    assert texts(world) == 2


def test_no_list_asks_about_what_the_person_wants_no_word_of(world: World, nora: UUID) -> None:
    world.consent("ferry-street", person_id=nora)
    need = world.need(nora)
    with at(ENDED_ON):
        with acting(world.danielle) as by:
            wishes = actions.Wishes(contact_prohibited=True)
            task_id = actions.ask(need, [world.services["ferry-street"]], by=by, wishes=wishes)
        with acting(world.marcus) as marcus:
            actions.accept(task_id, by=marcus)
            actions.complete(task_id, OutcomeCode.RECEIVED_FULL, by=marcus)
    ask_on("2027-03-02T15:00")
    assert "Ask whether it helped" not in home(world)


# ── Nothing after a death, nothing to a number that is not safe any more ─────────────────────────────
def test_nothing_goes_out_once_the_person_has_died(world: World, nora: UUID) -> None:
    task_id, other = served(world), served(world, nora)
    with acting(world.danielle) as by:
        people_actions.mark_deceased(world.teresa, by=by)
    ask_on("2027-03-02T15:00")
    assert texts(world) == asked(world, task_id) == 0
    assert "Nora" in home(world)
    with acting(world.danielle) as by:
        people_actions.mark_deceased(nora, by=by)
    assert "Ask whether it helped" not in home(world)
    ask_on("2027-03-03T15:00")
    assert "Ask whether it helped" not in home(world)
    assert asked(world, other) == 0


def test_a_text_that_waits_is_dropped_when_the_person_died_meanwhile(world: World, tmp_path: object) -> None:
    served(world)
    ask_on("2027-03-02T15:00")
    with acting(world.danielle) as by:
        people_actions.mark_deceased(world.teresa, by=by)
    assert settle_all(world)["referrals/sms/helped"] == "dropped"


@pytest.mark.parametrize("change", ["unsafe", "number"])
def test_a_text_that_waits_is_dropped_when_its_number_is_not_safe_any_more(world: World, change: str) -> None:
    served(world)
    ask_on("2027-03-02T15:00")
    with acting(world.danielle):
        record = SourceRecord.objects.get(person_id=world.teresa)
        if change == "unsafe":
            record.channels = {Channel.TEXT.value: Answered.NO.value}
        else:
            record.phone = "+15415550199"
        record.save()
    assert settle_all(world)["referrals/sms/helped"] == "dropped"


def test_a_text_that_is_still_safe_leaves(world: World) -> None:
    served(world)
    ask_on("2027-03-02T15:00")
    assert settle_all(world)["referrals/sms/helped"] == "sent"


def test_two_people_who_may_be_mixed_up_are_not_asked(world: World) -> None:
    task_id = served(world)
    with acting(world.danielle) as by:
        people_actions.dispute(world.teresa, by=by)
    ask_on("2027-03-02T15:00")
    assert asked(world, task_id) == 0
