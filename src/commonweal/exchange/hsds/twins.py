"""Noticing that a folder under a new name holds what another source delivered."""

from itertools import islice

from commonweal.directory import facade as directory
from commonweal.directory.shapes_intake import RecordType as T
from commonweal.exchange.hsds.delivery import Delivery
from commonweal.exchange.hsds.dialects import ID_NAMES
from commonweal.exchange.hsds.tabular import Numbered

_SAMPLE, _ENOUGH = 500, 20


def twin_of(delivery: Delivery) -> str:
    """The known source whose services have the same ids and names; empty where there is none.

    Only asked for a source that is new here; a sample of the delivery decides.
    """
    sample = _sample(delivery)
    return directory.source_like(delivery.source, sample) if len(sample) >= _ENOUGH else ""


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
