"""Rows as they may be published: public, still delivered, with nothing licensed. Read as anyone."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db import connection
from psycopg import sql

from commonweal.directory.shapes_intake import LAYOUTS, RecordType

_NOT_LICENSED = {
    RecordType.TAXONOMY: sql.SQL("and not t.licensed"),
    RecordType.TAXONOMY_TERM: sql.SQL(
        "and not t.licensed"
        " and not exists (select from directory_taxonomy x where x.id = t.taxonomy_id and x.licensed)"
    ),
}
_LATER = {RecordType.SERVICE: ("last_modified",)}

Row = dict[str, Any]


def public_services(size: int) -> Iterator[list[UUID]]:
    """The ids of all public services in batches, in a fixed order."""
    last: UUID | None = None
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "select id from directory_service where visibility = 'public' and not_seen_since is null"
                " and (%s::uuid is null or id > %s) order by id limit %s",
                [last, last, size],
            )
            ids = [row[0] for row in cursor.fetchall()]
        if not ids:
            return
        yield ids
        last = ids[-1]


def rows_by(kind: RecordType, column: str, ids: Sequence[UUID]) -> dict[UUID, list[Row]]:
    """Public rows of a kind by one of their references (or ``id``), each with its id and its columns."""
    layout = LAYOUTS[kind]
    names = ["id", *layout.all_columns, *_LATER.get(kind, ())]
    statement = sql.SQL(
        "select t.{key}, {columns}, t.extra is not null from {table} t"
        " where t.{key} = any(%s) and t.visibility = 'public' and t.not_seen_since is null {free}"
        " order by t.{key}, t.id"
    ).format(
        free=_NOT_LICENSED.get(kind, sql.SQL("")),
        key=sql.Identifier(column),
        columns=sql.SQL(", ").join([sql.SQL("t.") + sql.Identifier(name) for name in names]),
        table=sql.Identifier(layout.table),
    )
    found: dict[UUID, list[Row]] = {}
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(ids)])
        for row in cursor.fetchall():
            whole = dict(zip([*names, "has_extra"], row[1:], strict=True))
            found.setdefault(row[0], []).append(whole)
    return found


def need_domains(ids: Sequence[UUID]) -> dict[UUID, list[str]]:
    """The needs that public services help with."""
    found: dict[UUID, list[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "select service_id, domain from directory_serviceneeddomain where service_id = any(%s)"
            " order by service_id, domain",
            [list(ids)],
        )
        for service, domain in cursor.fetchall():
            found.setdefault(service, []).append(domain)
    return found
