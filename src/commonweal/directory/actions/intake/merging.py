"""Merging a staged kind into its table: one statement for new rows, one for changed, one for vanished."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg import sql

from commonweal.directory.actions.intake.statements import (
    Parts,
    comma,
    exists,
    name,
    put,
    rows,
    run,
    stage_of,
    table_of,
    value_of,
)
from commonweal.directory.shapes_intake import LAYOUTS
from commonweal.directory.vocabulary import RecordType as T


@dataclass(frozen=True, slots=True)
class Merged:
    """What merging one kind did, in rows of its table."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    not_seen: int = 0


_VERIFIABLE = (T.ORGANIZATION, T.LOCATION, T.SERVICE)
_VISIBILITY = (
    "case when coalesce(s.hidden, '') = '' then 'public' when s.hidden = 'partners' then 'partners'"
    " else 'private' end"
)
_ASSURED = "s.assured_date::timestamp at time zone 'UTC'"
_REASON = "case when s.hidden = 'partners' then '' else coalesce(s.hidden, '') end"


def _given(kind: T) -> dict[str, Parts]:
    """Column → expression, for new and changed rows alike."""
    layout = LAYOUTS[kind]
    given: dict[str, Parts] = {
        "source_id": sql.SQL("coalesce(s.source_id, '')"),
        "visibility": sql.SQL(_VISIBILITY),
        "hidden_reason": sql.SQL(_REASON),
        "changed_at": sql.SQL("%(at)s"),
        "content_hash": sql.SQL("s.content_hash"),
        "extra": sql.SQL("s.extra"),
    }
    given |= {column: value_of(layout, column) for column in layout.all_columns}
    if kind is T.SERVICE:
        given["last_modified"] = sql.SQL("%(at)s")
    return given


def _only_new(kind: T) -> dict[str, Parts]:
    """Column → expression, for new rows: what the directory itself says later is never overwritten."""
    new: dict[str, Parts] = {
        "id": sql.SQL("s.id"),
        "source": sql.SQL("%(source)s"),
        "first_seen_at": sql.SQL("%(at)s"),
    }
    if kind in _VERIFIABLE:
        new |= {"verified_by": sql.SQL("''"), "verified_how": sql.SQL("''")}
    if kind is T.SERVICE:
        new |= {
            "capacity": sql.SQL("'unknown'"),
            "capacity_by": sql.SQL("''"),
            "capacity_note": sql.SQL("''"),
            "verified_at": sql.SQL(_ASSURED),
            "verified_how": sql.SQL("case when s.assured_date is null then '' else 'source' end"),
        }
    return new


def merge(kind: T, source: str, at: datetime, *, complete: bool) -> Merged:
    """Merge what is staged. ``complete``: rows of this source that did not come have vanished."""
    values = {"source": source, "at": at}
    known = exists(put("select from {table} where source = %(source)s", table=table_of(kind)), values)
    staged = int(rows(put("select count(*) from {stage}", stage=stage_of(kind)))[0][0])
    updated = _update(kind, values) if known and staged else 0
    created = _insert(kind, values, known=known) if staged else 0
    not_seen = _mark_vanished(kind, values) if complete and known else 0
    return Merged(created, updated, staged - created - updated, not_seen)


_NEWER = f"{_ASSURED} > coalesce(t.verified_at, '-infinity')"
_VOUCHED = (
    f"verified_how = case when {_NEWER} then 'source' else t.verified_how end",
    f"verified_by = case when {_NEWER} then '' else t.verified_by end",
    f"verified_at = greatest(t.verified_at, {_ASSURED})",
)


def _update(kind: T, values: Mapping[str, Any]) -> int:
    sets: list[Parts] = [put("{c} = {v}", c=name(c), v=v) for c, v in _given(kind).items()]
    if kind is T.SERVICE:  # the source vouches anew; a later word of our own stands
        sets += [sql.SQL(vouched) for vouched in _VOUCHED]
    return run(
        put(
            "update {table} t set not_seen_since = null, {sets} from {stage} s where t.id = s.id"
            " and (t.content_hash is distinct from s.content_hash or t.not_seen_since is not null)",
            table=table_of(kind),
            stage=stage_of(kind),
            sets=comma(sets),
        ),
        values,
    )


def _insert(kind: T, values: Mapping[str, Any], *, known: bool) -> int:
    columns = _given(kind) | _only_new(kind)
    fresh = put("where not exists (select from {table} t where t.id = s.id)", table=table_of(kind))
    return run(
        put(
            "insert into {table} ({columns}) select {values} from {stage} s {fresh}",
            fresh=fresh if known else sql.SQL(""),
            table=table_of(kind),
            stage=stage_of(kind),
            columns=comma([name(c) for c in columns]),
            values=comma(list(columns.values())),
        ),
        values,
    )


def _mark_vanished(kind: T, values: Mapping[str, Any]) -> int:
    """Every row of the source is looked at, so a hash is right; a planner that has not yet counted a table
    just filled takes it for a few rows and would compare each with each."""
    run(put("set local enable_nestloop = off"))
    found = _vanished(kind, values)
    run(put("set local enable_nestloop = on"))
    return found


def _vanished(kind: T, values: Mapping[str, Any]) -> int:
    return run(
        put(
            "update {table} t set not_seen_since = %(at)s, changed_at = %(at)s"
            " where t.source = %(source)s and t.not_seen_since is null"
            " and not exists (select from {stage} s where s.id = t.id)"
            " and not exists (select from directory_stage_spared h where h.id = t.id)",
            table=table_of(kind),
            stage=stage_of(kind),
        ),
        values,
    )
