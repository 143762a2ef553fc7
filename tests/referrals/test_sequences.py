"""Any sequence of yes, stop, agreement, its end, asking, answering: after a stop nothing is shown or sent.

``COMMONWEAL_SEQUENCES`` sets how many are tried (25 by default).
"""

import os
from uuid import UUID

import pytest
from django.core import mail
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commonweal.foundation.access import acting
from commonweal.foundation.access.explain import explain
from commonweal.foundation.access.vocabulary import DataClass, Segment
from commonweal.governance import actions as governance
from commonweal.kernel.domains import NeedDomain
from commonweal.kernel.errors import Conflict, NotFound, Refused
from commonweal.people import actions as people
from commonweal.people.vocabulary import How
from commonweal.referrals import actions
from commonweal.referrals.models import Task, TaskEvent
from commonweal.referrals.vocabulary import Status
from people.cast import _keeper, agree

from .test_links import settle_all
from .world import World

OPS = ("yes", "stop", "agree", "end", "ask", "accept", "start", "remind", "cancel", "mail")
TRIES = int(os.environ.get("COMMONWEAL_SEQUENCES", "25"))


class Run:
    """What the world should look like, kept beside the real one."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.consent: UUID | None = None
        self.mandate: UUID | None = next(iter(world.table.mandates.values()))
        self.tasks: list[UUID] = []

    @property
    def is_shared(self) -> bool:
        return self.consent is not None and self.mandate is not None

    def do(self, op: str) -> None:
        before = len(mail.outbox)
        try:
            getattr(self, f"do_{op}")()
        except (Refused, NotFound, Conflict):
            assert op in ("ask", "accept", "start", "remind", "cancel")
        told = [
            m for m in mail.outbox[before:] if m.to == ["desk@ferry-street.example.org"] and "/r/" in m.body
        ]
        assert not told or self.is_shared
        self.look()

    def do_yes(self) -> None:
        if self.consent is None:
            self.consent = self.world.consent("ferry-street")

    def do_stop(self) -> None:
        if self.consent is not None:
            with acting(self.world.danielle) as by:
                people.withdraw_consent(self.world.teresa, self.consent, by=by, how=How.BY_PHONE)
            self.consent = None

    def do_agree(self) -> None:
        if self.mandate is None:
            self.mandate = agree(self.world.table, "alder-general", "ferry-street")

    def do_end(self) -> None:
        if self.mandate is not None:
            keeper = _keeper(self.world.table)
            with acting(keeper):
                governance.withdraw(self.mandate, by=keeper, why="The Table thinks again.")
            self.mandate = None

    def do_ask(self) -> None:
        self.tasks.append(self.world.ask())
        assert self.is_shared

    def do_accept(self) -> None:
        for task_id in self.tasks[-1:]:
            with acting(self.world.marcus) as by:
                actions.accept(task_id, by=by)
            assert self.is_shared

    def do_start(self) -> None:
        for task_id in self.tasks[-1:]:
            with acting(self.world.marcus) as by:
                actions.start(task_id, by=by)
            assert self.is_shared

    def do_remind(self) -> None:
        for task_id in self.tasks[-1:]:
            with acting(self.world.danielle) as by:
                actions.remind(task_id, by=by)

    def do_cancel(self) -> None:
        for task_id in self.tasks[-1:]:
            with acting(self.world.danielle) as by:
                actions.cancel(task_id, "asked-another", by=by)

    def do_mail(self) -> None:
        settle_all(self.world)

    def look(self) -> None:
        """Page, pure function and database give one answer; a thread never has a gap."""
        with acting(self.world.marcus) as marcus:
            seen = Task.objects.filter(pk__in=self.tasks).count()
            verdict = explain(
                marcus,
                self.world.teresa,
                DataClass.D4,
                Segment.GENERAL,
                holder_id=self.world.table["alder-general"],
                topic=NeedDomain.FOOD.value,
            )
        assert verdict.allowed == self.is_shared
        assert seen == (len(self.tasks) if self.is_shared else 0)
        with acting(self.world.danielle):
            for task in Task.objects.filter(pk__in=self.tasks):
                lines = list(TaskEvent.objects.filter(task=task).order_by("seq"))
                assert [line.seq for line in lines] == list(range(1, task.event_count + 1))
                assert lines[-1].status == task.status
                if self.consent is None and task.sent_at:
                    assert task.status != Status.REQUESTED


@pytest.fixture
def world_of_sequences(world: World) -> World:
    """One world; each sequence is rolled back."""
    world.need()
    assert world.marcus
    return world


@settings(max_examples=TRIES, deadline=None, suppress_health_check=list(HealthCheck))
@given(ops=st.lists(st.sampled_from(OPS), min_size=3, max_size=14))
def test_after_a_stop_nothing_is_shown_and_nothing_is_sent(world_of_sequences: World, ops: list[str]) -> None:
    with transaction.atomic():
        run = Run(world_of_sequences)
        for op in ops:
            run.do(op)
        transaction.set_rollback(True)
