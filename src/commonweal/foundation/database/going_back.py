"""Going back to an older state of the tables is refused where facts would be lost.

Every migration of ours goes forward; the way back of most of them drops tables and columns, and with them
what was decided, consented and written down. That is what a restored backup is for. So ``migrate APP OLDER``
tells what would be lost and stops; where nothing was written yet, it goes back.

Ways back that do nothing (``RunSQL.noop``) lose nothing: the functions and policies that they leave behind
ask at least as much as those before. ``LEFT_BEHIND`` lists them; a test holds it against the migrations.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connections, migrations
from django.db.migrations import Migration
from django.db.migrations.exceptions import IrreversibleError

LEFT_BEHIND = frozenset(
    {
        ("access", "0002_guard"),
        ("access", "0003_reach"),
        ("access", "0004_one_day"),
        ("audit", "0002_chain"),
        ("directory", "0006_own_rows"),
        ("governance", "0017_seats_given"),
        ("governance", "0020_residents_stand"),
        ("governance", "0022_delegation_days"),
        ("governance", "0023_one_day"),
        ("governance", "0026_votes_as_ruled"),
        ("letters", "0002_holder"),
        ("referrals", "0003_gap_places"),
        ("referrals", "0004_after_yes"),
    }
)
"""Migrations with a step whose way back does nothing."""

EMPTY = ("", "{}", "[]", "false", "0")
"""What a column holds that was never written to, as text."""

Plan = Sequence[tuple[Migration, bool]]


def does_nothing_back(migration: Migration) -> bool:
    """Whether a step of it stays when one goes back."""
    return any(
        (isinstance(op, migrations.RunSQL) and op.reverse_sql == migrations.RunSQL.noop)
        or (isinstance(op, migrations.RunPython) and op.reverse_code == migrations.RunPython.noop)
        for op in migration.operations
    )


def facts_lost(plan: Plan, using: str = "default") -> list[str]:
    """What going back would drop that holds facts: tables, and columns as ``table.column``.

    Of a table under row-level security nobody is asked what it holds: if it ever held a row, it does.
    """
    found: list[str] = []
    with connections[using].cursor() as cursor:
        for migration, backwards in plan:
            if backwards and migration.__module__.startswith("commonweal."):
                found += [what for what in _dropped(migration) if _holds(cursor, *what.split("."))]
    return sorted(set(found))


def _dropped(migration: Migration) -> Iterable[str]:
    for op in migration.operations:
        if isinstance(op, migrations.CreateModel):
            yield str(op.options.get("db_table") or f"{migration.app_label}_{op.name_lower}")
        elif isinstance(op, migrations.AddField) and not op.field.many_to_many:
            field = op.name + ("_id" if op.field.many_to_one or op.field.one_to_one else "")
            yield f"{migration.app_label}_{op.model_name_lower}.{field}"


def _holds(cursor: Any, table: str, column: str = "") -> bool:
    cursor.execute(
        "select pg_relation_size(c.oid) > 0, c.relrowsecurity from pg_class c where c.oid = to_regclass(%s)",
        [f"public.{table}"],
    )
    known = cursor.fetchone()
    if known is None or not known[0]:
        return False
    if known[1]:
        return True
    quoted = connections["default"].ops.quote_name
    written = f"where {quoted(column)}::text <> all (%s)" if column else ""
    sql = f"select exists (select 1 from {quoted(table)} {written})"  # noqa: S608  # names from our migrations
    cursor.execute(sql, [list(EMPTY)] if column else [])
    return bool(cursor.fetchone()[0])


def refuse_to_lose(plan: Plan, using: str = "default", **_more: object) -> None:
    """Stop before anything is dropped that holds facts. Raises IrreversibleError that names it."""
    lost = facts_lost(plan, using)
    if lost:
        raise IrreversibleError(
            "Going back would lose what is written in: "
            + ", ".join(lost)
            + ". Nothing was changed. Restore a backup from before the update instead."
        )
