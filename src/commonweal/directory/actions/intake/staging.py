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
    into_stage_of,
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


@dataclass(frozen=True, slots=True)
class Judged:
    """What judging a kind took out of the stage, and how many repeated rows it folded."""

    kind: T
    misfits: list[Misfit]
    folded: int


@dataclass
class Stage:
    """The staging tables, for the one delivery that is on its way: filled with :meth:`take`, then judged.

    Those of a large delivery are filled and judged on a connection beside the one that merges, and so
    each kind is committed before it is merged. Whoever fills them holds the lock of :class:`Intake`.
    """

    source: str

    def open(self) -> None:
        """Begin with empty tables, whatever a killed import left in them."""
        self.ready()
        empty()

    def ready(self) -> None:
        """Memory for joins of whole tables, in this transaction."""
        run(put("set local work_mem = '256MB'"))

    def take(self, kind: T, block: bytes) -> None:
        """Copy rows of a kind, one a line with tabs between cells, in the columns of its layout.

        Raises psycopg.DataError, and keeps none of them, where PostgreSQL cannot read a cell.
        """
        statement = put(
            "copy {stage} ({columns}) from stdin (format text, null '')",
            stage=into_stage_of(kind),
            columns=comma([name(c) for c in (*COMMON, *LAYOUTS[kind].all_columns)]),
        )
        with transaction.atomic(), connection.cursor() as cursor, cursor.copy(statement) as copy:
            copy.write(block)

    def judge(self, kind: T, held: Iterable[UUID | str] = ()) -> Judged:
        """Take out what cannot go in, once all rows of a kind have come and its parents were judged.

        ``held`` by the caller: these have not vanished, and what hangs on them waits with them.
        """
        _spare(kind, held)
        misfits, folded = _judge(kind, self.source)
        return Judged(kind, misfits, folded)


def empty() -> None:
    """Empty the staging tables."""
    run(put("select guard.empty_directory_stage()"))


def _spare(kind: T, ids: Iterable[UUID | str]) -> None:
    with (
        connection.cursor() as cursor,
        cursor.copy("copy directory_stage_spared (kind, id) from stdin") as copy,
    ):
        for one in ids:
            copy.write_row((kind.value, one))


def _judge(kind: T, source: str) -> tuple[list[Misfit], int]:
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
            "with gone as (delete from {stage} s where s.place in ({chosen}) returning s.id)"
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


# Ids of others, references that lead nowhere


def _of_other_sources(kind: T, source: str) -> list[Misfit]:
    """Rows whose id already belongs to a record of another source: which is right is for a human."""
    clash = put(
        "select s.place from {stage} s join {table} t on t.id = s.id where t.source <> %(source)s",
        stage=stage_of(kind),
        table=table_of(kind),
    )
    found = rows(
        put(
            "select s.file_no, s.row_no, s.source_id from {stage} s where s.place in ({clash})",
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
    before = {c for c in columns if _delivered_before(layout.parents[c], source)}
    gone = {c: _leads_nowhere(c, known=c in before) for c in columns}
    lost = {c: put("(s.{c} is not null and {gone})", c=name(c), gone=gone[c]) for c in columns}
    out = _out(kind, lost, gone)
    run(
        put(
            "insert into directory_stage_loose select s.place, s.file_no, s.row_no, ({out}), array[{flags}]"
            " from {stage} s {joins} where {out} or {any}",
            out=out,
            flags=comma([lost[c] for c in columns]),
            stage=stage_of(kind),
            joins=sql.SQL(" ").join([_join(kind, c, known=c in before) for c in columns]),
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


def _delivered_before(kind: T, source: str) -> bool:
    return exists(
        put("select from {table} where source = %(source)s", table=table_of(kind)), {"source": source}
    )


def _join(kind: T, column: str, *, known: bool) -> Parts:
    """What a reference may lead to: what its source delivers now, which was judged before or is being judged;
    and, where some of that kind is ``known``, what it delivered before."""
    target = LAYOUTS[kind].parents[column]
    now = put(
        "left join {stage} {p} on {p}.id = s.{c}",
        stage=stage_of(target),
        p=name(f"p_{column}"),
        c=name(column),
    )
    if not known:
        return now
    return put(
        "{now} left join {table} {q} on {q}.id = s.{c} and {q}.source = %(source)s",
        now=now,
        table=table_of(target),
        q=name(f"q_{column}"),
        c=name(column),
    )


def _leads_nowhere(column: str, *, known: bool) -> Parts:
    nowhere = put("{p}.id is null", p=name(f"p_{column}"))
    return put("({now} and {q}.id is null)", now=nowhere, q=name(f"q_{column}")) if known else nowhere


def _out(kind: T, lost: Mapping[str, Parts], gone: Mapping[str, Parts]) -> Parts:
    layout = LAYOUTS[kind]
    if layout.hang is Hang.FIRM:
        return either([lost[c] for c in layout.firm])
    if layout.hang is Hang.ALL:
        return either([gone[c] for c in layout.firm])
    if layout.hang is Hang.ANY:
        return both([gone[c] for c in layout.parents])
    return sql.SQL("false")


def _told(kind: T, columns: Sequence[str]) -> list[Misfit]:
    """For each row taken out, the reference that is to blame, and whether what it names is held."""
    named = comma([put("s.{c}", c=name(c)) for c in columns])
    found = rows(
        put(
            "select l.file_no, l.row_no, l.lost, {named} from directory_stage_loose l"
            " join {stage} s on s.place = l.place where l.is_out order by l.file_no, l.row_no",
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
            " from directory_stage_loose l where s.place = l.place and not l.is_out",
            stage=stage_of(kind),
            sets=comma(sets),
        )
    )
