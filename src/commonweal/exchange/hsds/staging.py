"""Staging what the reader sends: each kind is judged as soon as it is whole, and is then ready to be merged.

A large delivery is staged in a thread with a connection of its own, so that the next kinds come in while one
is merged. What it tells of is committed before; the stage is emptied when the merging ends, well or not.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from queue import Empty, Queue
from threading import Thread

import psycopg
from django.db import connection

from commonweal.directory import facade as directory
from commonweal.directory.shapes_intake import LAYOUTS, MERGE_ORDER
from commonweal.directory.shapes_intake import RecordType as T
from commonweal.exchange.hsds.faults import Fault
from commonweal.exchange.hsds.holding import Holding
from commonweal.exchange.hsds.messages import Block, Done, Ended, Failed, Told
from commonweal.exchange.hsds.records import Held, Origin
from commonweal.exchange.hsds.rereading import Rereading
from commonweal.foundation.access import Actor, acting

_WAIT = 0.2
"""Seconds after which somebody who waits looks up: to show progress, or to see that all was given up."""

Step = directory.Judged | Told | None
"""A kind that can be merged; words about a service of which this delivery has no row; or just some time."""


class _GivenUp(Exception):
    """Nobody wants the rest."""


@dataclass
class Staging:
    """Stages one delivery. ``ready``: for each kind, whether it came complete; ``complete`` overrules what
    the delivery itself tells. ``at_end`` is called when all that cannot go in is known, and whole."""

    stage: directory.Stage
    holding: Holding
    again: Rereading
    at_end: Callable[[Holding], None]
    complete: bool | None = None
    ready: dict[T, bool] = field(default_factory=dict)

    def steps(self) -> Iterator[Step]:
        """Stage and judge everything, kind by kind in the order of merging."""
        order = list(MERGE_ORDER)
        self.stage.open()
        while not isinstance(message := self._next(), Ended):
            if isinstance(message, Block):
                self._take(message)
            elif isinstance(message, Held):
                self.holding.held.append(message)
            elif isinstance(message, Done):
                self.ready[message.kind] = message.complete if self.complete is None else self.complete
            elif isinstance(message, Told):
                yield message
            elif isinstance(message, Failed):
                raise message.error
            while order and order[0] in self.ready:
                yield self._judged(order.pop(0))
            yield None
        self.holding.take_misfits(self.again)
        self.at_end(self.holding)

    def _next(self) -> object:
        while True:
            try:
                return self.holding.reading.out.get(timeout=_WAIT)
            except Empty:
                if self.holding.reading.stopped:
                    raise _GivenUp from None

    def _judged(self, kind: T) -> directory.Judged:
        label, id_of = kind.value, self.holding.reading.preparer.fresh_id
        held = {
            id_of(kind, held.record_id)
            for held in self.holding.held
            if held.record_id and held.label == label
        }
        judged = self.stage.judge(kind, held)
        self.again.of(judged.misfits)
        return judged

    def _take(self, block: Block) -> None:
        """Stage a block; rows that PostgreSQL cannot read are found by halving and held."""
        try:
            self.stage.take(block.kind, block.rows)
        except psycopg.DataError as error:
            halves = _halves(block)
            if halves is None:
                self.holding.held.append(_unforeseen(block, error))
                return
            for half in halves:
                self._take(half)


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


@contextmanager
def steps_of(staging: Staging, *, by: Actor, beside: bool) -> Iterator[Iterator[Step]]:
    """The steps of a delivery; ``beside``: done on another connection, as ``by``, while the caller merges."""
    if not beside:
        yield staging.steps()
        return
    out: Queue[Step | Ended | Failed] = Queue()
    thread = Thread(target=_stage_beside, args=(staging, by, out), name="hsds-stage", daemon=True)
    thread.start()
    try:
        yield _heard(out)
    finally:
        staging.holding.reading.stopped = True
        thread.join()


def _heard(out: "Queue[Step | Ended | Failed]") -> Iterator[Step]:
    while True:
        try:
            step = out.get(timeout=_WAIT)
        except Empty:
            step = None
        if isinstance(step, Ended):
            return
        if isinstance(step, Failed):
            raise step.error
        yield step


def _stage_beside(staging: Staging, by: Actor, out: "Queue[Step | Ended | Failed]") -> None:
    """The life of the thread: one transaction for each step that somebody waits for."""
    steps = staging.steps()
    try:
        while True:
            with acting(by):
                staging.stage.ready()
                step = next((step for step in steps if step is not None), Ended())
            out.put(step)
            if isinstance(step, Ended):
                return
    except BaseException as error:
        out.put(Failed(error))
    finally:
        connection.close()
