"""People in every state, related in every way, with real facts behind them, to walk the matrix with."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import psycopg
from tests.security.probe import administrator, doors_of_run, probe_table
from tests.security.reference import STATES

from commonweal.foundation.access.vocabulary import DataClass, Purpose, Segment

BASES = (DataClass.D2, DataClass.D3, DataClass.D4, DataClass.D5, DataClass.D9)
TWO_SIDED = (DataClass.D4,)
"""Probe tables that both sides write to."""

SEGMENTS = (Segment.GENERAL, Segment.SUBSTANCE_USE, Segment.PSYCHOTHERAPY, Segment.BEHAVIORAL_HEALTH)
CLASS_OF = {
    Segment.SUBSTANCE_USE: "D6",
    Segment.PSYCHOTHERAPY: "D7",
    Segment.BEHAVIORAL_HEALTH: "D8",
    Segment.DOMESTIC_VIOLENCE: "D8",
}
VARIANTS = {
    "own": {},
    "own, not assigned": {"assigned": False},
    "own, no case": {"case": False},
    "shared": {},
    "shared, not assigned": {"assigned": False},
    "shared, not named": {"named": False},
    "shared, no case": {"case": False},
    "glass": {"assigned": False, "case": False},
    "self": {"assigned": False, "case": False},
}


@dataclass(frozen=True)
class Row:
    """One row about a person: which table, which cell it stands for."""

    base: DataClass
    data_class: str
    segment: Segment
    state: str
    variant: str
    person: UUID
    holder: UUID

    @property
    def tag(self) -> str:
        return "|".join((self.data_class, self.segment, self.state, self.variant))

    @property
    def relation(self) -> str:
        return self.variant.split(",")[0]

    @property
    def needs(self) -> dict[str, bool]:
        return VARIANTS[self.variant]


@dataclass
class World:
    """Partner ``me`` reads; ``teller`` shares with it under terms; ``stranger`` has no terms with anyone."""

    me: UUID = field(default_factory=uuid4)
    account: UUID = field(default_factory=uuid4)
    teller: UUID = field(default_factory=uuid4)
    stranger: UUID = field(default_factory=uuid4)
    people: dict[tuple[str, str], UUID] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)

    def self_in(self, state: str) -> UUID:
        return self.people[state, "self"]


def table_of(base: DataClass) -> str:
    return f"probe_matrix_{base.lower()}"


def build() -> World:
    """Lay the world out, past row-level security, in tables that stand under it."""
    world = World()
    for base in BASES:
        probe_table(table_of(base), base, shared_writes=base in TWO_SIDED).close()
    _open_table()
    for state in STATES:
        for variant in VARIANTS:
            world.people[state, variant] = uuid4()
            world.rows += _rows(world, state, variant)
    with administrator() as admin, admin.transaction():
        # The table's own triggers ask for mandates and signed contexts, which are not what is tested here.
        admin.execute("set local session_replication_role = replica")
        _write_rows(admin, world)
        _write_facts(admin, world)
    return world


def _open_table() -> None:
    """The same rows without protection, so that a policy's check can be asked of rows yet to be added."""
    doors = doors_of_run()
    with doors.connect(as_owner=True) as owner:
        owner.execute("create table if not exists probe_matrix_open (base text, like probe_matrix_d4)")
        owner.execute(f"grant select on probe_matrix_open to {doors.app}".encode())


def _holder(world: World, variant: str) -> UUID:
    if variant.startswith("own"):
        return world.me
    return world.teller if variant.startswith("shared") else world.stranger


def _rows(world: World, state: str, variant: str) -> Iterator[Row]:
    person, holder = world.people[state, variant], _holder(world, variant)
    for base in BASES:
        yield Row(base, base.value, Segment.GENERAL, state, variant, person, holder)
    for segment, data_class in CLASS_OF.items():
        if segment is Segment.DOMESTIC_VIOLENCE and variant != "glass":
            continue
        yield Row(DataClass.D4, data_class, segment, state, variant, person, holder)


def _write_rows(admin: psycopg.Connection, world: World) -> None:
    for base in BASES:
        statement = (
            f"copy {table_of(base)} (person_id, holder_id, segment, data_class, topic, word) from stdin"
        )
        with admin.cursor().copy(statement.encode()) as copy:
            for row in world.rows:
                if row.base is base:
                    copy.write_row((row.person, row.holder, row.segment, row.data_class, "food", row.tag))
        admin.execute(
            f"insert into probe_matrix_open select '{base}', * from {table_of(base)}"
            " where person_id = any(%s)".encode(),
            [list(world.people.values())],
        )


def _write_facts(admin: psycopg.Connection, world: World) -> None:
    cursor = admin.cursor()
    for (state, variant), person in world.people.items():
        needs = {"assigned": True, "named": True, "case": True} | VARIANTS[variant]
        _say(cursor, world, state, person, _holder(world, variant), needs["named"])
        _stand(cursor, world, state, person)
        if needs["assigned"]:
            cursor.execute(
                "insert into access_assignment (id, person_id, partner_id, account_id, assigned_by)"
                " values (gen_random_uuid(), %s, %s, %s, gen_random_uuid())",
                [person, world.me, world.account],
            )
        if needs["case"]:
            cursor.execute(
                "insert into access_case (id, number, person_id, partner_id, account_id, second_account_id)"
                " values (gen_random_uuid(), '1', %s, %s, %s, gen_random_uuid())",
                [person, world.me, world.account],
            )
        if variant == "glass":
            cursor.execute(
                "insert into access_glass (id, person_id, partner_id, account_id, reason, starts_at,"
                " ends_at, review) values (gen_random_uuid(), %s, %s, %s, 'found unconscious',"
                " now() - interval '1 minute',"
                " now() + interval '1 hour', '')",
                [person, world.me, world.account],
            )
    for purpose in Purpose:
        for segment in SEGMENTS:
            cursor.execute(
                "insert into access_terms (id, agreement_id, mandate_id, discloser_id, recipient_id,"
                " segment, purpose, starts_at) values (gen_random_uuid(), gen_random_uuid(),"
                " gen_random_uuid(), %s, %s, %s, %s, now() - interval '1 day')",
                [world.teller, world.me, segment, purpose],
            )


def _say(cursor: psycopg.Cursor, world: World, state: str, person: UUID, holder: UUID, named: bool) -> None:
    """The consents behind a state, for every segment and purpose in which one can be recorded."""
    if state == "S0":
        return
    discloser = uuid4() if state == "S2" else holder
    ends = "now() - interval '1 hour'" if state == "S3" else "null"
    revoked = "now() - interval '1 hour'" if state == "S4" else "null"
    topics = [["{}", discloser]] + ([["{housing}", holder]] if state == "S2" else [])
    cursor.executemany(
        "insert into access_consent (id, person_id, recipient_id, discloser_id, segment, purpose, topics,"
        " named, starts_at, ends_at, revoked_at, confirmed_at, document_id)"
        " values (gen_random_uuid(), %s, %s, %s, %s,"
        f" %s, %s, %s, now() - interval '1 day', {ends}, {revoked}, now(), gen_random_uuid())",
        [
            (person, world.me, from_whom, segment, purpose, topic, named)
            for segment in SEGMENTS
            for purpose in Purpose
            for topic, from_whom in topics
            if purpose is not Purpose.LEGAL
        ],
    )


def _stand(cursor: psycopg.Cursor, world: World, state: str, person: UUID) -> None:
    kind = {"S6": "of_age", "S7": "deceased", "S8": "disputed", "S9": "unreadable"}.get(state)
    if kind:
        cursor.execute(
            "insert into access_standing (id, person_id, kind) values (gen_random_uuid(), %s, %s)",
            [person, kind],
        )
    if state == "S5":
        cursor.execute(
            "insert into access_restriction (id, person_id, partner_id) values (gen_random_uuid(), %s, %s)",
            [person, world.me],
        )


def clear(world: World) -> None:
    """Take the world away again."""
    people = list(world.people.values())
    with administrator() as admin:
        for table in ("consent", "assignment", "case", "glass", "standing", "restriction"):
            admin.execute(f"delete from access_{table} where person_id = any(%s)".encode(), [people])
        admin.execute("delete from access_terms where recipient_id = %s", [world.me])
        admin.execute("drop table probe_matrix_open")
        for base in BASES:
            admin.execute(f"delete from {table_of(base)} where person_id = any(%s)".encode(), [people])
