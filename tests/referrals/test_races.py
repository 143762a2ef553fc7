"""Several at once, in real transactions: one wins, nobody is promised twice, a double click is one click."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

import pytest
from django.db import connection

from commonweal.foundation.access import Actor, acting
from commonweal.kernel.errors import Conflict, NotFound, Refused
from commonweal.kernel.ids import new_id
from commonweal.referrals import actions
from commonweal.referrals.actions import How
from commonweal.referrals.models import PersonAnswer, Task, TaskEvent
from commonweal.referrals.shapes import Ask
from commonweal.referrals.vocabulary import Helped, Status

from .world import World, herself, lay_world


@pytest.fixture
def world(transactional_db: None) -> World:
    return lay_world()


def at_once(*works: Callable[[], object]) -> list[object]:
    """Run these in threads that start together; what each returned or raised, in order."""
    gate = Barrier(len(works))

    def run(work: Callable[[], object]) -> object:
        try:
            gate.wait()
            return work()
        except (Conflict, Refused, NotFound) as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def accepting(task_id: UUID, by: Actor, how: How = actions.PLAIN) -> Callable[[], object]:
    def work() -> str:
        with acting(by):
            actions.accept(task_id, by=by, how=how)
        return "yes"

    return work


def test_two_services_claim_at_once_and_exactly_one_gets_it(world: World) -> None:
    world.consent("ferry-street", "northbank-rides")
    need = world.need()
    for _ in range(5):
        with acting(world.danielle) as by:
            services = [world.services["ferry-street"], world.services["northbank-rides"]]
            task_id = actions.ask(need, services, by=by, ask=Ask("Food"))
        results = at_once(accepting(task_id, world.marcus), accepting(task_id, world.rides))
        assert sorted(type(r).__name__ for r in results) == ["Conflict", "str"]
        task = world.task(task_id)
        winner = (world.marcus, world.rides)[results.index("yes")]
        assert (task.status, task.owner_id) == (Status.ACCEPTED, winner.partner_id)
        with acting(world.danielle):
            assert TaskEvent.objects.filter(task_id=task_id, kind="accepted").count() == 1


def test_the_same_yes_pressed_four_times_at_once_is_one_yes(world: World) -> None:
    world.consent("ferry-street")
    task_id = world.ask()
    click = How(intent=new_id())
    results = at_once(*[accepting(task_id, world.marcus, click)] * 4)
    assert results == ["yes"] * 4
    with acting(world.danielle):
        assert TaskEvent.objects.filter(task_id=task_id, kind="accepted").count() == 1


def test_the_same_request_pressed_four_times_at_once_is_one_request(world: World) -> None:
    world.consent("ferry-street")
    need, by, click = world.need(), world.danielle, How(intent=new_id())

    def work() -> object:
        with acting(by):
            return actions.ask(need, [world.services["ferry-street"]], by=by, ask=Ask("Food"), how=click)

    results = at_once(*[work] * 4)
    assert len(set(map(str, results))) == 1
    with acting(by):
        assert Task.objects.count() == 1
        assert TaskEvent.objects.filter(kind="sent").count() == 1


def test_yes_and_take_back_at_once_leave_one_truth(world: World) -> None:
    world.consent("ferry-street")
    for _ in range(4):
        task_id = world.ask()

        def take_back(task_id: UUID = task_id) -> str:
            with acting(world.danielle) as by:
                actions.cancel(task_id, "asked-another", by=by)
            return "back"

        at_once(accepting(task_id, world.marcus), take_back)
        task = world.task(task_id)
        assert task.status == Status.CANCELLED
        with acting(world.danielle):
            lines = list(TaskEvent.objects.filter(task_id=task_id).order_by("seq").values_list("seq", "kind"))
        assert [seq for seq, _ in lines] == list(range(1, len(lines) + 1))
        assert lines[-1][1] == "cancelled"


def test_the_person_presses_twice_at_once_and_is_kept_once(world: World) -> None:
    world.consent("ferry-street")
    task_id = world.ask()
    with acting(world.marcus) as marcus:
        actions.accept(task_id, by=marcus)
    click = How(intent=new_id())

    def say() -> str:
        with acting(herself(world.teresa)) as teresa:
            actions.record_answer(task_id, Helped.YES, by=teresa, how=click)
        return "said"

    assert at_once(say, say, say) == ["said"] * 3
    with acting(world.danielle):
        assert PersonAnswer.objects.count() == 1
