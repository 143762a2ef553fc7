"""Questions that pages ask over and over: written once for a process, planned once for a connection.

Under row-level security a statement carries the policies of its tables, and planning costs PostgreSQL more
than answering; for a list of fifty rows, so does Django's writing of the statement. Django binds the values
into the text and has it planned anew each time; here they travel beside it, so that text and plan are kept.

The plan is the same for everybody, the answer is not: policies ask for the sealed context while they run.
"""

from collections.abc import Callable, Hashable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection
from django.db.models import QuerySet
from psycopg import sql

Rows = list[tuple[Any, ...]]
Value = UUID | datetime
Write = Callable[[Mapping[str, Any]], "QuerySet[Any, Any]"]


def ask(text: str, values: Mapping[str, Any] | list[Any]) -> Rows:
    """The rows of a statement that is the same each time but for its values.

    They come as PostgreSQL gives them, in its binary form, which is read quicker than text: not for
    columns that Django would convert, such as JSON documents.
    """
    connection.ensure_connection()
    raw = connection.connection
    raw.prepare_threshold = 0
    try:
        with psycopg.Cursor(raw) as cursor:
            cursor.execute(text, values, prepare=True, binary=True)
            return cursor.fetchall()
    finally:
        raw.prepare_threshold = None


class Question:
    """A query set that is asked again and again with other values.

    Django writes it once for each ``form``, over values that stand for others; then only the values change.
    """

    def __init__(self) -> None:
        self._known: dict[Hashable, tuple[str, tuple[Any, ...]]] = {}

    def ask(self, form: Hashable, write: Write, values: Mapping[str, Value]) -> Rows:
        """The rows of what ``write`` makes of ``values``.

        ``form`` tells apart whatever changes the text: which conditions there are, constants, how many rows.
        """
        text, places = self._written(form, write, values)
        return ask(text, [values[one] if isinstance(one, _Name) else one for one in places])

    def count(self, form: Hashable, write: Write, values: Mapping[str, Value]) -> int:
        """How many rows ``ask`` would give, counted where they are."""
        text, places = self._written(form, write, values)
        given = [values[one] if isinstance(one, _Name) else one for one in places]
        return int(ask(f"select count(*) from ({text}) counted", given)[0][0])  # noqa: S608  # Django's own text

    def _written(
        self, form: Hashable, write: Write, values: Mapping[str, Value]
    ) -> tuple[str, tuple[Any, ...]]:
        if form not in self._known:
            stand_ins = {name: _stand_in(n, value) for n, (name, value) in enumerate(values.items())}
            text, given = write(stand_ins).query.sql_with_params()
            named = {stand_in: _Name(name) for name, stand_in in stand_ins.items()}
            values_given = [named.get(one, one) if isinstance(one, UUID | datetime) else one for one in given]
            self._known[form] = _with_constants(text, values_given)
        return self._known[form]


def _with_constants(text: str, given: list[Any]) -> tuple[str, tuple[Any, ...]]:
    """The statement with its constant words written into it, and what remains to be given each time.

    A plan that is kept for all values uses an index of *requested* rows only where it reads that word.
    They are the program's own words: what people type would have to be part of the ``form``.
    """
    pieces = text.split("%s")
    assert len(pieces) == len(given) + 1, "a statement with other places than its values"
    written, places = [pieces[0]], []
    for value, piece in zip(given, pieces[1:], strict=True):
        if isinstance(value, str) and not isinstance(value, _Name):
            written.append(sql.Literal(str(value)).as_string().replace("%", "%%"))
        else:
            written.append("%s")
            places.append(value)
        written.append(piece)
    return "".join(written), tuple(places)


class _Name(str):
    """The name of a value, in its place."""

    __slots__ = ()


def _stand_in(number: int, value: Value) -> Value:
    """A value of the same kind that nobody has."""
    if isinstance(value, UUID):
        return UUID(int=0xA11CE << 64 | number)
    return datetime(1800, 1, 1, tzinfo=UTC) + timedelta(microseconds=number)
