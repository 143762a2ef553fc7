"""Rows of a delivery that cannot go in, on their way into the quarantine: whole, and with what is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from commonweal.directory import facade as directory
from commonweal.exchange.hsds.dialects import REFERENCE_NAMES
from commonweal.exchange.hsds.faults import REASONS, Fault
from commonweal.exchange.hsds.reading import Reading
from commonweal.exchange.hsds.records import Held
from commonweal.exchange.hsds.rereading import Rereading
from commonweal.foundation.intake import actions
from commonweal.foundation.intake.actions import FaultyRow
from commonweal.foundation.intake.report import Example, Report


@dataclass
class Holding:
    """Gathers ``held`` rows, and makes them ready for the quarantine as soon as it can."""

    reading: Reading
    report: Report
    held: list[Held] = field(default_factory=list)
    prepared: actions.Prepared = field(default_factory=dict)
    _done: int = 0

    def take_misfits(self, again: Rereading) -> None:
        """Turn what the directory took out into held rows, whole."""
        files = self.reading.delivery.files
        already = {(held.origin.file, held.origin.row) for held in self.held}
        for misfit, (origin, label, original, raw) in again.whole():
            if (origin.file, origin.row) in already:
                continue
            if files[origin.file].sheet is None and label != misfit.kind.value:
                continue
            self.held.append(Held(label, original, origin, raw, (_fault_of(misfit, raw),)))

    def prepare(self) -> None:
        """Count and make ready what was held since the last time."""
        fresh = self.held[self._done :]
        self._done += len(fresh)
        actions.prepared(map(self._faulty, fresh), self.prepared)

    def _faulty(self, held: Held) -> FaultyRow:
        shown = self.reading.delivery.files[held.origin.file].shown
        row = self.reading.shown_row(held.origin)
        counts = self.report.of(held.label)
        counts.quarantined += 1
        first = held.faults[0]
        self.report.hold(
            Example(shown, row, held.label, first.field, first.words),
            f"{held.label}: " + REASONS[first.reason] % {"field": first.field, "value": "…"},
        )
        return FaultyRow(held.label, held.record_id, shown, row, held.cells, told_of(held))


def told_of(held: Held) -> list[dict[str, str]]:
    """What is wrong with a row, as the quarantine keeps it."""
    return [
        {"field": fault.field, "reason": fault.reason, "value": fault.value[:2000], "words": fault.words}
        for fault in held.faults
    ]


def _fault_of(misfit: "directory.Misfit", raw: Mapping[str, str]) -> Fault:
    """What the directory found wrong, in terms of the row as it came."""
    lower = {name.strip().lower(): name for name in raw}
    column = misfit.field
    names = (*REFERENCE_NAMES.get(column, ()), column)
    shown = next((lower[name] for name in names if name in lower), column)
    value = raw.get(shown, "") or misfit.value
    return Fault(shown, misfit.reason, misfit.value if misfit.field == "id" else value)
