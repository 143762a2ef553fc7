"""Reading the quarantine and the runs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from commonweal.foundation.intake.models import HeldRow, ImportRun
from commonweal.foundation.intake.vocabulary import HeldState, RunState
from commonweal.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class Waiting:
    """A held row. ``cells`` is the row whole; ``faults`` what is wrong, field by field."""

    id: UUID
    kind: str
    source: str
    record_type: str
    record_id: str
    file: str
    row: int
    times: int
    reason: str
    state: str
    held_since: datetime
    faults: tuple[Mapping[str, str], ...] = ()
    cells: Mapping[str, str] | None = None
    mended: Mapping[str, str] | None = None

    @property
    def field(self) -> str:
        """The first field that is to blame."""
        return self.faults[0].get("field", "") if self.faults else ""

    def line(self) -> str:
        again = f" ({self.times} times)" if self.times > 1 else ""
        return (
            f"{self.id}  {self.source}  {self.record_type}  {self.file} row {self.row}{again}: {self.reason}"
        )

    def as_json(self) -> dict[str, object]:
        whole: dict[str, object] = {
            "id": str(self.id),
            "kind": self.kind,
            "source": self.source,
            "record_type": self.record_type,
            "record_id": self.record_id,
            "file": self.file,
            "row": self.row,
            "times": self.times,
            "field": self.field,
            "reason": self.reason,
            "state": self.state,
            "held_since": self.held_since.isoformat(),
            "faults": [dict(fault) for fault in self.faults],
        }
        if self.cells is not None:
            whole["cells"] = dict(self.cells)
        if self.mended:
            whole["mended"] = dict(self.mended)
        return whole


def _shape(row: HeldRow, *, whole: bool) -> Waiting:
    return Waiting(
        id=row.id,
        kind=row.kind,
        source=row.source,
        record_type=row.record_type,
        record_id=row.record_id,
        file=row.file,
        row=row.row,
        times=row.times,
        reason=row.reason,
        state=row.state,
        held_since=row.first_held_at,
        faults=tuple(row.faults),
        cells=row.cells if whole else None,
        mended=row.mended if whole else None,
    )


def waiting(kind: str, source: str | None = None, record_type: str | None = None) -> Iterator[Waiting]:
    """Waiting rows without their cells, by source, type, file and row."""
    found = HeldRow.objects.filter(kind=kind, state=HeldState.WAITING)
    if source:
        found = found.filter(source=source)
    if record_type:
        found = found.filter(record_type=record_type)
    for row in found.defer("cells").order_by("source", "record_type", "file", "row", "id").iterator(2000):
        yield _shape(row, whole=False)


def held(row_id: UUID | str) -> Waiting:
    """One held row, whole. Raises NotFound."""
    try:
        found = HeldRow.objects.filter(pk=UUID(str(row_id))).first()
    except ValueError:
        found = None
    if found is None:
        raise NotFound(f"There is no row {str(row_id)[:60]} in quarantine.")
    return _shape(found, whole=True)


def waiting_whole(kind: str, source: str | None = None) -> Iterator[Waiting]:
    """Waiting rows with their cells."""
    found = HeldRow.objects.filter(kind=kind, state=HeldState.WAITING)
    if source:
        found = found.filter(source=source)
    for row in found.order_by("source", "record_type", "file", "row", "id").iterator(2000):
        yield _shape(row, whole=True)


def mends(kind: str, source: str) -> dict[str, dict[UUID, dict[str, str]]]:
    """Mends to be used again: record type → key of the row → its mended fields."""
    found: dict[str, dict[UUID, dict[str, str]]] = {}
    for row in HeldRow.objects.filter(kind=kind, source=source, state=HeldState.MENDED).defer("cells"):
        found.setdefault(row.record_type, {})[row.key] = dict(row.mended or {})
    return found


def waiting_ids(kind: str, source: str) -> dict[str, set[str]]:
    """Original ids of waiting rows by record type, to see which of them went in this time."""
    found: dict[str, set[str]] = {}
    rows = HeldRow.objects.filter(kind=kind, source=source, state=HeldState.WAITING).exclude(record_id="")
    for record_type, record_id in rows.values_list("record_type", "record_id"):
        found.setdefault(record_type, set()).add(record_id)
    return found


def last_runs(kind: str, most: int = 20) -> list[ImportRun]:
    """The latest runs, newest first."""
    return list(ImportRun.objects.filter(kind=kind).order_by("-started_at")[:most])


def last_done(kind: str, source: str) -> ImportRun | None:
    """The latest run of a source that ended well."""
    runs = ImportRun.objects.filter(kind=kind, source=source, state=RunState.DONE)
    return runs.exclude(fingerprint="").order_by("-started_at").first()


def done_before(kind: str, source: str, fingerprint: str) -> ImportRun | None:
    """The latest run that brought this very content in."""
    runs = ImportRun.objects.filter(kind=kind, source=source, state=RunState.DONE, fingerprint=fingerprint)
    return runs.order_by("-started_at").first()


def fingerprints(kind: str) -> list[list[object]]:
    """What the quarantine of a kind holds, without moments and ids, in a fixed order."""
    rows = HeldRow.objects.filter(kind=kind).order_by("source", "record_type", "key")
    names = ("source", "record_type", "record_id", "key", "file", "row", "times", "faults", "state", "mended")
    return [[str(value) for value in row] for row in rows.values_list(*names)]
