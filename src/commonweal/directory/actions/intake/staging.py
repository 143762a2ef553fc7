"""Staging tables, and what is judged in them before anything is merged."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from psycopg import sql

from commonweal.directory.actions.intake.statements import (
    COMMON,
    Parts,
    Row,
    both,
    comma,
    either,
    exists,
    name,
    put,
    rows,
    run,
    stage_of,
    table_of,
    type_of,
)
from commonweal.directory.shapes_intake import LAYOUTS, Hang
from commonweal.directory.vocabulary import RecordType as T


@dataclass(frozen=True, slots=True)
class Misfit:
    """A staged row that cannot go in: where it stood and why. ``value`` is the id in question."""

    kind: T
    file: int
    row: int
    field: str
    reason: str
    value: str = ""


def empty() -> None:
    """Empty the staging tables. They are filled and emptied inside one transaction, so nobody else ever
    sees a row in them, and a killed import leaves nothing."""
    run(put("select guard.empty_directory_stage()"))


def take(kind: T, block: bytes) -> None:
    """Copy rows, one a line with tabs between cells, into the staging table.

    Raises psycopg.DataError, and keeps none of them, where PostgreSQL cannot read a cell.
    """
    statement = put(
        "copy {stage} ({columns}) from stdin (format text, null '')",
        stage=stage_of(kind),
        columns=comma([name(c) for c in (*COMMON, *LAYOUTS[kind].all_columns)]),
    )
    with transaction.atomic(), connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(block)


def spare(kind: T, ids: Iterable[UUID | str]) -> None:
    """Records that came but are held: they have not vanished, and what hangs on them waits with them."""
    with (
        connection.cursor() as cursor,
        cursor.copy("copy directory_stage_spared (kind, id) from stdin") as copy,
    ):
        for one in ids:
            copy.write_row((kind.value, one))


def judge(kind: T, source: str) -> tuple[list[Misfit], int]:
    """Take out of the stage what cannot go in. Returns it, and how many repeated rows were folded."""
    folded, misfits = _repeats(kind)
    misfits += _of_other_sources(kind, source)
    misfits += _without_parents(kind, source)
    if misfits:
        run(
            put(
                "insert into directory_stage_spared select {kind}, id from directory_stage_misfit",
                kind=sql.Literal(kind.value),
            )
        )
        run(put("delete from directory_stage_misfit"))
    return misfits, folded


def _remove(kind: T, chosen: Parts, values: dict[str, Any] | None = None) -> None:
    """Remove staged rows by their place, and remember their ids as spared."""
    run(
        put(
            "with gone as (delete from {stage} s where s.ctid in ({chosen}) returning s.id)"
            " insert into directory_stage_misfit select id from gone",
            stage=stage_of(kind),
            chosen=chosen,
        ),
        values,
    )


# Ids that repeat


def _repeats(kind: T) -> tuple[int, list[Misfit]]:
    """Fold rows that came several times; tell apart those that only share an id."""
    stage = stage_of(kind)
    twice = put("select id from {stage} group by id having count(*) > 1", stage=stage)
    if not exists(twice):
        return 0, []
    folded = run(
        put(
            "delete from {stage} a using (select ctid as place, row_number() over"
            " (partition by id, content_hash order by file_no, row_no) as nth from {stage}"
            " where id in ({twice})) b where a.ctid = b.place and b.nth > 1",
            stage=stage,
            twice=twice,
        )
    )
    if not exists(twice):
        return folded, []
    if LAYOUTS[kind].repeats:
        _rename(kind, twice)
        return folded, []
    more, misfits = _reconcile(kind, twice)
    return folded + more, misfits


def _rename(kind: T, twice: Parts) -> None:
    """Give each but the first row of an id an id of its own, by what it hangs on."""
    parents = [put("coalesce(s.{c}::text, '')", c=name(c)) for c in LAYOUTS[kind].parents]
    hung_on = sql.SQL(" || ' ' || ").join([sql.SQL("''"), *parents])
    run(
        put(
            "update {stage} s set id = md5(s.id::text || ' ' || r.hung || ' ' || r.nth_here)::uuid from ("
            " select s.ctid as place, {hung} as hung,"
            " row_number() over (partition by s.id, {hung} order by s.content_hash) as nth_here,"
            " row_number() over (partition by s.id order by {hung}, s.content_hash) as nth"
            " from {stage} s where s.id in ({twice})) r where s.ctid = r.place and r.nth > 1",
            stage=stage_of(kind),
            hung=hung_on,
            twice=twice,
        )
    )


def _reconcile(kind: T, twice: Parts) -> tuple[int, list[Misfit]]:
    """Rows of one id that say the same, some more of it, become one; what contradicts the first is held."""
    columns = LAYOUTS[kind].all_columns
    found = rows(
        put(
            "select s.ctid::text, s.id, s.source_id, s.file_no, s.row_no, s.extra, {columns} from {stage} s"
            " where s.id in ({twice}) order by s.id, s.file_no, s.row_no",
            stage=stage_of(kind),
            columns=comma([put("s.{c}::text", c=name(c)) for c in columns]),
            twice=twice,
        )
    )
    dropped: list[str] = []
    misfits: list[Misfit] = []
    held: list[str] = []
    first: list[Any] | None = None
    for row in found:
        if first is None or first[1] != row[1]:
            _write_back(kind, columns, first)
            first = [*row, False]
            first[5] = _read(row[5])
            continue
        if all(not mine or not theirs or mine == theirs for mine, theirs in _pairs(first, row)):
            _fill(first, row)
            dropped.append(row[0])
        else:
            held.append(row[0])
            misfits.append(Misfit(kind, row[3], row[4], "id", "conflict", row[2]))
    _write_back(kind, columns, first)
    if dropped:
        run(
            put("delete from {stage} where ctid = any(%(places)s::tid[])", stage=stage_of(kind)),
            {"places": dropped},
        )
    if held:
        _remove(kind, put("select unnest(%(places)s::tid[])"), {"places": held})
    return len(dropped), misfits


_CELLS = 6


def _pairs(first: Sequence[Any], row: Row) -> Iterable[tuple[Any, Any]]:
    return zip(first[_CELLS:-1], row[_CELLS:], strict=True)


def _fill(first: list[Any], row: Row) -> None:
    for place in range(_CELLS, len(row)):
        if not first[place] and row[place]:
            first[place], first[-1] = row[place], True
    more = {**_read(row[5]), **first[5]}
    if more != first[5]:
        first[5], first[-1] = more, True


def _read(extra: str | None) -> dict[str, str]:
    return dict(json.loads(extra)) if extra else {}


def _write_back(kind: T, columns: Sequence[str], first: list[Any] | None) -> None:
    """Write a row that was filled from its doubles, with the fingerprint of what it says now."""
    if first is None or not first[-1]:
        return
    layout = LAYOUTS[kind]
    extra = json.dumps(first[5], ensure_ascii=False, sort_keys=True) if first[5] else None
    said = "\x1f".join([*(cell or "" for cell in first[_CELLS:-1]), extra or ""])
    values = {f"c{n}": cell for n, cell in enumerate(first[_CELLS:-1])}
    sets = [
        put(
            "{c} = {v}::{t}",
            c=name(column),
            v=sql.Placeholder(f"c{n}"),
            t=sql.SQL(type_of(layout, column)),
        )
        for n, column in enumerate(columns)
    ]
    run(
        put(
            "update {stage} set content_hash = %(hash)s::uuid, extra = %(extra)s::jsonb, {sets}"
            " where ctid = %(place)s::tid",
            stage=stage_of(kind),
            sets=comma(sets),
        ),
        {
            **values,
            "hash": hashlib.md5(said.encode("utf-8", "replace"), usedforsecurity=False).hexdigest(),
            "extra": extra,
            "place": first[0],
        },
    )


# Ids of others, references that lead nowhere


def _of_other_sources(kind: T, source: str) -> list[Misfit]:
    """Rows whose id already belongs to a record of another source: which is right is for a human."""
    clash = put(
        "select s.ctid from {stage} s join {table} t on t.id = s.id where t.source <> %(source)s",
        stage=stage_of(kind),
        table=table_of(kind),
    )
    found = rows(
        put(
            "select s.file_no, s.row_no, s.source_id from {stage} s where s.ctid in ({clash})",
            stage=stage_of(kind),
            clash=clash,
        ),
        {"source": source},
    )
    if found:
        _remove(kind, clash, {"source": source})
    return [Misfit(kind, row[0], row[1], "id", "other-source", row[2]) for row in found]


def _without_parents(kind: T, source: str) -> list[Misfit]:
    """Rows that hang on nothing are taken out; loose references that lead nowhere are emptied.

    A delivery hangs on what its own source delivered: none can put a telephone number on the service
    of another.
    """
    layout = LAYOUTS[kind]
    if not layout.parents:
        return []
    columns = list(layout.parents)
    lost = {c: put("(s.{c} is not null and {p}.id is null)", c=name(c), p=name(f"p_{c}")) for c in columns}
    out = _out(kind, lost)
    run(
        put(
            "insert into directory_stage_loose select s.ctid, s.file_no, s.row_no, ({out}), array[{flags}]"
            " from {stage} s {joins} where {out} or {any}",
            out=out,
            flags=comma([lost[c] for c in columns]),
            stage=stage_of(kind),
            joins=sql.SQL(" ").join([_join(kind, c) for c in columns]),
            any=either([lost[c] for c in columns]),
        ),
        {"source": source},
    )
    misfits = _told(kind, columns)
    if misfits:
        _remove(kind, put("select place from directory_stage_loose where is_out"))
    _empty(kind, columns)
    run(put("delete from directory_stage_loose"))
    return misfits


def _join(kind: T, column: str) -> Parts:
    """What a reference may lead to: what its source delivered, now or before."""
    target = LAYOUTS[kind].parents[column]
    if target is kind:
        return put(
            "left join (select id from {table} where source = %(source)s union select id from {stage}) {p}"
            " on {p}.id = s.{c}",
            table=table_of(target),
            stage=stage_of(kind),
            p=name(f"p_{column}"),
            c=name(column),
        )
    return put(
        "left join {table} {p} on {p}.id = s.{c} and {p}.source = %(source)s",
        table=table_of(target),
        p=name(f"p_{column}"),
        c=name(column),
    )


def _out(kind: T, lost: Mapping[str, Parts]) -> Parts:
    layout = LAYOUTS[kind]
    if layout.hang is Hang.FIRM:
        return either([lost[c] for c in layout.firm])
    if layout.hang is Hang.ALL:
        return either([put("{p}.id is null", p=name(f"p_{c}")) for c in layout.firm])
    if layout.hang is Hang.ANY:
        return both([put("{p}.id is null", p=name(f"p_{c}")) for c in layout.parents])
    return sql.SQL("false")


def _told(kind: T, columns: Sequence[str]) -> list[Misfit]:
    """For each row taken out, the reference that is to blame, and whether what it names is held."""
    named = comma([put("s.{c}", c=name(c)) for c in columns])
    found = rows(
        put(
            "select l.file_no, l.row_no, l.lost, {named} from directory_stage_loose l"
            " join {stage} s on s.ctid = l.place where l.is_out order by l.file_no, l.row_no",
            named=named,
            stage=stage_of(kind),
        )
    )
    if not found:
        return []
    spared = {str(row[0]) for row in rows(put("select id from directory_stage_spared"))}
    misfits: list[Misfit] = []
    for row in found:
        flags, ids = row[2], row[3:]
        blame = [(c, str(one)) for c, flag, one in zip(columns, flags, ids, strict=True) if flag]
        if not blame:
            empty = next((c for c, one in zip(columns, ids, strict=True) if one is None), columns[0])
            misfits.append(Misfit(kind, row[0], row[1], empty, "no-owner"))
            continue
        column, one = next(((c, i) for c, i in blame if i in spared), blame[0])
        reason = "held-parent" if one in spared else "unknown-parent"
        misfits.append(Misfit(kind, row[0], row[1], column, reason, one))
    return misfits


def _empty(kind: T, columns: Sequence[str]) -> None:
    """Empty references that lead nowhere; the fingerprint tells, so that they are filled when they lead."""
    sets = [
        put("{c} = case when l.lost[{n}] then null else s.{c} end", c=name(c), n=sql.Literal(n))
        for n, c in enumerate(columns, 1)
    ]
    run(
        put(
            "update {stage} s set content_hash = md5(s.content_hash::text || l.lost::text)::uuid, {sets}"
            " from directory_stage_loose l where s.ctid = l.place and not l.is_out",
            stage=stage_of(kind),
            sets=comma(sets),
        )
    )
