"""Statements that are planned once for each connection; Django would have them planned each time."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection

_PLACE = re.compile(r"%\((\w+)\)s")


@lru_cache(maxsize=16)
def statement(name: str) -> str:
    """The SQL of a file beside this one."""
    return (Path(__file__).parent / f"{name}.sql").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL with numbered places, as PostgreSQL prepares it, and what goes into each."""

    text: bytes
    names: tuple[str, ...]


@lru_cache(maxsize=32)
def numbered(named: str) -> Statement:
    """A statement with its named places numbered."""
    names = tuple(dict.fromkeys(_PLACE.findall(named)))
    return Statement(_PLACE.sub(lambda found: f"${names.index(found[1]) + 1}", named).encode(), names)


def run(what: Statement, parameters: Mapping[str, str | None]) -> list[tuple[Any, ...]]:
    """The rows of a prepared statement.

    All parameters are text: the statement names their types, so that one plan serves every call.
    """
    connection.ensure_connection()
    raw = connection.connection
    raw.prepare_threshold = 0
    try:
        with psycopg.RawCursor(raw) as cursor:
            cursor.execute(what.text, [parameters[name] for name in what.names], prepare=True)
            return cursor.fetchall()
    finally:
        raw.prepare_threshold = None


def array(parts: object) -> str:
    """An array literal of numbers, ids or codes, which need no quotes."""
    return "{" + ",".join(map(str, parts)) + "}"  # type: ignore[call-overload]
