"""What the directory holds as a whole: its fingerprint, and whose it is."""

from collections.abc import Sequence

from django.db import connection
from psycopg import sql

from commonweal.directory.shapes_intake import LAYOUTS
from commonweal.directory.vocabulary import RecordType

_MOST_OF = 0.6
_A_GOOD_MANY, _HARDLY_ANY = 20, 0.05
_ALIKE = ("id", "source", "source_id", "visibility", "hidden_reason", "content_hash", "extra")


def state_hash() -> str:
    """Over the content of every table that a delivery fills, whatever its order; moments are left out,
    but whether a row is still delivered is part of it."""
    parts = [_hash_of(kind) for kind in LAYOUTS]
    parts.append(_one(_NEEDS))
    return _one("select md5(%s)", ["".join(parts)])


_NEEDS = """
select md5(coalesce(string_agg(w, '' order by w), ''))
from (select service_id::text || domain || provenance as w from directory_serviceneeddomain) n
"""


def _hash_of(kind: RecordType) -> str:
    columns = [*_ALIKE, *LAYOUTS[kind].all_columns]
    statement = sql.SQL(
        "select md5(coalesce(string_agg(w, '' order by w), '')) from"
        " (select md5(row({columns}, not_seen_since is null)::text) as w from {table}) t"
    ).format(
        columns=sql.SQL(", ").join([sql.Identifier(column) for column in columns]),
        table=sql.Identifier(LAYOUTS[kind].table),
    )
    return _one(statement)


def _one(statement: "str | sql.Composed", values: list[str] | None = None) -> str:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return str(cursor.fetchone()[0])


def source_like(slug: str, services: Sequence[tuple[str, str]]) -> str:
    """The source that delivered most of these services (original id and name) under another name than
    ``slug``; empty where there is none, or where ``slug`` is known itself."""
    with connection.cursor() as cursor:
        cursor.execute("select exists (select from directory_directorysource where slug = %s)", [slug])
        if cursor.fetchone()[0]:
            return ""
        cursor.execute(
            "select source, count(*) from directory_service"
            " where (source_id, name) in (select * from unnest(%s::text[], %s::text[]))"
            " group by source order by 2 desc limit 1",
            [[original for original, _ in services], [name for _, name in services]],
        )
        found = cursor.fetchone()
    return str(found[0]) if found and found[1] >= len(services) * _MOST_OF else ""


def knows_none_of(slug: str, services: Sequence[tuple[str, str]]) -> bool:
    """Whether this source delivered a good many services before, and these are others: none has an id
    of theirs, hardly any a name (a source may number its services anew)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*), count(*) filter (where source_id = any(%s)),"
            " count(*) filter (where name = any(%s)) from directory_service where source = %s",
            [[original for original, _ in services], [name for _, name in services], slug],
        )
        known, same_id, same_name = cursor.fetchone()
    return bool(known >= _A_GOOD_MANY and not same_id and same_name < len(services) * _HARDLY_ANY)
