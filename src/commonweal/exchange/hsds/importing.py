"""One delivery into the directory: read, stage, judge, merge, in one transaction.

A run is recorded before anything is read. Everything else is one transaction: a killed import leaves
the directory as it was, never half; starting it again gives the same as an unbroken run, because ids,
merges and held rows follow from content alone. The search index is refreshed after the commit, for
everything that changed since the oldest broken run.
"""

import gc
import time
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from queue import Empty, Queue
from threading import Thread
from uuid import UUID

import psycopg

from commonweal.directory import facade as directory
from commonweal.directory.events import DirectoryImported
from commonweal.directory.shapes_intake import LAYOUTS, MERGE_ORDER
from commonweal.directory.shapes_intake import RecordType as T
from commonweal.exchange.hsds.beside import reader_of
from commonweal.exchange.hsds.delivery import Delivery
from commonweal.exchange.hsds.dialects import REFERENCE_NAMES
from commonweal.exchange.hsds.faults import REASONS, Fault
from commonweal.exchange.hsds.messages import Block, Blocks, Done, Ended, Failed, Message, Told
from commonweal.exchange.hsds.reading import Reading
from commonweal.exchange.hsds.records import Held, Origin, Preparer
from commonweal.exchange.hsds.rereading import Rereading
from commonweal.foundation.access import Actor, acting
from commonweal.foundation.bus import publish
from commonweal.foundation.intake import actions, queries
from commonweal.foundation.intake.actions import FaultyRow
from commonweal.foundation.intake.models import ImportRun
from commonweal.foundation.intake.progress import Progress
from commonweal.foundation.intake.report import Example, Report
from commonweal.foundation.intake.vocabulary import RunState
from commonweal.kernel.clock import now

KIND = "hsds"
_WAITING_BLOCKS = 96
_SUSPICIOUS_SHARE, _SUSPICIOUS_ROWS = 0.8, 20


class _DryRun(Exception):
    """Everything was judged; nothing is kept."""


@dataclass
class Importing:
    """Brings one delivery in. ``complete``: None takes what the delivery itself tells."""

    delivery: Delivery
    by: Actor
    dry_run: bool = False
    complete: bool | None = None
    progress: Progress | None = None
    fingerprint: str = ""
    report: Report = field(init=False)
    size: int = field(init=False)
    held: list[Held] = field(default_factory=list)
    ready: dict[T, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.report = Report(KIND, self.delivery.source, self.delivery.name, self.delivery.format)
        self.report.dry_run = self.dry_run
        self.size = self.delivery.size
        for remark in self.delivery.remarks:
            self.report.warn(remark)

    def run(self) -> Report:
        """Bring it in. Raises BadInput where it cannot be used at all; then nothing was kept."""
        began = time.monotonic()
        moment = now()
        run = self._begin()
        try:
            with _without_collecting():
                changed, since = self._merge(moment, run)
        except _DryRun:
            self.report.seconds = time.monotonic() - began
            return self.report
        except BaseException as error:
            self._end(run, RunState.REFUSED, str(error))
            raise
        self._say(1, 1, "Making it searchable")
        if changed or since < moment:
            with _without_collecting():
                publish(
                    DirectoryImported(run.id if run else UUID(int=0), self.delivery.source, since, changed)
                )
        self.report.seconds = time.monotonic() - began
        self._end(run, RunState.DONE, "")
        return self.report

    def _begin(self) -> ImportRun | None:
        if self.dry_run:
            return None
        with acting(self.by):
            names = [file.shown for file in self.delivery.files]
            return actions.begin_run(
                KIND, self.delivery.source, self.delivery.name, names, self.fingerprint, by=self.by
            )

    def _end(self, run: ImportRun | None, state: RunState, problem: str) -> None:
        if run is not None:
            with acting(self.by):
                actions.end_run(run, state, self.report.as_json(), problem)

    def _merge(self, moment: datetime, run: ImportRun | None) -> tuple[int, datetime]:
        """Everything that is one transaction. Returns how many services changed, and since when."""
        with acting(self.by):
            intake = directory.Intake(self.delivery.source, moment)
            intake.open()
            broken = actions.close_broken_runs(KIND, self.delivery.source, run.id) if run else []
            since = min([moment, *(one.started_at for one in broken)])
            reading = self._reading()
            whole = self._pump(intake, reading)
            changed = intake.finish(by=self.by, complete=whole)
            self._count(intake, reading)
            if self.dry_run:
                raise _DryRun
        return changed, since

    def _reading(self) -> Reading:
        out: Queue[Message] = Queue(maxsize=_WAITING_BLOCKS)
        source = self.delivery.source
        waiting = queries.waiting_ids(KIND, source)
        preparer = Preparer(source, Blocks(out), waiting=waiting)
        return Reading(self.delivery, preparer, out, queries.mends(KIND, source))

    def _pump(self, intake: "directory.Intake", reading: Reading) -> bool:
        """Stage what the reader sends and merge each kind as soon as it can be; True for a whole delivery."""
        thread = Thread(target=reader_of(reading), name="hsds-reader", daemon=True)
        thread.start()
        with ThreadPoolExecutor(1) as pool:
            again = Rereading(reading, pool)
            try:
                self._work(intake, reading, again)
            finally:
                reading.stopped = True
                _drain(reading.out, thread)
            self._fetch(again)
        self._settle(reading)
        return any(self.ready.values())

    def _work(self, intake: "directory.Intake", reading: Reading, again: Rereading) -> None:
        order = list(MERGE_ORDER)
        while True:
            message = reading.out.get()
            self._say(reading.done, self.size, "Reading")
            if isinstance(message, Block):
                self._take(intake, message)
            elif isinstance(message, Held):
                self.held.append(message)
            elif isinstance(message, Told):
                self._tell(intake, message)
            elif isinstance(message, Done):
                self.ready[message.kind] = message.complete if self.complete is None else self.complete
                while order and order[0] in self.ready:
                    kind = order.pop(0)
                    self._say(reading.done, self.size, f"Merging {kind.value}")
                    again.of(self._merge_kind(intake, kind))
            elif isinstance(message, Failed):
                raise message.error
            elif isinstance(message, Ended):
                return

    def _tell(self, intake: "directory.Intake", told: Told) -> None:
        if not intake.tell_eligibility(self._id_of(T.SERVICE, told.service), told.words):
            fault = Fault("service_id", "unknown-parent", told.service)
            self.held.append(Held(told.label, "", told.origin, told.raw, (fault,)))

    def _merge_kind(self, intake: "directory.Intake", kind: T) -> "list[directory.Misfit]":
        ids = {
            self._id_of(kind, held.record_id)
            for held in self.held
            if held.record_id and held.label == kind.value
        }
        intake.spare(kind, ids)
        return intake.merge(kind, complete=self.ready[kind])

    def _id_of(self, kind: T, original: str) -> str:
        return Preparer(self.delivery.source, _Nowhere()).id_of(kind, original)

    def _take(self, intake: "directory.Intake", block: Block) -> None:
        """Stage a block; rows that PostgreSQL cannot read are found by halving and held."""
        try:
            intake.take(block.kind, block.rows)
        except psycopg.DataError as error:
            halves = _halves(block)
            if halves is None:
                self.held.append(_unforeseen(block, error))
                return
            for half in halves:
                self._take(intake, half)

    def _fetch(self, again: Rereading) -> None:
        """Turn misfits into held rows, whole."""
        already = {(held.origin.file, held.origin.row) for held in self.held}
        for misfit, (origin, label, original, raw) in again.whole():
            if (origin.file, origin.row) in already:
                continue
            if self.delivery.files[origin.file].sheet is None and label != misfit.kind.value:
                continue
            self.held.append(Held(label, original, origin, raw, (_fault_of(misfit, raw),)))

    def _settle(self, reading: Reading) -> None:
        """Write the quarantine: what is held now, and what need no longer be."""
        faulty = [self._faulty(reading, held) for held in self.held]
        new = actions.hold(KIND, self.delivery.source, faulty)
        for label, count in new.items():
            self.report.of(label).quarantined_new += count
        labels = {file.table.label for file in self.delivery.files if file.sheet and file.table}
        labels |= {kind.value for kind, complete in self.ready.items() if complete}
        if any(self.ready.values()):
            still = {(row.record_type, actions.key_of(row.cells)) for row in faulty}
            actions.settle_absent(KIND, self.delivery.source, labels, still, reading.preparer.taken)

    def _faulty(self, reading: Reading, held: Held) -> FaultyRow:
        shown = self.delivery.files[held.origin.file].shown
        row = reading.shown_row(held.origin)
        counts = self.report.of(held.label)
        counts.quarantined += 1
        first = held.faults[0]
        self.report.hold(
            Example(shown, row, held.label, first.field, first.words),
            f"{held.label}: " + REASONS[first.reason] % {"field": first.field, "value": "…"},
        )
        return FaultyRow(
            held.label,
            held.record_id,
            shown,
            row,
            held.cells,
            [
                {"field": f.field, "reason": f.reason, "value": f.value[:2000], "words": f.words}
                for f in held.faults
            ],
        )

    def _count(self, intake: "directory.Intake", reading: Reading) -> None:
        for label, count in reading.read.items():
            self.report.of(label).read = count
        for label, count in reading.preparer.blank.items():
            self.report.of(label).blank = count
        for label, count in reading.doubles.items():
            self.report.of(label).repeated += count
        for kind, merged in intake.merged.items():
            folded = intake.folded.get(kind, 0)
            if kind.value in self.report.by_type or any((*_numbers(merged), folded)):
                counts = self.report.of(kind.value)
                counts.created, counts.updated, counts.unchanged, counts.not_seen = _numbers(merged)
                counts.repeated += folded
        for remark in reading.remarks:
            self.report.warn(remark)
        self._notice_strangers()

    def _notice_strangers(self) -> None:
        """A table of which nearly everything points nowhere is likely of another place."""
        lost: dict[str, int] = {}
        for held in self.held:
            if held.faults[0].reason == "unknown-parent":
                lost[held.label] = lost.get(held.label, 0) + 1
        for label, count in lost.items():
            read = self.report.of(label).read
            if read >= _SUSPICIOUS_ROWS and count >= read * _SUSPICIOUS_SHARE:
                self.report.warn(
                    f"{count:,} of {read:,} rows of {label} belong to records that are not here: "
                    "it looks like a table of another place. They wait in quarantine."
                )

    def _say(self, done: int, whole: int, doing: str) -> None:
        if self.progress is not None:
            self.progress(done, max(whole, 1), f"{self.delivery.name}: {doing}")


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Millions of short-lived rows make no cycles; looking for them costs a tenth of the time."""
    before = gc.get_threshold()
    gc.set_threshold(100_000, 50, 50)
    try:
        yield
    finally:
        gc.set_threshold(*before)


class _Nowhere:
    """A sink that takes nothing."""

    def stage(self, kind: T, line: str) -> None:
        raise AssertionError

    def stage_all(self, kind: T, lines: Iterable[str]) -> None:
        raise AssertionError

    def hold(self, held: Held) -> None:
        raise AssertionError


def _numbers(merged: "directory.Merged") -> tuple[int, int, int, int]:
    return merged.created, merged.updated, merged.unchanged, merged.not_seen


def _drain(queue: "Queue[Message]", thread: Thread) -> None:
    """Let a reader that waits for room on the queue come to its end."""
    while thread.is_alive():
        try:
            queue.get(timeout=0.05)
        except Empty:
            continue


def _halves(block: Block) -> list[Block] | None:
    lines = block.rows.splitlines(keepends=True)
    if len(lines) < 2:
        return None
    half = len(lines) // 2
    return [Block(block.kind, b"".join(part)) for part in (lines[:half], lines[half:])]


def _unforeseen(block: Block, error: Exception) -> Held:
    row = block.rows.decode().rstrip("\n").split("\t")
    columns = LAYOUTS[block.kind].all_columns
    cells = {name: cell for name, cell in zip(columns, row[7:], strict=True) if cell}
    words = str(error).splitlines()[0][:200]
    fault = Fault("row", "unexpected", words)
    return Held(block.kind.value, row[1], Origin(int(row[3]), int(row[4])), cells, (fault,))


def _fault_of(misfit: "directory.Misfit", raw: Mapping[str, str]) -> Fault:
    """What the directory found wrong, in terms of the row as it came."""
    lower = {name.strip().lower(): name for name in raw}
    column = misfit.field
    names = (*REFERENCE_NAMES.get(column, ()), column)
    shown = next((lower[name] for name in names if name in lower), column)
    value = raw.get(shown, "") or misfit.value
    return Fault(shown, misfit.reason, misfit.value if misfit.field == "id" else value)
