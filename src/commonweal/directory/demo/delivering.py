"""Invented rows on their way into the directory: through the same intake as a real delivery."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from uuid import UUID

from commonweal.directory.actions.intake import Intake, Stage
from commonweal.directory.models import DirectorySource
from commonweal.directory.shapes_intake import LAYOUTS, MERGE_ORDER
from commonweal.directory.vocabulary import RecordType
from commonweal.foundation.access import Actor, acting
from commonweal.kernel.clock import now
from commonweal.kernel.ids import named_id

SOURCE = "alder-county-list"


class Delivery:
    """Rows by kind. ``add`` gives each its id, the same in every demo."""

    def __init__(self) -> None:
        self._rows: dict[RecordType, list[list[object]]] = defaultdict(list)
        self.known: set[str] = set()

    def add(self, kind: RecordType, key: str, cells: Mapping[str, object], hidden: str = "") -> UUID:
        """One row under a key of its own; ``hidden`` is a reason why strangers may not see it."""
        own = named_id("demo.directory", kind.value, key)
        given = [cells.get(column, "") for column in LAYOUTS[kind].all_columns]
        left = set(cells) - set(LAYOUTS[kind].all_columns)
        assert not left, f"{kind} has no {left}"
        mark = hashlib.md5(repr((given, hidden)).encode(), usedforsecurity=False).hexdigest()
        number = len(self._rows[kind]) + 1
        self._rows[kind].append([own, key, hidden, 0, number, mark, "", *given])
        return own

    def bring_in(self, by: Actor, name: str) -> None:
        """Merge everything as one complete delivery of a source of this name."""
        with acting(by):
            intake = Intake(SOURCE, now())
            intake.open()
            stage = Stage(SOURCE)
            stage.open()
            for kind in MERGE_ORDER:
                if self._rows[kind]:
                    stage.take(kind, _lines(self._rows[kind]))
                judged = stage.judge(kind)
                assert not judged.misfits, judged.misfits[:3]
                intake.merge(judged, complete=True)
            intake.finish(by=by, complete=True)
            DirectorySource.objects.filter(slug=SOURCE).update(name=name)


_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def _lines(rows: list[list[object]]) -> bytes:
    """Rows as the intake takes them: one a line, with tabs between cells."""
    return "".join("\t".join(_cell(c) for c in row) + "\n" for row in rows).encode()


def _cell(value: object) -> str:
    return "" if value is None else str(value).translate(_ESCAPED)
