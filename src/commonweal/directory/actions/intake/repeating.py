"""Staged rows whose ids repeat: folded, told apart, or held."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

from psycopg import sql

from commonweal.directory.actions.intake.misfits import Misfit, remove
from commonweal.directory.actions.intake.statements import (
    Parts,
    Row,
    comma,
    exists,
    name,
    put,
    rows,
    run,
    stage_of,
    type_of,
)
from commonweal.directory.shapes_intake import LAYOUTS
from commonweal.directory.vocabulary import RecordType as T


def repeats(kind: T) -> tuple[int, list[Misfit]]:
    """Fold rows that came several times; tell apart those that only share an id."""
    stage = stage_of(kind)
    twice = put("select id from {stage} group by id having count(*) > 1", stage=stage)
    if not exists(twice):
        return 0, []
    folded = run(
        put(
            "delete from {stage} a using (select place, row_number() over"
            " (partition by id, content_hash order by file_no, row_no) as nth from {stage}"
            " where id in ({twice})) b where a.place = b.place and b.nth > 1",
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
            " select s.place, {hung} as hung,"
            " row_number() over (partition by s.id, {hung} order by s.content_hash) as nth_here,"
            " row_number() over (partition by s.id order by {hung}, s.content_hash) as nth"
            " from {stage} s where s.id in ({twice})) r where s.place = r.place and r.nth > 1",
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
            "select s.place::text, s.id, s.source_id, s.file_no, s.row_no, s.extra, {columns} from {stage} s"
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
            put("delete from {stage} where place = any(%(places)s::tid[])", stage=stage_of(kind)),
            {"places": dropped},
        )
    if held:
        remove(kind, put("select unnest(%(places)s::tid[])"), {"places": held})
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
            " where place = %(place)s::tid",
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
