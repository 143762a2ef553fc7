"""One delivery into the directory: read, stage, judge, merge, in one transaction.

A run is recorded before anything is read. Everything else is one transaction: a killed import leaves
the directory as it was, never half; starting it again gives the same as an unbroken run, because ids,
merges and held rows follow from content alone. The search index is refreshed after the commit, for
everything that changed since the oldest broken run.
"""

import gc
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from datetime import datetime
from queue import Empty, Queue
from threading import Thread
from uuid import UUID

from django.db import DatabaseError, connection

from commonweal.directory import facade as directory
from commonweal.directory.events import DirectoryImported
from commonweal.directory.shapes_intake import RecordType as T
from commonweal.exchange.hsds.beside import is_large, reader_of
from commonweal.exchange.hsds.delivery import Delivery
from commonweal.exchange.hsds.faults import Fault
from commonweal.exchange.hsds.holding import Holding
from commonweal.exchange.hsds.messages import Blocks, Message, Told
from commonweal.exchange.hsds.reading import Reading
from commonweal.exchange.hsds.records import Held, Preparer
from commonweal.exchange.hsds.rereading import Rereading
from commonweal.exchange.hsds.staging import Staging, Step, steps_of
from commonweal.foundation.access import Actor, acting
from commonweal.foundation.bus import publish
from commonweal.foundation.intake import actions, queries
from commonweal.foundation.intake.models import ImportRun
from commonweal.foundation.intake.progress import Progress
from commonweal.foundation.intake.report import Report
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
        beside = is_large(self.delivery) and not connection.in_atomic_block
        with _left_empty(self.by) if beside else nullcontext(), acting(self.by):
            intake = directory.Intake(self.delivery.source, moment)
            intake.open()
            broken = actions.close_broken_runs(KIND, self.delivery.source, run.id) if run else []
            since = min([moment, *(one.started_at for one in broken)])
            reading = self._reading()
            holding = Holding(reading, self.report)
            whole = self._pump(intake, holding, beside=beside)
            self._settle(holding)
            changed = intake.finish(by=self.by, complete=whole)
            self._count(intake, holding)
            if self.dry_run:
                raise _DryRun
        return changed, since

    def _reading(self) -> Reading:
        out: Queue[Message] = Queue(maxsize=_WAITING_BLOCKS)
        source = self.delivery.source
        waiting = queries.waiting_ids(KIND, source)
        preparer = Preparer(source, Blocks(out), waiting=waiting)
        return Reading(self.delivery, preparer, out, queries.mends(KIND, source))

    def _pump(self, intake: "directory.Intake", holding: Holding, *, beside: bool) -> bool:
        """Merge each kind as soon as it is staged; True for a whole delivery."""
        reading = holding.reading
        thread = Thread(target=reader_of(reading), name="hsds-reader", daemon=True)
        thread.start()
        with ThreadPoolExecutor(1) as pool:
            stage = directory.Stage(self.delivery.source)
            again = Rereading(reading, pool)
            staging = Staging(stage, holding, again, self._prepare, self.complete, self.ready)
            try:
                with steps_of(staging, by=self.by, beside=beside) as steps:
                    self._work(intake, holding, steps)
            finally:
                reading.stopped = True
                _drain(reading.out, thread)
        return any(self.ready.values())

    def _work(self, intake: "directory.Intake", holding: Holding, steps: Iterable[Step]) -> None:
        for step in steps:
            self._say(holding.reading.done, self.size, "Reading")
            if isinstance(step, directory.Judged):
                self._say(holding.reading.done, self.size, f"Merging {step.kind.value}")
                intake.merge(step, complete=self.ready[step.kind])
            elif isinstance(step, Told):
                self._tell(intake, step, holding)

    def _tell(self, intake: "directory.Intake", told: Told, holding: Holding) -> None:
        service = holding.reading.preparer.fresh_id(T.SERVICE, told.service)
        if not intake.tell_eligibility(service, told.words):
            fault = Fault("service_id", "unknown-parent", told.service)
            holding.held.append(Held(told.label, "", told.origin, told.raw, (fault,)))

    def _prepare(self, holding: Holding) -> None:
        """Make what is held ready for the quarantine, while others are still being merged."""
        holding.prepare()

    def _settle(self, holding: Holding) -> None:
        """Write the quarantine: what is held now, and what need no longer be."""
        holding.prepare()
        new = actions.hold(KIND, self.delivery.source, holding.prepared)
        for label, count in new.items():
            self.report.of(label).quarantined_new += count
        labels = {file.table.label for file in self.delivery.files if file.sheet and file.table}
        labels |= {kind.value for kind, complete in self.ready.items() if complete}
        if any(self.ready.values()):
            taken = holding.reading.preparer.taken
            actions.settle_absent(KIND, self.delivery.source, labels, holding.prepared, taken)

    def _count(self, intake: "directory.Intake", holding: Holding) -> None:
        reading = holding.reading
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
        self._notice_strangers(holding.held)

    def _notice_strangers(self, held_rows: list[Held]) -> None:
        """A table of which nearly everything points nowhere is likely of another place."""
        lost: dict[str, int] = {}
        for held in held_rows:
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
def _left_empty(by: Actor) -> Iterator[None]:
    """Nothing stays behind in the stage: what was committed there is not undone with the rest."""
    try:
        yield
    except BaseException:
        with suppress(DatabaseError), acting(by):
            directory.leave_no_stage()
        raise


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Millions of short-lived rows make no cycles; looking for them costs a tenth of the time."""
    before = gc.get_threshold()
    gc.set_threshold(100_000, 50, 50)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _numbers(merged: "directory.Merged") -> tuple[int, int, int, int]:
    return merged.created, merged.updated, merged.unchanged, merged.not_seen


def _drain(queue: "Queue[Message]", thread: Thread) -> None:
    """Let a reader that waits for room on the queue come to its end."""
    while thread.is_alive():
        try:
            queue.get(timeout=0.05)
        except Empty:
            continue
