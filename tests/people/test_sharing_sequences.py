"""Any order of yes, stop, close, decide and undo: the database, the explanation and people say the same.

And what they say is what a few lines of plain Python say, which know nothing of either.
"""

import os
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import product
from uuid import UUID

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from commonweal.foundation.access import acting
from commonweal.foundation.access.explain import explain
from commonweal.foundation.access.vocabulary import DataClass, Purpose, Role, Segment
from commonweal.kernel.clock import now
from commonweal.kernel.errors import Refused
from commonweal.people import actions, facade
from commonweal.people.models import SourceRecord
from commonweal.people.vocabulary import How

from .cast import TERESA, Table, agree, draft_consent, lay_table, person_self, register, withdraw_mandate

HOLDER = "alder-general"
OTHERS = ("ferry-street", "millrace")
PURPOSES = (Purpose.COORD, Purpose.TREAT)
ROLES = (Role.CASE_WORKER, Role.ORG_ADMIN)
DAYS = {"past": (-20, -10), "now": (-10, 10), "later": (5, 10)}


@dataclass
class Said:
    """A consent as plain facts."""

    id: UUID
    recipient: str
    purposes: frozenset[Purpose]
    live: bool


@dataclass
class World:
    """What happened, and who may see Teresa if it did."""

    said: list[Said] = field(default_factory=list)
    mandates: list[tuple[UUID, str, Purpose]] = field(default_factory=list)
    closed: set[str] = field(default_factory=set)
    frozen: bool = False

    def may_see(self, recipient: str, purpose: Purpose) -> bool:
        yes = any(s.live and s.recipient == recipient and purpose in s.purposes for s in self.said)
        decided = any((slug, why) == (recipient, purpose) for _, slug, why in self.mandates)
        return yes and decided and recipient not in self.closed and not self.frozen


class Sharing(RuleBasedStateMachine):
    """One person, one holder, two recipients, two purposes."""

    table: Table
    teresa: UUID

    def __init__(self) -> None:
        super().__init__()
        self.inside = transaction.atomic()
        self.inside.__enter__()
        self.world = World()
        self.steps = 0

    def teardown(self) -> None:
        connection.set_rollback(True)
        self.inside.__exit__(None, None, None)

    @property
    def danielle(self):
        return self.table.danielle

    @rule(
        recipient=st.sampled_from(OTHERS),
        purposes=st.sets(st.sampled_from(PURPOSES), min_size=1),
        when=st.sampled_from(sorted(DAYS)),
    )
    def say_yes(self, recipient, purposes, when):
        first, last = (now() + timedelta(days=d) for d in DAYS[when])
        draft = draft_consent(
            self.teresa,
            self.table[recipient],
            purposes=tuple(sorted(purposes)),
            starts_at=first,
            ends_at=last,
            both_ways=False,
        )
        with acting(self.danielle):
            if self.world.frozen:
                with pytest.raises(Refused):
                    actions.give_consent(draft, by=self.danielle)
                return
            consent = actions.give_consent(draft, by=self.danielle)
        self.world.said.append(Said(consent, recipient, frozenset(purposes), when == "now"))

    @precondition(lambda self: self.world.said and not self.world.frozen)
    @rule(data=st.data(), herself=st.booleans())
    def stop(self, data, herself):
        standing = [s for s in self.world.said if s.id not in self._stopped]
        if not standing:
            return
        said = data.draw(st.sampled_from(standing))
        by = person_self(self.teresa) if herself else self.danielle
        with acting(by):
            actions.withdraw_consent(self.teresa, said.id, by=by, how=How.BY_PHONE)
        said.live = False
        self._stopped.add(said.id)

    @property
    def _stopped(self) -> set[UUID]:
        return self.__dict__.setdefault("stopped", set())

    @rule(recipient=st.sampled_from(OTHERS), purpose=st.sampled_from(PURPOSES))
    def decide(self, recipient, purpose):
        mandate = agree(self.table, HOLDER, recipient, purposes=(purpose.value,))
        self.world.mandates.append((mandate, recipient, purpose))

    @precondition(lambda self: self.world.mandates)
    @rule(data=st.data())
    def undo(self, data):
        chosen = data.draw(st.sampled_from(self.world.mandates))
        withdraw_mandate(self.table, chosen[0])
        self.world.mandates.remove(chosen)

    @rule(recipient=st.sampled_from(OTHERS))
    def close(self, recipient):
        herself = person_self(self.teresa)
        with acting(herself):
            actions.restrict(self.teresa, self.table[recipient], by=herself)
        self.world.closed.add(recipient)

    @precondition(lambda self: self.world.closed)
    @rule(data=st.data())
    def open_again(self, data):
        recipient = data.draw(st.sampled_from(sorted(self.world.closed)))
        herself = person_self(self.teresa)
        with acting(herself):
            actions.lift_restriction(self.teresa, self.table[recipient], by=herself)
        self.world.closed.discard(recipient)

    @rule()
    def mix_up_or_settle(self):
        with acting(self.danielle):
            if self.world.frozen:
                actions.settle_dispute(self.teresa, by=self.danielle)
            else:
                actions.dispute(self.teresa, by=self.danielle)
        self.world.frozen = not self.world.frozen

    @invariant()
    def all_say_the_same(self):
        """Of one pair, another after each step, and of all four every fourth step."""
        self.steps += 1
        for number, (recipient, purpose) in enumerate(product(OTHERS, PURPOSES)):
            if self.steps % 4 in (0, number):
                self._agree_on(recipient, purpose)

    def _agree_on(self, recipient: str, purpose: Purpose) -> None:
        expected = self.world.may_see(recipient, purpose)
        with acting(self.danielle.for_purpose(purpose)):
            people = bool(
                facade.may_share(
                    self.teresa,
                    self.table[HOLDER],
                    self.table[recipient],
                    Segment.GENERAL,
                    purpose,
                    base=DataClass.D2,
                )
            )
        assert people is expected, ("people", recipient, purpose)
        for role in ROLES:
            actor = self.table.worker(recipient, role, purpose)
            helps = role is not Role.ORG_ADMIN
            with acting(actor):
                sees = SourceRecord.objects.filter(person_id=self.teresa).exists()
                told = bool(explain(actor, self.teresa, DataClass.D2, holder_id=self.table[HOLDER]))
            assert sees is (expected and helps), ("database", recipient, purpose, role)
            assert told is sees, ("explanation", recipient, purpose, role)


def _run(examples: int) -> None:
    table = lay_table()
    Sharing.table, Sharing.teresa = table, register(TERESA, table.danielle)
    run_state_machine_as_test(
        Sharing,
        settings=settings(
            max_examples=examples,
            stateful_step_count=8,
            deadline=None,
            database=None,
            derandomize=True,
            phases=(Phase.explicit, Phase.generate),  # minutes of shrinking belong to a desk, not to a suite
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.django_db
def test_sequences_of_sharing():
    """As many as the environment asks for; 200 by default."""
    _run(int(os.environ.get("COMMONWEAL_SEQUENCES", "200")))


@pytest.mark.slow
@pytest.mark.django_db
def test_a_thousand_sequences_of_sharing():
    _run(1000)
