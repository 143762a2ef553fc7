"""Trying held rows again, as they are or mended, by the way that every row goes."""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from commonweal.exchange.hsds.delivery import Delivery, File, table_named
from commonweal.exchange.hsds.dialects import TABLES, Table
from commonweal.exchange.hsds.holding import Holding, told_of
from commonweal.exchange.hsds.importing import KIND, Importing
from commonweal.exchange.hsds.reading import order_of
from commonweal.exchange.hsds.records import Held
from commonweal.exchange.hsds.tabular import Batch, Dialect, Numbered, Sheet
from commonweal.foundation.access import Actor
from commonweal.foundation.intake import actions
from commonweal.foundation.intake.progress import Progress
from commonweal.foundation.intake.queries import Waiting
from commonweal.foundation.intake.report import Report
from commonweal.foundation.intake.vocabulary import HeldState
from commonweal.kernel.errors import BadInput, NotFound

_BY_LABEL: dict[str, Table] = {table.label: table for table in reversed(TABLES.values()) if table.type}


class Kept(Sheet):
    """Held rows as a sheet: rows of one record type with one set of columns."""

    def __init__(self, header: Sequence[str], rows: list[list[str]]) -> None:
        self.path, self.shown = Path("quarantine"), "quarantine"
        self.dialect = Dialect("utf-8", ",")
        self.header = list(header)
        self.kept = rows

    def batches(self, size: int) -> Iterator[Batch]:
        """All at once, numbered from 0, as the held rows are."""
        yield Batch([], [], [Numbered(number, list(row)) for number, row in enumerate(self.kept)])


@dataclass
class Again(Importing):
    """An import of held rows: what fails again stays held as it was; nothing is marked as vanished."""

    rows: Mapping[tuple[int, int], Waiting] = field(default_factory=dict)
    mended: Mapping[str, str] = field(default_factory=dict)

    def _prepare(self, holding: Holding) -> None:
        """Nothing: each row is held already."""

    def _settle(self, holding: Holding) -> None:
        failed: dict[tuple[int, int], Held] = {(h.origin.file, h.origin.row): h for h in holding.held}
        for place, row in self.rows.items():
            held = failed.get(place)
            if held is None:
                actions.let_go(row.id, mended=self.mended or row.mended)
                continue
            counts = self.report.of(held.label)
            counts.quarantined += 1
            self.report.reasons[held.faults[0].words] += 1
            actions.keep_holding(row.id, told_of(held))


def replay_rows(
    rows: Sequence[Waiting], mended: Mapping[str, str], *, by: Actor, progress: Progress | None
) -> Report:
    """Bring held rows in, source by source, parents first."""
    began = time.monotonic()
    report = Report(KIND)
    if len(rows) == 1 and rows[0].state not in (HeldState.WAITING, HeldState.DISMISSED):
        raise NotFound(f"The row {rows[0].id} no longer waits.")
    for source in dict.fromkeys(row.source for row in rows):
        ours = [row for row in rows if row.source == source]
        report.join(_of_source(source, ours, mended, by=by, progress=progress).run())
    report.seconds = time.monotonic() - began
    return report


def _of_source(
    source: str, rows: Sequence[Waiting], mended: Mapping[str, str], *, by: Actor, progress: Progress | None
) -> Again:
    delivery = Delivery("quarantine", source, format="quarantine")
    places: dict[tuple[int, int], Waiting] = {}
    groups: dict[tuple[str, str, tuple[str, ...]], list[Waiting]] = {}
    for row in rows:
        cells = row.cells or {}
        if unknown := [name for name in mended if name not in cells]:
            raise BadInput("--set", f"the row has no field {unknown[0]!r}; it has: {', '.join(cells)}")
        groups.setdefault((row.record_type, row.file, tuple(cells)), []).append(row)
    for (label, file, header), group in sorted(
        groups.items(), key=lambda item: (order_of(item[0][0]), item[0])
    ):
        table = _table(label, file)
        number = len(delivery.files)
        body = [[mended.get(name, (row.cells or {})[name]) for name in header] for row in group]
        delivery.files.append(File(number, Path("quarantine"), "quarantine", table, Kept(header, body)))
        places |= {(number, nth): row for nth, row in enumerate(group)}
    return Again(delivery, by, complete=False, progress=progress, rows=places, mended=mended)


def _table(label: str, file: str) -> Table:
    """The table that a held row came from: its file's name tells more than its type (postal, holiday)."""
    named = table_named("", Path(file))
    if named is not None and named.label == label:
        return named
    if label not in _BY_LABEL:
        raise BadInput(label, "rows of this type cannot be tried again")
    return _BY_LABEL[label]
