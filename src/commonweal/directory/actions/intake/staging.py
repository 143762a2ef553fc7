"""Staging tables, and what is judged in them before anything is merged."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection, transaction
from psycopg import sql

from commonweal.directory.actions.intake.misfits import Misfit, remove
from commonweal.directory.actions.intake.repeating import repeats
from commonweal.directory.actions.intake.statements import (
    COMMON,
    Parts,
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
)
from commonweal.directory.shapes_intake import LAYOUTS, Hang
from commonweal.directory.vocabulary import RecordType as T


@dataclass(frozen=True, slots=True)
class Judged:
    """What judging a kind took out of the stage, and how many repeated rows it folded. ``hides``: whether
    some of that kind is not public, staged or in the directory."""

    kind: T
    misfits: list[Misfit]
    folded: int
    hides: bool


@dataclass
class Stage:
    """The staging tables, for the one delivery that is on its way: filled with :meth:`take`, then judged.

    Those of a large delivery are filled and judged on a connection beside the one that merges, and so
    each kind is committed before it is merged. Whoever fills them holds the lock of :class:`Intake`.
    """

    source: str
    _before: dict[T, bool] = field(default_factory=dict)

    def open(self) -> None:
        """Begin with empty tables, whatever a killed import left in them."""
        self.ready()
        empty()

    def _delivered_before(self, kind: T) -> bool:
        """Whether this source ever delivered any of a kind. What it delivers now is found in the stage, so
        that one look is enough, though it is merged meanwhile."""
        if kind not in self._before:
            asked = put("select from {table} where source = %(source)s", table=table_of(kind))
            self._before[kind] = exists(asked, {"source": self.source})
        return self._before[kind]

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
        before = {parent for parent in LAYOUTS[kind].parents.values() if self._delivered_before(parent)}
        misfits, folded = _judge(kind, self.source, before)
        return Judged(kind, misfits, folded, _hides(kind))


def empty() -> None:
    """Empty the staging tables."""
    run(put("select guard.empty_directory_stage()"))


def _hides(kind: T) -> bool:
    staged = put("select from {stage} where hidden <> ''", stage=stage_of(kind))
    known = put("select from {table} where visibility <> 'public'", table=table_of(kind))
    return exists(staged) or exists(known)


def _spare(kind: T, ids: Iterable[UUID | str]) -> None:
    with (
        connection.cursor() as cursor,
        cursor.copy("copy directory_stage_spared (kind, id) from stdin") as copy,
    ):
        for one in ids:
            copy.write_row((kind.value, one))


def _judge(kind: T, source: str, before: AbstractSet[T]) -> tuple[list[Misfit], int]:
    folded, misfits = repeats(kind)
    misfits += _of_other_sources(kind, source)
    misfits += _without_parents(kind, source, before)
    if misfits:
        run(
            put(
                "insert into directory_stage_spared select {kind}, id from directory_stage_misfit",
                kind=sql.Literal(kind.value),
            )
        )
        run(put("delete from directory_stage_misfit"))
    return misfits, folded


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
        remove(kind, clash, {"source": source})
    return [Misfit(kind, row[0], row[1], "id", "other-source", row[2]) for row in found]


def _without_parents(kind: T, source: str, before: AbstractSet[T]) -> list[Misfit]:
    """Rows that hang on nothing are taken out; loose references that lead nowhere are emptied.

    A delivery hangs on what its own source delivered: none can put a telephone number on the service
    of another.
    """
    layout = LAYOUTS[kind]
    if not layout.parents:
        return []
    columns = list(layout.parents)
    known = {c: layout.parents[c] in before for c in columns}
    gone = {c: _leads_nowhere(c, known=known[c]) for c in columns}
    lost = {c: put("(s.{c} is not null and {gone})", c=name(c), gone=gone[c]) for c in columns}
    out = _out(kind, lost, gone)
    run(
        put(
            "insert into directory_stage_loose select s.place, s.file_no, s.row_no, ({out}), array[{flags}]"
            " from {stage} s {joins} where {out} or {any}",
            out=out,
            flags=comma([lost[c] for c in columns]),
            stage=stage_of(kind),
            joins=sql.SQL(" ").join([_join(kind, c, known=known[c]) for c in columns]),
            any=either([lost[c] for c in columns]),
        ),
        {"source": source},
    )
    misfits = _told(kind, columns)
    if misfits:
        remove(kind, put("select place from directory_stage_loose where is_out"))
    _empty(kind, columns)
    run(put("delete from directory_stage_loose"))
    return misfits


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
