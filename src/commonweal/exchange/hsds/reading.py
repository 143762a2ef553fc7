"""Reading a whole delivery, row by row, into blocks for staging; in a thread beside the database's work."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import islice
from queue import Queue
from uuid import UUID

from commonweal.directory.shapes_intake import RecordType as T
from commonweal.exchange.hsds import (
    cells,
    finishing,  # noqa: F401 - fills FINISHERS
    nested,
    tabular,
)
from commonweal.exchange.hsds.delivery import Delivery, File
from commonweal.exchange.hsds.dialects import TABLES, Table
from commonweal.exchange.hsds.faults import Fault
from commonweal.exchange.hsds.messages import Blocks, Done, Ended, Failed, Message, Told
from commonweal.exchange.hsds.plans import Plain, Plan
from commonweal.exchange.hsds.records import Held, Origin, Preparer
from commonweal.foundation.intake.actions import key_of
from commonweal.kernel.errors import BadInput

_ROWS = 4000
"""Rows read at a time."""
_SAMPLE = 200

YIELDS: dict[T, frozenset[T]] = {
    T.ORGANIZATION: frozenset({T.FUNDING}),
    T.LOCATION: frozenset({T.LANGUAGE, T.ACCESSIBILITY}),
    T.ADDRESS: frozenset({T.LOCATION}),
    T.SERVICE: frozenset(
        {
            T.SERVICE_AT_LOCATION,
            T.LANGUAGE,
            T.REQUIRED_DOCUMENT,
            T.SERVICE_AREA,
            T.FUNDING,
            T.COST_OPTION,
            T.ATTRIBUTE,
        }
    ),
    T.CONTACT: frozenset({T.PHONE}),
    T.PHONE: frozenset({T.LANGUAGE}),
}
"""Which other kinds a table's rows can make."""


MendsOfTable = Mapping[UUID, Mapping[str, str]]
Mends = Mapping[str, MendsOfTable]


@dataclass
class Reading:
    """Reads one delivery. ``read`` counts rows of the files by record type, ``done`` the bytes passed."""

    delivery: Delivery
    preparer: Preparer
    out: "Queue[Message]"
    mends: Mends = field(default_factory=dict)
    read: dict[str, int] = field(default_factory=dict)
    doubles: dict[str, int] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    records: dict[int, "array[int]"] = field(default_factory=dict)
    done: int = 0
    stopped: bool = False
    _said: set[tuple[T, bytes]] = field(default_factory=set)
    _plans: dict[tuple[int, tuple[str, ...]], Plan] = field(default_factory=dict)

    def run(self) -> None:
        """Read everything; what goes wrong is told through the queue. For a thread."""
        try:
            self._tables()
            self.out.put(Ended())
        except BaseException as error:
            self.out.put(Failed(error))

    def _tables(self) -> None:
        sink = self.preparer.sink
        assert isinstance(sink, Blocks)
        left = list(self.delivery.files)
        closed = set(T) - {kind for file in left for kind in _kinds(file)}
        for kind in closed:
            self._close(kind, sink, complete=False)
        flattener = nested.Flattener()
        while left and not self.stopped:
            file = left.pop(0)
            if file.sheet is not None:
                self._sheet(file)
            else:
                self._json(file, flattener)
            self.done += file.size
            coming = {kind for other in left for kind in _kinds(other)}
            for kind in _kinds(file) - coming - closed:
                whole = _own(self.delivery, kind) if file.sheet else kind in flattener.complete()
                self._close(kind, sink, complete=whole)
                closed.add(kind)
        self._left_over_eligibility()

    def _close(self, kind: T, sink: Blocks, *, complete: bool) -> None:
        sink.flush(kind)
        self.out.put(Done(kind, complete))

    def _count(self, label: str) -> None:
        self.read[label] = self.read.get(label, 0) + 1

    def _sheet(self, file: File) -> None:
        assert file.sheet is not None
        assert file.table is not None
        if file.table.side:
            self._side(file)
            return
        plan = self.plan(file.table, file.sheet.header)
        label = file.table.label
        mends = self.mends.get(label, {})
        plain = Plain(plan)
        read = 0
        for batch in self._straight(file):
            read += len(batch.rows) + len(batch.others)
            left = self._prepared_plain(plain, batch, file.number) if plain.able and not mends else batch
            for row in left.in_order():
                self._one(plan, mends, file.number, row)
        self.read[label] = self.read.get(label, 0) + read

    def _prepared_plain(self, plain: Plain, batch: tabular.Batch, file: int) -> tabular.Batch:
        """Prepare the plain rows of a batch together; returns the others."""
        new = plain.unheard(batch.rows)
        for place in new:
            self._one(plain.plan, {}, file, tabular.Numbered(batch.numbers[place], batch.rows[place]))
        batch = batch.without(new)
        if not batch.rows:
            return batch
        try:
            odd = plain.prepare(batch.numbers, batch.rows, file)
        except Exception:  # one by one it will show which row it is, and that is held with the reason
            return batch
        return tabular.Batch(
            [batch.numbers[place] for place in odd], [batch.rows[place] for place in odd], batch.others
        )

    def _one(
        self, plan: Plan, mends: MendsOfTable, file: int, row: tabular.Numbered | tabular.Broken
    ) -> None:
        """Prepare a row with all care. Whatever goes wrong with it does not touch the others."""
        origin = Origin(file, row.row)
        if isinstance(row, tabular.Broken):
            plan.hold(row.cells, origin, (row.fault,))
            return
        ready = row.cells
        if mends and (mended := mends.get(key_of(plan.raw(ready)))):
            ready = [mended.get(name, cell) for name, cell in zip(plan.header, ready, strict=False)]
        try:
            plan.prepare(ready, origin)
        except Exception as error:
            fault = Fault("row", "unexpected", f"{type(error).__name__}: {error}"[:200])
            plan.hold(row.cells, origin, (fault,))

    def _straight(self, file: File) -> Iterator[tabular.Batch]:
        """The rows of a sheet, its columns put right where two of them were swapped by the exporter."""
        assert file.sheet is not None
        batches = file.sheet.batches(_ROWS)
        names = [name.lower() for name in file.sheet.header]
        links = file.table is not None and file.table.type is T.SERVICE_AT_LOCATION
        if links and {"service_id", "location_id"} <= {*names}:
            return self._righted(file, batches, names)
        return batches

    def _righted(
        self, file: File, batches: Iterator[tabular.Batch], names: list[str]
    ) -> Iterator[tabular.Batch]:
        at = (names.index("service_id"), names.index("location_id"))
        wrong: bool | None = None
        for batch in batches:
            if wrong is None:
                wrong = self._swapped(file, batch, at)
            for row in (*batch.rows, *batch.others) if wrong else ():
                cells = row.cells if isinstance(row, tabular.Numbered) else row
                if isinstance(cells, list) and max(at) < len(cells):
                    cells[at[0]], cells[at[1]] = cells[at[1]], cells[at[0]]
            yield batch

    def _swapped(self, file: File, batch: tabular.Batch, at: tuple[int, int]) -> bool:
        seen = self.preparer.seen
        sample = islice(batch.in_order(), _SAMPLE)
        told = [row.cells for row in sample if isinstance(row, tabular.Numbered)]
        wrong = tabular.swapped(told, seen.get(T.SERVICE, set()), seen.get(T.LOCATION, set()), at)
        if wrong:
            self.remarks.append(
                f"{file.shown}: the columns service_id and location_id hold each other’s ids; "
                "they were read the other way round."
            )
        return wrong

    def _side(self, file: File) -> None:
        """Eligibility was a table of its own in HSDS 1.1; since 3.0 it is a text of the service."""
        assert file.sheet is not None
        assert file.table is not None
        names = [name.lower() for name in file.sheet.header]
        label = file.table.label
        service_at = names.index("service_id")
        text_at = names.index("eligibility") if "eligibility" in names else None
        for row in file.sheet.rows():
            self._count(label)
            raw = dict(zip(file.sheet.header, row.cells, strict=False))
            if mended := self.mends.get(label, {}).get(key_of(raw)):
                raw |= mended
                row.cells[:] = [raw.get(name, "") for name in file.sheet.header]
            origin = Origin(file.number, row.row)
            if isinstance(row, tabular.Broken):
                self.preparer.sink.hold(Held(label, "", origin, raw, (row.fault,)))
                continue
            self._eligible(label, origin, raw, _at(row.cells, service_at), _at(row.cells, text_at))

    def _eligible(self, label: str, origin: Origin, raw: dict[str, str], service: str, words: str) -> None:
        told = cells.text(words)
        if not told:
            self.preparer.blank[label] = self.preparer.blank.get(label, 0) + 1
        elif not (service := cells.said(service)):
            fault = Fault("service_id", "no-owner")
            self.preparer.sink.hold(Held(label, "", origin, raw, (fault,)))
        else:
            self.preparer.eligibility.setdefault(service, []).append((told, origin, raw))

    def _left_over_eligibility(self) -> None:
        for service, told in self.preparer.eligibility.items():
            for words, origin, raw in told:
                self.out.put(Told("eligibility", service, words, origin, raw))

    def _json(self, file: File, flattener: nested.Flattener) -> None:
        records = self.records[file.number] = array("q")
        for nth, flat in enumerate(_flat_rows(file, flattener)):
            records.append(flat.row)
            label = flat.table.label
            self._count(label)
            if self.stopped:
                return
            if isinstance(flat, nested.Unfit):
                held = Held(label, "", Origin(file.number, nth), flat.cells, (flat.fault,))
                self.preparer.sink.hold(held)
                continue
            self._flat(Origin(file.number, nth), flat)

    def plan(self, table: Table, header: Sequence[str]) -> Plan:
        """The plan for a table with this header (made once)."""
        key = (id(table), tuple(header))
        found = self._plans.get(key)
        if found is None:
            found = self._plans[key] = Plan(self.preparer, table, header)
        return found

    def shown_row(self, origin: Origin) -> int:
        """The number of a row as people count: in JSON, that of the record which holds the object."""
        records = self.records.get(origin.file)
        return records[origin.row] if records is not None and origin.row < len(records) else origin.row

    def _flat(self, origin: Origin, flat: nested.Flat) -> None:
        assert flat.table.type is not None
        digest = repr((flat.header, flat.cells)).encode("utf-8", "replace")
        mark = (flat.table.type, digest if len(digest) < 64 else _digest(digest))
        label = flat.table.label
        if mark in self._said:
            self.doubles[label] = self.doubles.get(label, 0) + 1
            return
        self._said.add(mark)
        plan = self.plan(flat.table, flat.header)
        ready = flat.cells
        if mended := self.mends.get(label, {}).get(key_of(plan.raw(ready))) if label in self.mends else None:
            ready = [mended.get(name, cell) for name, cell in zip(plan.header, ready, strict=False)]
        try:
            plan.prepare(ready, origin)
        except Exception as error:
            fault = Fault("record", "unexpected", f"{type(error).__name__}: {error}"[:200])
            plan.hold(flat.cells, origin, (fault,))

    def fetch(self, wanted: Mapping[int, set[int]]) -> Iterator[tuple[Origin, str, str, dict[str, str]]]:
        """Read again the rows at these places: origin, record type, original id, and the row whole."""
        for file in self.delivery.files:
            rows = wanted.get(file.number)
            if not rows:
                continue
            if file.sheet is None:
                yield from self._fetch_json(file, rows)
            elif file.table is not None and not file.table.side:
                plan = self.plan(file.table, file.sheet.header)
                for row in file.sheet.rows_at(rows):
                    origin = Origin(file.number, row.row)
                    yield origin, file.table.label, plan.original_id(row.cells), plan.raw(row.cells)

    def _fetch_json(self, file: File, rows: set[int]) -> Iterator[tuple[Origin, str, str, dict[str, str]]]:
        for nth, flat in enumerate(_flat_rows(file, nested.Flattener())):
            if nth in rows and isinstance(flat, nested.Flat):
                plan = self.plan(flat.table, flat.header)
                raw = plan.raw(flat.cells)
                yield Origin(file.number, nth), flat.table.label, plan.original_id(flat.cells), raw


def _digest(words: bytes) -> bytes:
    return blake2b(words, digest_size=16).digest()


def _flat_rows(file: File, flattener: nested.Flattener) -> Iterator[nested.Flat | nested.Unfit]:
    hint = file.table.type if file.table else None
    number = 1
    try:
        for page in nested.read(file.path, file.shown, hint):
            yield from flattener.flatten(page, number)
            number += len(page.records)
    except BadInput as bad:
        raise BadInput(file.shown, bad.what) from bad


def _kinds(file: File) -> set[T]:
    """The kinds of row that a file can make; a JSON file, any."""
    if file.sheet is None or file.table is None or file.table.type is None:
        return set(T)
    if file.table.side:
        return {file.table.type}
    return {file.table.type} | YIELDS.get(file.table.type, frozenset())


def _own(delivery: Delivery, kind: T) -> bool:
    """Whether the delivery has a table of this kind, so that what is not in it has vanished."""
    tables: Iterable[Table] = (file.table for file in delivery.files if file.table is not None)
    return any(kind is table.type or kind in YIELDS.get(table.type or kind, ()) for table in tables)


def _at(row: list[str], place: int | None) -> str:
    return row[place] if place is not None and place < len(row) else ""


def order_of(label: str) -> int:
    """Where a record type stands in the order of reading: parents first."""
    for place, table in enumerate(TABLES.values()):
        if table.label == label:
            return place
    return len(TABLES)
