"""Nothing that the table governs changes without a live mandate (acceptance 2 of "the table decides").

What is governed is read from the effects that contexts register. Three walks:

- every model is governed or not, with a reason; a new one fails here until somebody says which;
- every governed table and column is written through the application's own role, as each kind of actor, in a
  world under bylaws and without a mandate that may act: the database refuses;
- every place in the source that writes a governed table is named here, with the act that it belongs to.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from tests.governance.decided import SETUP, bind, decide
from tests.guards.not_governed import NOT_GOVERNED, WRITERS
from tests.guards.walk import SOURCE, parsed, where
from tests.partners.table import Table, lay_table
from tests.security.probe import doors_of_run

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.governance.access import THE_COUNT
from commonweal.governance.actions import effects
from commonweal.kernel.clock import now, today
from commonweal.measures.models import Analysis, AnalysisFigure, AnalysisRun, Release, ReleasedFigure
from commonweal.partners import actions as partners
from commonweal.partners.models import Body
from commonweal.partners.vocabulary import MemberClass

YEAR = timedelta(days=365)
REFUSED = "42501"
WHICH = {
    "accounts_membership": "role = 'privacy_officer'",
    "partners_partner": "slug = 'riverside'",  # nobody here administers it: one may always leave by itself
    "partners_holding": "seat_id in (select id from partners_seat where partner_id is null)",
}
"""Rows that are governed, in tables that hold others too."""


def governed() -> dict[str, set[str]]:
    """Tables with their governed columns, as registered effects have it; ``*`` stands for new rows."""
    found: dict[str, set[str]] = {}
    for effect in effects.effects():
        for name in effect.governs:
            table, _dot, column = name.partition(".")
            found.setdefault(table, set()).add(column or "*")
    return found


DECISIONS = {
    "governance_decision": {"adopted", "yes", "residents", "certificate", "proposal_id", "delegation_id"}
}
"""What was certified stays as it is, though it is no effect of anything."""


# 1. Every model


def _undeclared(tables: Iterable[str], declared: dict[str, str], of_effects: dict[str, set[str]]) -> set[str]:
    return {t for t in tables if t not in declared and t not in of_effects}


def test_every_table_is_governed_or_says_why_not() -> None:
    tables = {m._meta.db_table for m in apps.get_models()}
    known = {table: why for why, those in NOT_GOVERNED.items() for table in those}
    assert _undeclared(tables, known, governed()) == set(), "governed by an effect, or not: say which and why"
    assert known.keys() - tables == set(), "stale names go"
    assert known.keys() & governed().keys() == set(), "governed after all"
    assert all(len(why) > 20 for why in NOT_GOVERNED)


def test_a_new_table_is_noticed() -> None:
    assert _undeclared({"partners_partner", "planted_table"}, {}, governed()) == {"planted_table"}


def test_every_matter_but_talk_has_an_effect() -> None:
    """What a table may decide does something, or is one of the matters that only take a position."""
    from commonweal.governance.vocabulary import Matter

    positions = {Matter.POSITION, Matter.DIRECTORY, Matter.BUDGET}
    assert {e.matter for e in effects.effects()} | positions == set(Matter)


# 2. Every governed table and column, through the application's role


@pytest.fixture
def world(db: None) -> Table:
    """A table under bylaws that has decided one of everything; nothing is left that may act."""
    table = lay_table()
    bind()
    residents = Body.objects.get(slug="residents").pk
    with acting(SETUP):
        loretta = partners.welcome_resident_member(
            by=SETUP, name="Loretta Hayes", lives_here=True, is_or_was_served=True
        )
        seat = partners.add_seat(residents, by=SETUP, member_class=MemberClass.RESIDENT, title="Chair")
    for kind, params, end in _one_of_each(table, seat, loretta):
        decide(kind, params, ends_at=now() + YEAR if end else None, gate="residents" if end else "")
    with acting(replace(THE_COUNT, purpose=Purpose.OPS)):
        release = Release.objects.create(family="referral", as_of=now(), policy="x")
        ReleasedFigure.objects.create(
            release=release, family="referral", grain="month", starts_on=today(), what="sent", state="held"
        )
    tell_an_analysis()
    for mandate in (*_of("measure.adopt"), *_of("analysis.run")):
        decide("mandate.withdraw", {"mandate": str(mandate), "why": "Nothing is counted now."})
    return table


def tell_an_analysis() -> None:
    """One that ran over nobody's rows, and told nothing."""
    with acting(replace(THE_COUNT, purpose=Purpose.OPS)):
        (mandate,) = _of("analysis.run")
        run = AnalysisRun.objects.create(
            analysis=Analysis.objects.get(), mandate_id=mandate, policy="x", as_of=now()
        )
        AnalysisFigure.objects.create(run=run, starts_on=today(), what="all", state="held")


def _analysis() -> UUID:
    return Analysis.objects.create(
        number=1,
        title="Who is helped",
        question="How many?",
        purpose="To learn.",
        population="requests",
        elements=["need-met"],
        first_quarter=today(),
        last_quarter=today(),
        told="together",
        body=Body.objects.get(slug="table"),
        expires_on=today() + YEAR,
    ).pk


def _of(kind: str) -> list[UUID]:
    from commonweal.governance.models import Mandate

    return list(Mandate.objects.filter(effect=kind, withdrawn_at=None).values_list("pk", flat=True))


def _one_of_each(table: Table, seat: UUID, member: UUID) -> Iterator[tuple[str, dict[str, object], bool]]:
    yield "measure.adopt", {"measure": "need-met"}, False
    yield "element.adopt", {"element": "need-met", "steward": str(table.backbone)}, False
    yield "analysis.run", {"analysis": str(_analysis())}, True
    yield "target.set", {"measure": "need-met", "value": "60", "due_on": (today() + YEAR).isoformat()}, False
    days = {"answer_days": 3, "remind_after_days": 2, "escalate_after_days": 5, "expire_after_days": 15}
    yield "service-standard.set", days, False
    yield "partner.admit", {"name": "Riverside", "sector": "health-care"}, False
    body = {"name": "Rides", "kind": "workgroup", "scale": "county", "purpose": "To get there."}
    yield "body.found", body, False
    table_id = str(Body.objects.get(slug="table").pk)
    yield "seat.add", {"body": table_id, "partner": str(table.pantry), "role": "member"}, False
    yield "seat.fill", {"seat": str(seat), "member": str(member)}, False
    watch = {
        "partner": str(table.backbone),
        "account": str(table.priya.account_id),
        "role": "privacy_officer",
    }
    yield "role.give", watch, False
    yield "delegation.give", {"words": "Pay for rides", "report_on": (today() + YEAR).isoformat()}, False
    parts = {part: f"Our {part}" for part in ("problem", "vision", "mission", "values")}
    yield "charter.adopt", parts, False
    yield "initiative.start", {"title": "Rides", "goal": "All", "owner": str(table.pantry)}, False
    lines = {"tellers": [str(table.hospital)], "told": [str(table.pantry)]}
    words = {"title": "Care partners", "segments": ["general"], "purposes": ["COORD"]}
    yield "sharing.start", {**lines, **words}, True


def _actors(table: Table) -> dict[str, Actor]:
    """One of each kind that the application ever acts as."""
    mine = table.marcus
    return {
        "the count": THE_COUNT,
        "a program": replace(THE_COUNT, purpose=Purpose.OPS),
        "the backbone": table.priya,
        "a partner": mine,
        "a worker": table.danielle,
        "a member": Actor(Role.MEMBER, Purpose.GOV, None, mine.account_id),
        "an election officer": Actor(Role.ELECTION_OFFICER, Purpose.GOV, table.backbone, mine.account_id),
        "a privacy officer": Actor(Role.PRIVACY_OFFICER, Purpose.AUD, table.backbone, mine.account_id),
        "an analyst": Actor(Role.ANALYST, Purpose.OPS, table.backbone, mine.account_id),
        "an operator": Actor(Role.OPERATOR, Purpose.ADMIN, None, mine.account_id),
        "the set-up": SETUP,
        "anyone": Actor.public(),
    }


OTHER = {
    "uuid": "gen_random_uuid()",
    "boolean": "not coalesce({c}, false)",
    "date": "coalesce({c}, current_date) + 1",
    "timestamp with time zone": "coalesce({c}, now()) + interval '1 day'",
    "jsonb": "'{{\"planted\": true}}'::jsonb",
}
"""Another value of a type than the one that stands there."""


def _statement(table: str, column: str) -> str:
    which = f"select ctid from {table} where {WHICH.get(table, 'true')} limit 1"
    if column == "*":
        return (
            f"insert into {table}"
            " select (jsonb_populate_record(t, jsonb_build_object('id', gen_random_uuid()))).*"
            f" from {table} t where ctid = ({which})"
        )
    with connection.cursor() as cursor:
        cursor.execute(
            "select data_type from information_schema.columns where table_name = %s and column_name = %s",
            [table, column],
        )
        found = cursor.fetchone()
    assert found, f"{table}.{column} is governed and does not exist"
    number = found[0] in ("integer", "smallint", "bigint", "numeric")
    other = "coalesce({c}, 0) + 1" if number else OTHER.get(found[0], "coalesce({c}, '') || 'x'")
    return f"update {table} set {column} = {other.format(c=column)} where ctid = ({which})"


def _outcome(statement: str, by: Actor) -> str:
    """``refused``, ``nothing`` (row-level security hid the row), or what came instead; nothing stays."""
    try:
        with acting(by), transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(statement)
                changed = cursor.rowcount
            transaction.set_rollback(True)
    except DatabaseError as fault:
        state = getattr(fault.__cause__, "sqlstate", "")
        return "refused" if state == REFUSED else f"{state}: {fault}"
    return "changed" if changed else "nothing"


def unguarded(entries: dict[str, set[str]], actors: dict[str, Actor]) -> list[str]:
    """Governed tables and columns that somebody could write, and those that nobody was kept from."""
    found = []
    for table, columns in sorted(entries.items()):
        for column in sorted(columns):
            statement = _statement(table, column)
            outcomes = {who: _outcome(statement, by) for who, by in actors.items()}
            found += [
                f"{table}.{column} as {who}: {out}"
                for who, out in outcomes.items()
                if out not in ("refused", "nothing")
            ]
            if "refused" not in outcomes.values():
                found.append(f"{table}.{column}: there was nothing to refuse")
    return found


def test_nothing_governed_is_written_without_a_mandate(world: Table) -> None:
    entries = governed()
    assert len(entries) >= 15
    assert unguarded(entries | DECISIONS, _actors(world)) == []


def test_a_table_without_its_guard_is_noticed(world: Table) -> None:
    """Planted: the guard of delegations is taken away, in a copy of the table that nobody guards."""
    with doors_of_run().connect(as_owner=True) as owner:
        owner.execute("create table planted_delegation (id uuid primary key, words text, mandate_id uuid)")
        owner.execute("insert into planted_delegation values (gen_random_uuid(), 'x', gen_random_uuid())")
        owner.execute(f"grant select, insert, update on planted_delegation to {doors_of_run().app}")
    try:
        found = unguarded({"planted_delegation": {"*", "words"}}, {"the backbone": world.priya})
    finally:
        with doors_of_run().connect(as_owner=True) as owner:
            owner.execute("drop table planted_delegation")
    assert [line.split(" as ")[0] for line in found if "changed" in line] == [
        "planted_delegation.*",
        "planted_delegation.words",
    ]


# 3. Every place in the source that writes one

_WRITES = {
    "create", "bulk_create", "get_or_create", "update_or_create", "update", "bulk_update", "delete", "save",
    "acreate", "aupdate", "asave",
}  # fmt: skip
_SQL = r"(?:insert\s+into|update|copy|delete\s+from)\s+(?:public\.)?({tables})\b"


def _models(tables: Iterable[str]) -> dict[str, str]:
    """Class names of governed models, with their tables."""
    wanted = set(tables)
    return {m.__name__: m._meta.db_table for m in apps.get_models() if m._meta.db_table in wanted}


def writers_in(name: str, tree: ast.Module, text: str, tables: Iterable[str]) -> set[str]:
    """``file:function:table`` for each function that names a governed model and calls something that writes,
    and for each statement of SQL that writes a governed table."""
    found = set()
    models = _models(tables)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            calls = {
                inner.func.attr
                for inner in ast.walk(node)
                if isinstance(inner, ast.Call) and isinstance(inner.func, ast.Attribute)
            }
            names = {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)} & models.keys()
            if calls & _WRITES:
                found |= {f"{name}:{node.name}:{models[n]}" for n in names}
    pattern = _SQL.format(tables="|".join(tables))
    for table in re.findall(pattern, text, re.IGNORECASE):
        found.add(f"{name}:sql:{table}")
    return found


def _files() -> Iterator[Path]:
    for file in sorted(SOURCE.rglob("*.py")):
        if "migrations" not in file.parts and "models" not in (file.stem, file.parent.name):
            yield file


def test_every_writer_of_a_governed_table_is_known() -> None:
    tables = sorted(governed())
    found = set()
    for file in _files():
        found |= writers_in(where(file), parsed(file), file.read_text(encoding="utf-8"), tables)
    known = {writer for those in WRITERS.values() for writer in those}
    assert found - known == set(), "an act of a decision, or something else? say which in not_governed.py"
    assert known - found == set(), "stale names go"


def test_a_planted_writer_is_noticed() -> None:
    text = (
        "def sneak(partner_id):\n    Partner.objects.filter(pk=partner_id).update(kind='backbone')\n"
        "def hide(c):\n    c.execute('update partners_seat set has_vote = true')\n"
    )
    found = writers_in("planted.py", ast.parse(text), text, sorted(governed()))
    assert found == {"planted.py:sneak:partners_partner", "planted.py:sql:partners_seat"}
