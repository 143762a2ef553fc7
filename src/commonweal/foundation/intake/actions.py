"""Import runs begin and end; rows are held, mended, let go."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import md5
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from commonweal.foundation.access import Actor
from commonweal.foundation.audit import record
from commonweal.foundation.intake.models import HeldRow, ImportRun
from commonweal.foundation.intake.vocabulary import HeldState, RunState
from commonweal.kernel.clock import now
from commonweal.kernel.errors import NotFound
from commonweal.kernel.ids import new_id

_BATCH = 2000
_LONGEST_CELL = 200_000


@dataclass(frozen=True, slots=True)
class FaultyRow:
    """A row to be held: whole in ``cells``, with ``faults`` as ``{field, reason, value, words}``."""

    record_type: str
    record_id: str
    file: str
    row: int
    cells: Mapping[str, str]
    faults: Sequence[Mapping[str, str]]


def key_of(cells: Mapping[str, str]) -> UUID:
    """What names a row by its content alone, wherever it stands."""
    return _named_by(_words_of(cells))


def _words_of(cells: Mapping[str, str]) -> str:
    return json.dumps(dict(cells), ensure_ascii=True, sort_keys=True)


def _named_by(words: str) -> UUID:
    return UUID(bytes=md5(words.encode(), usedforsecurity=False).digest())


def begin_run(
    kind: str, source: str, delivery: str, files: Sequence[str], fingerprint: str, *, by: Actor
) -> ImportRun:
    """Record that a delivery is being brought in, before anything is read."""
    return ImportRun.objects.create(
        kind=kind,
        source=source,
        delivery=delivery,
        files=list(files),
        fingerprint=fingerprint,
        by_role=by.role.value,
    )


def end_run(run: ImportRun, state: RunState, report: Mapping[str, Any], problem: str = "") -> None:
    """Record how it ended."""
    run.state, run.ended_at, run.report, run.problem = state, now(), dict(report), problem[:2000]
    run.save(update_fields=["state", "ended_at", "report", "problem"])


def close_broken_runs(kind: str, source: str, but: UUID) -> list[ImportRun]:
    """Runs of a source that were killed: mark them broken and return them, oldest first.

    Call it while no other run of the source can be under way.
    """
    broken = list(
        ImportRun.objects.filter(kind=kind, source=source, state=RunState.RUNNING)
        .exclude(pk=but)
        .order_by("started_at")
    )
    for run in broken:
        end_run(run, RunState.BROKEN, run.report, "The process ended before the import did.")
    return broken


@dataclass(slots=True)
class _Fresh:
    """A faulty row as it will be held. ``told``: all but its id and how often it came, as JSON."""

    file: str
    row: int
    faults: list[dict[str, str]]
    reason: str
    told: str
    times: int = 1


Prepared = dict[tuple[str, UUID], _Fresh]
"""Rows to be held, by record type and :func:`key_of`."""


def prepared(faulty: Iterable[FaultyRow], others: Prepared | None = None) -> Prepared:
    """Rows made ready to be held, with ``others`` that are; the same row of the same type becomes one.

    Touches no database.
    """
    given: Prepared = {} if others is None else others
    for row in faulty:
        words = _words_of(_storable(row.cells))
        key = _named_by(words)
        name = (row.record_type, key)
        if name in given:
            given[name].times += 1
            continue
        file, faults = _clean(row.file), [_storable(fault) for fault in row.faults]
        reason = " ".join(fault["words"] for fault in faults)
        told = {
            "record_type": row.record_type,
            "record_id": _clean(row.record_id),
            "key": key.hex,
            "file": file,
            "row": row.row,
            "faults": faults,
            "reason": reason,
        }
        given[name] = _Fresh(file, row.row, faults, reason, f'{json.dumps(told)[1:-1]}, "cells": {words}')
    return given


def hold(kind: str, source: str, faulty: "Iterable[FaultyRow] | Prepared") -> dict[str, int]:
    """Hold rows; a row that is held already stays one. Returns how many are new, by record type."""
    return _write_held(kind, source, faulty if isinstance(faulty, dict) else prepared(faulty))


_COLUMNS = (
    "id uuid, record_type text, record_id text, key uuid, file text, row int, times int, cells jsonb,"
    " faults jsonb, reason text"
)


def _insert(kind: str, source: str, fresh: Prepared) -> None:
    """Write new rows, many as one value: a delivery can bring very many."""
    columns = ", ".join(column.split()[0] for column in _COLUMNS.split(", "))
    rows = [f'{{"id": "{new_id()}", "times": {row.times}, {row.told}}}' for row in fresh.values()]
    for start in range(0, len(rows), _BATCH):
        with connection.cursor() as cursor:
            cursor.execute(
                f"insert into intake_heldrow (kind, source, state, first_held_at, {columns})"  # noqa: S608
                f" select %s, %s, %s, %s, {columns} from jsonb_to_recordset(%s::jsonb) as held({_COLUMNS})",
                [kind, source, HeldState.WAITING.value, now(), f"[{','.join(rows[start : start + _BATCH])}]"],
            )


def _write_held(kind: str, source: str, given: Prepared) -> dict[str, int]:
    known = {
        (row.record_type, row.key): row
        for row in HeldRow.objects.filter(kind=kind, source=source).defer("cells").iterator(_BATCH)
    }
    fresh = {name: row for name, row in given.items() if name not in known}
    _insert(kind, source, fresh)
    changed = []
    for key, row in given.items():
        before = known.get(key)
        if before is not None and _refresh(before, row):
            changed.append(before)
    HeldRow.objects.bulk_update(
        changed, ["file", "row", "times", "faults", "reason", "state", "settled_at"], batch_size=_BATCH
    )
    new: dict[str, int] = {}
    for (record_type, _), row in fresh.items():
        new[record_type] = new.get(record_type, 0) + row.times
    return new


def _refresh(before: HeldRow, row: _Fresh) -> bool:
    """Take over where and why a known row is held now; a steward's decision to leave it out stands."""
    waits_again = before.state in (HeldState.GONE, HeldState.RELEASED, HeldState.MENDED)
    same = all(
        getattr(before, name) == getattr(row, name) for name in ("file", "row", "times", "faults", "reason")
    )
    if same and not waits_again:
        return False
    before.file, before.row, before.times = row.file, row.row, row.times
    before.faults, before.reason = row.faults, row.reason
    if waits_again:
        before.state, before.settled_at = HeldState.WAITING, None
    return True


def settle_absent(
    kind: str,
    source: str,
    record_types: Iterable[str],
    still: Iterable[tuple[str, UUID]],
    taken: set[tuple[str, str]],
) -> int:
    """Close waiting rows that a complete delivery no longer holds up.

    ``still``: type and key of rows held now. ``taken``: type and original id of rows that went in:
    their held forms are released, the others are gone. Returns how many were closed.
    """
    now_held = set(still)
    waiting = HeldRow.objects.filter(
        kind=kind, source=source, record_type__in=list(record_types), state=HeldState.WAITING
    ).values_list("id", "record_type", "key", "record_id")
    moment = now()
    over: list[HeldRow] = []
    for row_id, record_type, key, record_id in waiting.iterator(_BATCH):
        if (record_type, key) not in now_held:
            came = bool(record_id) and (record_type, record_id) in taken
            state = HeldState.RELEASED if came else HeldState.GONE
            over.append(HeldRow(id=row_id, state=state, settled_at=moment))
    HeldRow.objects.bulk_update(over, ["state", "settled_at"], batch_size=_BATCH)
    return len(over)


def let_go(row_id: UUID, *, mended: Mapping[str, str] | None) -> None:
    """A held row went in, as it was or mended; the mend is used again when the row comes again."""
    HeldRow.objects.filter(pk=row_id).update(
        state=HeldState.MENDED if mended else HeldState.RELEASED,
        mended=dict(mended) if mended else None,
        settled_at=now(),
    )


def keep_holding(row_id: UUID, faults: Sequence[Mapping[str, str]]) -> None:
    """A held row was tried again and still cannot go in."""
    HeldRow.objects.filter(pk=row_id).update(
        faults=[_storable(fault) for fault in faults],
        reason=_clean(" ".join(fault["words"] for fault in faults)),
    )


def dismiss(row_id: UUID, *, by: Actor, why: str) -> None:
    """Decide that a row need not go in. It is kept, and no longer waits."""
    with transaction.atomic():
        found = HeldRow.objects.select_for_update().filter(pk=row_id, state=HeldState.WAITING).first()
        if found is None:
            raise NotFound("There is no such waiting row.")
        found.state, found.settled_at = HeldState.DISMISSED, now()
        found.save(update_fields=["state", "settled_at"])
        record(
            "intake.dismissed",
            by=by,
            subject=("held-row", row_id),
            words="A row in quarantine was left out.",
            details={"why": why[:500]},
        )


def _storable(cells: Mapping[str, str]) -> dict[str, str]:
    return {_clean(str(name)): _clean(str(value)) for name, value in cells.items()}


def _clean(text: str) -> str:
    """Text that PostgreSQL can keep: NUL is shown as ␀, broken surrogates as ?; a monster is cut."""
    if text.isascii() and len(text) <= _LONGEST_CELL and "\x00" not in text:
        return text  # as nearly all are
    if len(text) > _LONGEST_CELL:
        text = text[:_LONGEST_CELL] + f"… ({len(text):,} characters)"
    return text.replace("\x00", "␀").encode("utf-8", "replace").decode("utf-8")
