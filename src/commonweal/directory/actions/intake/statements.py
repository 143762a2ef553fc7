"""Putting SQL together from the layouts. Names come from :mod:`shapes_intake` alone, never from input."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection
from psycopg import sql

from commonweal.directory.shapes_intake import LAYOUTS, Layout
from commonweal.directory.vocabulary import RecordType as T

Parts = sql.Composable
Row = tuple[Any, ...]

COMMON = ("id", "source_id", "hidden", "file_no", "row_no", "content_hash", "extra")
"""What each staged row begins with, before its references and columns."""


def into_stage_of(kind: T) -> sql.Identifier:
    """The staging table of a kind, which takes rows and shows none."""
    return sql.Identifier(f"directory_stage_{kind.value}")


def stage_of(kind: T) -> sql.Identifier:
    """What is staged of a kind, for the keeper of the directory; ``place`` tells the rows apart."""
    return sql.Identifier(f"directory_staged_{kind.value}")


def table_of(kind: T) -> sql.Identifier:
    """The directory's table of a kind."""
    return sql.Identifier(LAYOUTS[kind].table)


def name(word: str) -> sql.Identifier:
    return sql.Identifier(word)


def comma(parts: Sequence[Parts]) -> Parts:
    return sql.SQL(", ").join(parts)


def both(parts: Sequence[Parts]) -> Parts:
    return sql.SQL(" and ").join(parts)


def either(parts: Sequence[Parts]) -> Parts:
    return sql.SQL(" or ").join(parts) if parts else sql.SQL("false")


def put(template: str, **parts: Parts) -> sql.Composed:
    """``template`` with its ``{places}`` filled."""
    return sql.SQL(template).format(**parts)


def run(statement: Parts, values: Mapping[str, Any] | None = None) -> int:
    """Execute; returns how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)


def rows(statement: Parts, values: Mapping[str, Any] | None = None) -> list[Row]:
    """Execute and fetch all rows."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def exists(statement: Parts, values: Mapping[str, Any] | None = None) -> bool:
    """Whether a query has any row."""
    return bool(rows(put("select exists ({query})", query=statement), values)[0][0])


def type_of(layout: Layout, column: str) -> str:
    """The SQL type of a staged column."""
    return "uuid" if column in layout.parents else layout.types.get(column, "text")


def value_of(layout: Layout, column: str) -> Parts:
    """A staged column as the table wants it: text and truth are never null."""
    kind = type_of(layout, column)
    if kind == "text":
        return put("coalesce(s.{c}, '')", c=name(column))
    if kind == "bool":
        return put("coalesce(s.{c}, false)", c=name(column))
    return put("s.{c}", c=name(column))
