"""Where a measure's SQL runs. The same text on each engine, the same numbers out of it.

An engine lays the cases out as the tables ``referral_case`` and ``screening_case`` and runs the definition's
SQL over them. PostgreSQL does it in the open connection without leaving a table behind; DuckDB, where it is
installed, in this process's memory.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Protocol

from django.db import connection

from commonweal.kernel.errors import BadInput
from commonweal.measures.shapes import ReferralCase, Row, ScreeningCase
from commonweal.measures.vocabulary import Engine, Kind


@dataclass(frozen=True, slots=True)
class Laid:
    """A table of cases: column names, SQL types that every engine knows, and the values column by column."""

    name: str
    columns: tuple[tuple[str, str], ...]
    values: tuple[list[object], ...]


def referral_table(cases: Sequence[ReferralCase]) -> Laid:
    return Laid(
        "referral_case",
        (
            ("sent_on", "date"), ("seen_to", "date"), ("target", "varchar"), ("status", "varchar"),
            ("accepted", "integer"), ("served_on", "date"), ("met", "integer"),
        ),
        (
            [c.sent_on for c in cases], [c.seen_to for c in cases], [c.target for c in cases],
            [c.status for c in cases], [int(c.accepted) for c in cases], [c.served_on for c in cases],
            [int(c.met) for c in cases],
        ),
    )  # fmt: skip


def screening_table(cases: Sequence[ScreeningCase]) -> Laid:
    return Laid(
        "screening_case",
        (("month", "date"), ("person", "varchar"), ("holder", "varchar"), ("all_core", "integer")),
        (
            [c.month for c in cases],
            [c.person for c in cases],
            [c.holder for c in cases],
            [int(c.all_core) for c in cases],
        ),
    )


class Runner(Protocol):
    """Runs a measure's SQL over one table of cases."""

    def run(self, sql: str, kind: Kind) -> list[Row]: ...


def engine_called(name: Engine | str) -> Engine:
    """The engine of this name. Raises BadInput, with what to do, where it is not there."""
    try:
        engine = Engine(name)
    except ValueError as fault:
        raise BadInput("engine", f"there is no engine called {name} here yet; use postgresql") from fault
    if engine is Engine.DUCKDB and find_spec("duckdb") is None:
        raise BadInput("engine", "DuckDB is not installed here; install it, or use postgresql")
    return engine


def runner(engine: Engine, table: Laid) -> Runner:
    """An engine with the cases laid out in it."""
    if not table.values[0]:
        return _Nothing()
    return _DuckDB(table) if engine is Engine.DUCKDB else _PostgreSQL(table)


class _Nothing:
    """Without cases there is nothing to run."""

    def run(self, sql: str, kind: Kind) -> list[Row]:
        return []


class _PostgreSQL:
    def __init__(self, table: Laid) -> None:
        names = ", ".join(name for name, _ in table.columns)
        arrays = ", ".join(f"%s::{kind}[]" for _, kind in table.columns)
        self.head = f"with {table.name} ({names}) as (select * from unnest({arrays}))"  # noqa: S608 — our own names
        self.values = list(table.values)

    def run(self, sql: str, kind: Kind) -> list[Row]:
        with connection.cursor() as cursor:
            cursor.execute(f"{self.head} select * from ({sql}) counted", self.values)  # noqa: S608 — our own text
            return _rows(cursor.fetchall(), kind)


class _DuckDB:
    def __init__(self, table: Laid) -> None:
        self.connection: Any = import_module("duckdb").connect(":memory:")
        columns = ", ".join(f"{name} {kind}" for name, kind in table.columns)
        self.connection.execute(f"create table {table.name} ({columns})")
        lists = ", ".join(f"unnest(cast(? as {kind}[]))" for _, kind in table.columns)
        if table.values[0]:
            self.connection.execute(f"insert into {table.name} select {lists}", list(table.values))

    def run(self, sql: str, kind: Kind) -> list[Row]:
        return _rows(self.connection.execute(sql).fetchall(), kind)


def _rows(found: Iterable[Sequence[Any]], kind: Kind) -> list[Row]:
    if kind is Kind.MEDIAN_DAYS:
        return [Row(p, who, int(x), int(n), began, ended, seen) for p, who, x, n, began, ended, seen in found]
    return [Row(p, who, int(x), int(n)) for p, who, x, n in found]
