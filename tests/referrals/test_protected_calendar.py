"""Nobody answers a specially protected request: who asked is told, it ends, no mail says of which kind."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.facts import assign
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.accounts.models import Account
from commonweal.foundation.links.models import SignedLink
from commonweal.foundation.messages.models import Outbound
from commonweal.kernel.clock import at
from commonweal.referrals import actions, tasks
from commonweal.referrals.models import TaskEvent
from commonweal.referrals.vocabulary import Status, Via
from people.cast import agree

from .test_ending_protected import HOLDER, TELLING, allow, run, send
from .world import World, lay_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    return lay_world()


@pytest.fixture
def staff(world: World) -> Actor:
    found = world.worker(HOLDER, Role.PART2_STAFF, Purpose.TREAT)
    with acting(world.danielle):
        assert found.account_id is not None
        assign(world.teresa, found.account_id)
    agree(world.table, HOLDER, "ferry-street", segments=("substance-use",), purposes=("TREAT",))
    allow(world, "ferry-street")
    return found


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("America/New_York"))


def run_at(text: str) -> None:
    with at(moment(text)):
        tasks.keep_calendar()


def kinds(sending: UUID, staff: Actor) -> list[str]:
    with acting(staff):
        return list(TaskEvent.objects.filter(task_id=sending).order_by("seq").values_list("kind", flat=True))


def mails(world: World, staff: Actor) -> list[Outbound]:
    email = Account.objects.get(pk=staff.account_id).email
    with acting(actions.program_of(world.table[HOLDER])):
        return list(Outbound.objects.filter(to=email).order_by("queued_at"))


def test_who_asked_is_told_that_nobody_answers_and_then_that_it_ended(world: World, staff: Actor) -> None:
    with at(moment("2027-03-01T09:00")):
        sending = send(world, staff, "ferry-street")
    before = len(mails(world, staff))
    for day in ("2027-03-03T17:00", "2027-03-05T17:00", "2027-03-09T09:00"):
        run_at(day)
        run_at(day)
    assert kinds(sending, staff).count("late") == 1
    run_at("2027-03-29T17:00")
    run_at("2027-03-29T17:00")
    task = world.task(sending, by=staff)
    assert (task.status, task.reason) == (Status.CANCELLED, "no-answer")
    assert task.look_at is None
    assert task.referral.ended_at is not None
    assert kinds(sending, staff)[-1] == "expired"
    assert not SignedLink.objects.filter(subject_id=sending, closed_at__isnull=True).exists()
    told = mails(world, staff)[before:]
    assert [m.template.rsplit("/", 1)[-1] for m in told] == ["late", "answer"]
    said = " ".join(f"{m.subject} {m.text}".lower() for m in told)
    assert not [word for word in TELLING if word in said]


def test_an_answer_stops_it(world: World, staff: Actor) -> None:
    with at(moment("2027-03-01T09:00")):
        sending = send(world, staff, "ferry-street")
    with at(moment("2027-03-02T09:00")), acting(staff):
        actions.accept(sending, by=staff, how=actions.How(Via.PHONE))
    run_at("2027-03-09T09:00")
    assert "late" not in kinds(sending, staff)
    assert world.task(sending, by=staff).status == Status.ACCEPTED


def test_nobody_else_looks_and_nothing_is_seen(world: World, staff: Actor) -> None:
    send(world, staff, "ferry-street")
    due = "select * from guard.protected_due(now() + interval '90 days', 9)"
    for actor in (world.marcus, world.danielle, staff, Actor.public()):
        with acting(actor), pytest.raises(DatabaseError):
            run(due)
    with acting(actions.program_of(world.table["ferry-street"])):
        assert run(due) == []
    with acting(actions.program_of(world.table[HOLDER])):
        ((_task, status, _since, step),) = run(due)
        assert (status, step) == ("requested", "")
        assert run("select count(*) from referrals_task") == [(0,)]
