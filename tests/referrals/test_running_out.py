"""A yes that ends by the clock ends what rests on it, as the person's own no does."""

import time
from datetime import timedelta
from uuid import UUID

import pytest

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.facts import assign
from commonweal.foundation.access.vocabulary import Purpose, Role, Segment
from commonweal.foundation.links.models import SignedLink
from commonweal.kernel.clock import now
from commonweal.referrals import actions, tasks
from commonweal.referrals.models import TaskEvent
from commonweal.referrals.vocabulary import Event, Status
from people.cast import agree

from .test_ending_protected import HOLDER, mails_to, send
from .world import World, lay_world

pytestmark = pytest.mark.django_db(transaction=True)

SOON = timedelta(seconds=8)


@pytest.fixture
def world(transactional_db: None) -> World:
    return lay_world()


def wait_for(moment: object) -> None:
    while now() <= moment:  # type: ignore[operator]
        time.sleep(0.2)


def kinds(sending: UUID, by: Actor) -> list[str]:
    with acting(by):
        return list(TaskEvent.objects.filter(task_id=sending).order_by("seq").values_list("kind", flat=True))


def test_an_everyday_request_ends_with_the_yes_that_it_rests_on(world: World) -> None:
    ends = now() + SOON
    world.consent("ferry-street", ends_at=ends)
    sending = world.ask()
    tasks.end_run_out()
    assert world.task(sending).status == Status.REQUESTED, "not a moment sooner"
    wait_for(ends)
    tasks.end_run_out()
    tasks.end_run_out()
    task = world.task(sending)
    assert (task.status, task.reason) == (Status.CANCELLED, "consent-ended")
    assert kinds(sending, world.danielle).count(Event.CONSENT_ENDED) == 1
    assert not SignedLink.objects.filter(subject_id=sending, closed_at__isnull=True).exists()
    assert len(mails_to(world, world.danielle.account_id)) == 1


def test_work_under_way_and_what_another_yes_allows_stay(world: World) -> None:
    ends = now() + SOON
    world.consent("ferry-street", ends_at=ends)
    under_way = world.ask()
    with acting(world.marcus) as marcus:
        actions.accept(under_way, by=marcus)
    world.consent("northbank-rides")
    wait_for(ends)
    tasks.end_run_out()
    task = world.task(under_way)
    assert task.status == Status.ACCEPTED
    assert task.consent_ended_at is not None


def test_a_renewed_yes_keeps_what_rests_on_it(world: World) -> None:
    ends = now() + SOON
    world.consent("ferry-street", ends_at=ends)
    sending = world.ask()
    world.consent("ferry-street")
    wait_for(ends)
    tasks.end_run_out()
    assert world.task(sending).status == Status.REQUESTED


def test_a_protected_request_ends_likewise_and_the_mail_tells_no_more(world: World) -> None:
    staff = world.worker(HOLDER, Role.PART2_STAFF, Purpose.TREAT)
    with acting(world.danielle):
        assert staff.account_id is not None
        assign(world.teresa, staff.account_id)
    agree(world.table, HOLDER, "ferry-street", segments=("substance-use",), purposes=("TREAT",))
    ends = now() + SOON
    world.consent("ferry-street", segments=(Segment.SUBSTANCE_USE,), purposes=(Purpose.TREAT,), ends_at=ends)
    sending = send(world, staff, "ferry-street")
    wait_for(ends)
    tasks.end_run_out()
    task = world.task(sending, by=staff)
    assert (task.status, task.reason) == (Status.CANCELLED, "consent-ended")
    assert kinds(sending, staff)[-1] == Event.CONSENT_ENDED
    assert len(mails_to(world, staff.account_id)) == 1
