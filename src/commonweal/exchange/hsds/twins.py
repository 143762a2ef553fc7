"""Noticing that a folder under a new name holds what another source delivered."""

from itertools import islice

from django.db import connection

from commonweal.directory.vocabulary import RecordType as T
from commonweal.exchange.hsds.delivery import Delivery
from commonweal.exchange.hsds.dialects import ID_NAMES
from commonweal.exchange.hsds.tabular import Numbered

_SAMPLE, _ENOUGH, _SHARE = 500, 20, 0.6


def twin_of(delivery: Delivery) -> str:
    """The known source whose services have the same ids and names; empty where there is none.

    Only asked for a source that is new here; a sample of the delivery decides.
    """
    sample = _sample(delivery)
    if len(sample) < _ENOUGH:
        return ""
    with connection.cursor() as cursor:
        cursor.execute(
            "select exists (select from directory_directorysource where slug = %s)", [delivery.source]
        )
        if cursor.fetchone()[0]:
            return ""
        cursor.execute(
            "select source, count(*) from directory_service where source_id = any(%s)"
            " and (source_id, name) in (select * from unnest(%s::text[], %s::text[]))"
            " group by source order by 2 desc limit 1",
            [[i for i, _ in sample], [i for i, _ in sample], [n for _, n in sample]],
        )
        found = cursor.fetchone()
    return str(found[0]) if found and found[1] >= len(sample) * _SHARE else ""


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
