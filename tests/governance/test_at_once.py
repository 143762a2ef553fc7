"""Withdrawn or run out, and the next read is refused: within a second, in another process, no job at work."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
from tests.governance.decided import SETUP, bind, decide
from tests.partners.meeting_world import resident as resident_of
from tests.partners.table import lay_table as lay_small_table
from tests.people.cast import TERESA, Table, lay_table, register, say_yes

from commonweal.foundation.access import Actor, acting
from commonweal.governance.actions import effects
from commonweal.kernel.clock import now, today
from commonweal.measures.models import Analysis
from commonweal.partners import actions as partners
from commonweal.partners.models import Body
from commonweal.partners.vocabulary import Authority, BodyKind, MemberClass

YEAR = timedelta(days=365)

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


# ── Each kind of effect that opens a read ──────────────────────────────────────────────────────────
WATCHER = """
import json, sys, time
import django
django.setup()
from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.accounts import sessions
from commonweal.foundation.accounts.models import Account
from commonweal.governance.queries import shared_charter
from commonweal.measures.queries import analyses, dictionary, released
from commonweal.partners.models import BodyWord
from uuid import UUID
watcher, resident = (UUID(one) for one in sys.argv[1:])
sits = Actor(Role.MEMBER, Purpose.GOV, None, resident)
while True:
    began = time.time()
    with acting(Actor.public()):
        measure = released.measure("need-met")
        seen = {
            "measure.adopt": measure.mandate_id is not None,
            "target.set": measure.target is not None,
            "results.publish": released.partners_published() is not None,
            "element.adopt": dictionary.element("need-met").mandate_id is not None,
            "charter.adopt": shared_charter.in_force() is not None,
            "analysis.run": any(one.mandate_id is not None for one in analyses.analyses()),
        }
        seats = sessions.seats_of(Account.objects.get(pk=watcher))
        seen["role.give"] = any(seat.role is Role.PRIVACY_OFFICER for seat in seats)
    with acting(sits):
        seen["seat.fill"] = BodyWord.objects.exists()
    print(json.dumps([began, seen]), flush=True)
    time.sleep(0.02)
"""

READS_NOTHING = {
    "bylaws.amend": "says how to decide; what may be read does not follow from it",
    "partner.admit": "a partner reads by consent and terms, which it has none of yet",
    "partner.end": "closes, and is never withdrawn",
    "partner.control": "counts voices, and opens nothing",
    "body.found": "a body without seats hears nothing",
    "body.end": "closes",
    "seat.add": "an empty seat hears nothing; who fills it is seat.fill, or a partner's own",
    "seat.give": "an empty seat of a partner hears nothing",
    "seat.end": "closes",
    "delegation.give": "lets somebody act, and says so on a public page",
    "initiative.start": "a plan on a public page",
    "mandate.withdraw": "closes: it is what this file is about",
    "service-standard.set": "says how fast to answer, which everyone may read",
    "none": "a position, which everyone may read",
}
"""Kinds of effects that open no read, and why."""


class Watching(Reader):
    """A process that reads all that effects open, again and again."""

    def __init__(self, watcher: UUID, resident: UUID) -> None:
        from django.conf import settings

        environment = dict(os.environ)
        doors = json.loads(environment["COMMONWEAL_DB"])
        doors["name"] = settings.DATABASES["default"]["NAME"]
        environment["COMMONWEAL_DB"] = json.dumps(doors)
        self.process = subprocess.Popen(
            [sys.executable, "-c", WATCHER, str(watcher), str(resident)],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )

    def next_after(self, moment: float, kind: str) -> bool:
        """What the first reading saw that began after a moment."""
        assert self.process.stdout is not None
        while True:
            began, seen = json.loads(self.process.stdout.readline())
            if began > moment:
                return bool(seen[kind])


@dataclass(frozen=True)
class Closed:
    """A private council with an empty seat, who may fill it, and who may be given a watcher's role."""

    seat: UUID
    member: UUID
    resident: UUID
    partner: UUID
    watcher: UUID


@pytest.fixture
def closed(transactional_db: None) -> Closed:
    table = lay_small_table()
    bind()
    with acting(SETUP):
        loretta, loretta_member = resident_of("Loretta Hayes")
        dale, dale_member = resident_of("Dale Pruitt")
        council = partners.found_body(
            by=SETUP, slug="inner", name="Inner council", kind=BodyKind.COUNCIL, is_private=True
        )
        seats = [partners.add_seat(council, by=SETUP, member_class=MemberClass.RESIDENT) for _ in range(2)]
        partners.fill_seat(seats[0], by=SETUP, member_id=dale_member, authority=Authority.FULL)
    with acting(dale):
        partners.say_in_body(council, by=dale, words="Said behind a closed door.")
    assert loretta.account_id
    assert table.marcus.account_id
    return Closed(seats[1], loretta_member, loretta.account_id, table.pantry, table.marcus.account_id)


def _asked(partner: UUID) -> UUID:
    """An analysis that waits for the table."""
    quarter = today().replace(month=1, day=1)
    with acting(SETUP):
        return Analysis.objects.create(
            number=1, title="Winter", question="Who was helped?", purpose="To plan the winter.",
            population="requests", elements=["need-met"], first_quarter=quarter, last_quarter=quarter,
            told="together", fewest=3, body_id=Body.objects.get(slug="inner").pk, holders=[str(partner)],
            expires_on=today() + YEAR,
        ).pk  # fmt: skip


def test_each_effect_that_opens_a_read_closes_it_for_the_next_one(closed: Closed) -> None:
    """Adopted, it opens; withdrawn, no reading that begins later sees it, in another process."""
    opening: dict[str, dict[str, object]] = {
        "measure.adopt": {"measure": "need-met"},
        "target.set": {"measure": "need-met", "value": "60", "due_on": (today() + YEAR).isoformat()},
        "results.publish": {},
        "role.give": {
            "partner": str(closed.partner),
            "account": str(closed.watcher),
            "role": "privacy_officer",
        },
        "seat.fill": {"seat": str(closed.seat), "member": str(closed.member)},
        "element.adopt": {"element": "need-met", "steward": str(closed.partner)},
        "charter.adopt": {part: f"Our {part}" for part in ("problem", "vision", "mission", "values")},
        "analysis.run": {"analysis": str(_asked(closed.partner))},
    }
    kinds = {effect.kind for effect in effects.effects()}
    assert kinds == opening.keys() | READS_NOTHING.keys() | {"sharing.start"}, "does it open a read?"
    watching = Watching(closed.watcher, closed.resident)
    try:
        mandates = {}
        for kind, params in opening.items():
            assert not watching.next_after(time.time(), kind)
            gate = "residents" if kind in ("results.publish", "analysis.run") else ""
            mandates[kind] = decide(kind, params, gate=gate, ends_at=now() + YEAR)
            assert watching.next_after(time.time(), kind), kind
        for kind, mandate in reversed(mandates.items()):  # a target is read with its measure, which goes last
            decide("mandate.withdraw", {"mandate": str(mandate), "why": "The table."})
            assert not watching.next_after(time.time(), kind), kind
    finally:
        watching.stop()
