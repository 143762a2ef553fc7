"""Reminders, lateness, escalation and end come when the Table's rule says, once each."""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from commonweal.foundation.access import acting
from commonweal.foundation.access.vocabulary import Role
from commonweal.foundation.messages.models import Outbound
from commonweal.governance import actions as governance
from commonweal.governance.rules import Vote
from commonweal.governance.vocabulary import Assent, Matter
from commonweal.kernel.clock import at, now, today
from commonweal.kernel.errors import BadInput, Refused
from commonweal.referrals import actions, facade, tasks
from commonweal.referrals.models import Gap, Task, TaskEvent
from commonweal.referrals.rules.timing import AnswerRule
from commonweal.referrals.vocabulary import Event, Status, Via
from people.cast import _keeper

from .world import World

ALDER = ZoneInfo("America/New_York")


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ALDER)


@pytest.fixture
def monday(world: World) -> UUID:
    """Asked on a Monday morning, without a holiday in sight."""
    world.consent("ferry-street")
    need = world.need()
    with at(moment("2027-03-01T09:00")), acting(world.danielle) as by:
        return actions.ask(need, [world.services["ferry-street"]], by=by)


def run_at(text: str) -> None:
    with at(moment(text)):
        tasks.keep_calendar()


def kinds(world: World, task_id: UUID) -> list[str]:
    with acting(world.danielle):
        return list(TaskEvent.objects.filter(task_id=task_id).order_by("seq").values_list("kind", flat=True))


def test_the_calendar_reminds_tells_escalates_and_ends_each_once(world: World, monday: UUID) -> None:
    world.worker("alder-general", Role.SUPERVISOR)
    for text in (
        "2027-03-03T16:45",
        "2027-03-03T17:00",
        "2027-03-03T17:15",
        "2027-03-04T17:00",
        "2027-03-08T17:00",
    ):
        run_at(text)
        run_at(text)
    assert kinds(world, monday) == ["drafted", "sent", "reminded", "late", "escalated"]
    run_at("2027-03-22T17:00")
    assert kinds(world, monday)[-1] == "expired"
    task = world.task(monday)
    assert (task.status, task.reason) == (Status.CANCELLED, "no-answer")
    with acting(actions.program_of(world.table["alder-general"])):
        told = Outbound.objects.filter(template="referrals/mail/escalated")
        assert [m.to for m in told] == ["supervisor@alder-general.example.org"]
    assert [g.reason for g in Gap.objects.all()] == ["no-answer"]


def test_a_job_that_slept_sends_one_reminder_and_not_three(world: World, monday: UUID) -> None:
    run_at("2027-03-09T09:00")
    assert kinds(world, monday) == ["drafted", "sent", "escalated"]


def test_a_yes_ends_the_chase_and_a_slow_start_is_asked_about(world: World, monday: UUID) -> None:
    with at(moment("2027-03-02T10:00")), acting(world.marcus) as marcus:
        actions.accept(monday, by=marcus)
    run_at("2027-03-09T09:00")
    assert Event.LATE not in kinds(world, monday)
    run_at("2027-03-16T17:00")
    assert kinds(world, monday)[-1] == "reminded"
    with acting(actions.program_of(world.table["alder-general"])):
        assert Outbound.objects.filter(template="referrals/mail/begin").count() == 1


def begun(world: World, task_id: UUID, day: str = "2027-03-02T10:00") -> None:
    with at(moment(day)), acting(world.marcus) as marcus:
        actions.accept(task_id, by=marcus)
        actions.start(task_id, by=marcus)


def mails(world: World) -> list[str]:
    with acting(actions.program_of(world.table["alder-general"])):
        rows = Outbound.objects.order_by("queued_at").values_list("template", flat=True)
        return [template.rsplit("/", 1)[-1] for template in rows]


def test_help_under_way_is_asked_about_then_late_then_escalated_once_each(world: World, monday: UUID) -> None:
    world.worker("alder-general", Role.SUPERVISOR)
    begun(world, monday)
    before = len(mails(world))
    for text in ("2027-03-30T17:00", "2027-04-13T17:00", "2027-04-27T17:00"):
        run_at(text)
        run_at(text)
    assert kinds(world, monday)[-3:] == ["reminded", "late", "escalated"]
    told = mails(world)[before:]
    assert [t for t in told if t in ("going", "late", "escalated")] == ["going", "going", "late", "escalated"]
    assert world.task(monday).status == Status.IN_PROGRESS


def test_what_is_late_after_a_yes_is_late_in_the_lists_too(world: World, monday: UUID) -> None:
    from commonweal.referrals.queries import tasks as lists

    begun(world, monday)
    with acting(world.danielle):
        holder = world.table["alder-general"]
        assert lists.late_count(holder, moment("2027-04-13T16:00")) == 0
        assert lists.late_count(holder, moment("2027-04-13T17:00")) == 1
        assert [t.id for t in lists.late(holder, moment("2027-04-13T17:00"), 5)] == [monday]


def test_still_on_hold_is_asked_and_one_press_counts_anew(world: World, monday: UUID) -> None:
    begun(world, monday)
    with at(moment("2027-03-03T10:00")), acting(world.marcus) as marcus:
        actions.hold(monday, "waits-for-supplies", by=marcus)
    run_at("2027-03-17T17:00")
    assert mails(world)[-1] == "held"
    with at(moment("2027-03-18T10:00")), acting(world.marcus) as marcus:
        actions.go_on(monday, by=marcus)
    run_at("2027-03-24T17:00")
    assert kinds(world, monday)[-1] == "goes-on"
    run_at("2027-04-01T17:00")
    assert kinds(world, monday)[-1] == "reminded"


def test_nobody_says_for_the_service_that_it_goes_on(world: World, monday: UUID) -> None:
    with acting(world.marcus) as marcus, pytest.raises(Refused):
        actions.go_on(monday, by=marcus)
    begun(world, monday)
    with acting(world.danielle) as by:
        with pytest.raises(Refused):
            actions.go_on(monday, by=by)
        actions.go_on(monday, by=by, how=actions.How(Via.PHONE))
    assert kinds(world, monday)[-1] == "goes-on"


def test_help_that_takes_months_always_has_a_link_that_works(world: World, monday: UUID) -> None:
    """Weekly boxes for a pantry with an e-mail address and nothing else."""
    begun(world, monday)
    before, day = len(mails(world)), moment("2027-03-02T10:00")
    for _ in range(120):
        day += timedelta(days=1)
        with at(day):
            tasks.keep_calendar()
        until = world.task(monday).link_until
        assert until is not None
        assert until > day, day
    assert mails(world)[before:].count("fresh") >= 1


def test_the_days_are_the_tables_and_carry_their_decision(world: World) -> None:
    keeper = _keeper(world.table)
    assert facade.answer_rule().mandate_id is None
    with acting(keeper):
        decision = governance.record_decision(
            by=keeper,
            title="An answer in five working days",
            question="Shall we?",
            body="The Table",
            decided_on=today(),
            method="Two thirds",
            vote=Vote(16, 2, 0, Assent.YES, True),
        )
        mandate = governance.give_mandate(
            decision,
            by=keeper,
            matter=Matter.SERVICE_STANDARD,
            scope="referral-answer",
            starts_at=now() - timedelta(minutes=1),
            ends_at=now() + timedelta(days=365),
        )
        rule = AnswerRule(answer_days=5, remind_after_days=3, escalate_after_days=7, expire_after_days=20)
        actions.adopt_answer_standard(mandate, rule, by=keeper)
        with pytest.raises(BadInput):
            actions.adopt_answer_standard(mandate, rule, by=keeper)
        line = facade.answer_rule_line()
    assert facade.answer_rule().answer_days == 5
    assert line is not None
    assert "Decision" in " ".join(line.why)
    world.consent("ferry-street")
    need = world.need()
    with at(moment("2027-03-01T09:00")), acting(world.danielle) as by:
        task_id = actions.ask(need, [world.services["ferry-street"]], by=by)
    assert world.task(task_id).answer_due_at == moment("2027-03-08T17:00")
    with acting(keeper):
        governance.withdraw(mandate, by=keeper, why="Too slow.")
    assert facade.answer_rule().answer_days == 3
    with acting(world.danielle) as by, pytest.raises(Refused):
        actions.adopt_answer_standard(mandate, rule, by=by)


def test_when_the_agreement_ends_the_next_read_is_refused_and_everyone_is_told(world: World) -> None:
    world.consent("ferry-street")
    task_id = world.ask()
    with acting(world.marcus):
        assert Task.objects.filter(pk=task_id).exists()
    keeper = _keeper(world.table)
    mandate = next(iter(world.table.mandates.values()))
    with acting(keeper):
        governance.withdraw(mandate, by=keeper, why="The Table thinks again.")
    with acting(world.marcus):
        assert not Task.objects.filter(pk=task_id).exists()
    tasks.sweep()
    task = world.task(task_id)
    assert (task.status, task.reason) == (Status.CANCELLED, "consent-ended")


def test_people_are_asked_on_working_days_once_service_ended(world: World, monday: UUID) -> None:
    from commonweal.referrals.vocabulary import OutcomeCode

    with acting(world.marcus) as marcus:
        actions.accept(monday, by=marcus)
        actions.complete(monday, OutcomeCode.RECEIVED_FULL, by=marcus)
    tasks.ask_people()
    tasks.ask_people()
    with acting(actions.program_of(world.table["alder-general"])):
        assert Outbound.objects.filter(channel="sms").count() == 1
