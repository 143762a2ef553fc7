"""Noticing that a folder is not what its name says: another source, or a known one under a new name."""

from itertools import islice

from commonweal.directory import facade as directory
from commonweal.directory.shapes_intake import RecordType as T
from commonweal.exchange.hsds.delivery import Delivery
from commonweal.exchange.hsds.dialects import ID_NAMES
from commonweal.exchange.hsds.tabular import Numbered

_SAMPLE, _ENOUGH = 500, 20


def mistaken(delivery: Delivery) -> str:
    """Why the source of a delivery, taken from its folder's name, is likely wrong; empty where it is not.

    A sample of the delivery's services decides.
    """
    sample = _sample(delivery)
    if len(sample) < _ENOUGH:
        return ""
    if twin := directory.source_like(delivery.source, sample):
        return (
            f"it looks like a newer delivery of the source “{twin}”. Say --source {twin} to update that one, "
            f"or --source {delivery.source} to keep both apart"
        )
    if directory.knows_none_of(delivery.source, sample):
        return (
            f"it has no service in common with what the source “{delivery.source}” delivered before. "
            "Say --source with a name of its own, or with that name if all services did change"
        )
    return ""


def _sample(delivery: Delivery) -> list[tuple[str, str]]:
    for file in delivery.files:
        if file.sheet is None or file.table is None or file.table.type is not T.SERVICE or file.table.side:
            continue
        names = [name.lower().removeprefix("service_") for name in file.sheet.header]
        id_at = next((names.index(name) for name in ID_NAMES if name in names), None)
        if id_at is None or "name" not in names:
            continue
        name_at = names.index("name")
        rows = (row.cells for row in file.sheet.rows() if isinstance(row, Numbered))
        return [
            (row[id_at].strip(), row[name_at].strip())
            for row in islice(rows, _SAMPLE)
            if max(id_at, name_at) < len(row)
        ]
    return []
