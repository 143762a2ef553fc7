"""Withdrawn or run out, and the next read is refused: within a second, in another process, no job at work."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from tests.governance.decided import bind, decide
from tests.people.cast import TERESA, Table, lay_table, register, say_yes

from commonweal.foundation.access import Actor
from commonweal.kernel.clock import now

READER = """
import sys, time
import django
django.setup()
from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.people.models import SourceRecord
from uuid import UUID
role, purpose, partner, account, person = sys.argv[1:]
who = Actor(Role(role), Purpose(purpose), UUID(partner), UUID(account))
while True:
    began = time.time()
    with acting(who):
        seen = SourceRecord.objects.filter(person_id=UUID(person)).count()
    print(began, seen, flush=True)
    time.sleep(0.02)
"""


@pytest.fixture
def reader(transactional_db: None) -> Iterator[tuple[Table, UUID, "Reader"]]:
    """The pantry, in a process of its own, reading again and again what the hospital wrote of one person."""
    table = lay_table()
    bind()
    person = register(TERESA, table.danielle)
    say_yes(person, table.danielle, table["ferry-street"])
    reading = Reader(table.marcus, person)
    yield table, person, reading
    reading.stop()


class Reader:
    """A process that reads until it is stopped, and says when it read how many rows."""

    def __init__(self, who: Actor, person: UUID) -> None:
        from django.conf import settings

        environment = dict(os.environ)
        doors = json.loads(environment["COMMONWEAL_DB"])
        doors["name"] = settings.DATABASES["default"]["NAME"]
        environment["COMMONWEAL_DB"] = json.dumps(doors)
        told = [who.role.value, who.purpose.value, str(who.partner_id), str(who.account_id), str(person)]
        self.process = subprocess.Popen(
            [sys.executable, "-c", READER, *told], env=environment, stdout=subprocess.PIPE, text=True
        )

    def until(self, wanted: int, patience: float = 60) -> float:
        """When the first reading began that saw so many rows."""
        assert self.process.stdout is not None
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            began, seen = self.process.stdout.readline().split()
            if int(seen) == wanted:
                return float(began)
        raise AssertionError(f"never saw {wanted}")

    def stop(self) -> None:
        self.process.kill()
        self.process.communicate()


def _share(table: Table, **bounds: object) -> UUID:
    return decide(
        "sharing.start",
        {
            "title": "Care partners",
            "tellers": [str(table["alder-general"])],
            "told": [str(table["ferry-street"])],
            "segments": ["general"],
            "purposes": ["COORD"],
        },
        gate="residents",
        **bounds,
    )


def test_the_next_read_in_another_process_is_refused(reader: tuple[Table, UUID, Reader]) -> None:
    table, _person, reading = reader
    reading.until(0)
    mandate = _share(table, ends_at=now() + timedelta(days=300))
    reading.until(1)
    decide("mandate.withdraw", {"mandate": str(mandate), "why": "The residents."}, body="residents")
    withdrawn = time.time()
    assert reading.until(0) - withdrawn < 1
    ends = now() + timedelta(seconds=3)
    _share(table, ends_at=ends)
    reading.until(1)
    assert -0.1 < reading.until(0) - ends.timestamp() < 1, "it ran out by itself"
