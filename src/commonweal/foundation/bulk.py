"""Writing many new rows of one table in one statement."""

from collections.abc import Sequence

import orjson
from django.db import connection
from django.db.models import AutoField, Model

BATCH = 4000


def insert_many(rows: Sequence[Model]) -> None:
    """Insert new rows of one model: as ``bulk_create``, at a fraction of its cost for thousands of rows.

    They travel as one JSON parameter instead of one parameter for each field. Every column is given but a
    counted id; row-level security and triggers judge as ever. The model's fields must read as JSON: numbers,
    texts, moments, ids, lists and documents.
    """
    if not rows:
        return
    meta, quote = type(rows[0])._meta, connection.ops.quote_name
    written = [field for field in meta.concrete_fields if not isinstance(field, AutoField)]
    fields = [(str(field.column), field.attname) for field in written]
    table, columns = quote(meta.db_table), ", ".join(quote(column) for column, _ in fields)
    for start in range(0, len(rows), BATCH):
        batch = [{c: getattr(row, name) for c, name in fields} for row in rows[start : start + BATCH]]
        with connection.cursor() as cursor:
            cursor.execute(
                f"insert into {table} ({columns})"  # noqa: S608  # names of our own models
                f" select {columns} from jsonb_populate_recordset(null::{table}, %s::jsonb)",
                [orjson.dumps(batch).decode()],
            )
