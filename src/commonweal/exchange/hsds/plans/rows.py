"""One row while it is prepared, many rows by their columns, and what the kinds add to either."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from commonweal.directory.shapes_intake import RecordType as T
from commonweal.exchange.hsds.faults import Fault
from commonweal.exchange.hsds.records import Origin, Preparer, Record

OWN = "\x00own"
"""Stands for the id of the row that a derived record belongs to."""


class View:
    """A row by lower-case column names, for the finishing touches of a kind."""

    __slots__ = ("places", "row")

    def __init__(self, places: Mapping[str, int], row: Sequence[str]) -> None:
        self.places, self.row = places, row

    def get(self, name: str) -> str:
        """The cell of a column, empty where there is none."""
        place = self.places.get(name)
        return self.row[place] if place is not None else ""


class Row:
    """One row while it is prepared. ``unread`` keeps what could not be read and was set aside."""

    __slots__ = ("faults", "hidden", "implied", "origin", "original", "own", "raw", "record", "unread")

    def __init__(self, original: str, origin: Origin, implied: Mapping[str, str], raw: View) -> None:
        self.original, self.origin, self.implied, self.raw = original, origin, implied, raw
        self.record: Record = {}
        self.hidden = self.own = ""
        self.unread: dict[str, str] = {}
        self.faults: list[Fault] = []

    def fault(self, name: str, reason: str, value: str = "") -> None:
        """Something is wrong with a field."""
        self.faults.append(Fault(name, reason, value))


class Columns:
    """Rows of a batch by their columns. ``odd``: the places of rows that need all care.

    ``cells`` are the columns of the file as they came; ``raw`` gives one by its name. ``read`` holds the
    values of each column of the layout that the table has, ``originals`` the ids of the rows as they came.
    """

    __slots__ = ("_places", "cells", "count", "implied", "odd", "originals", "read")

    def __init__(
        self, cells: Sequence[Sequence[str]], places: Mapping[str, int], implied: Mapping[str, str]
    ) -> None:
        self.cells, self._places, self.implied = cells, places, implied
        self.count = len(cells[0])
        self.odd: set[int] = set()
        self.read: dict[str, list[str]] = {}
        self.originals: Sequence[str] = ()

    def raw(self, name: str) -> Sequence[str]:
        """The cells of a column as they came; none where there is no such column."""
        place = self._places.get(name)
        return self.cells[place] if place is not None else ()

    def column(self, name: str) -> list[str]:
        """The values of a column; empty ones where the table has none."""
        return self.read.get(name) or [""] * self.count

    def doubt(self, suspicious: Iterable[object]) -> None:
        """Rows at whose place something is true or not empty need all care."""
        self.odd.update([place for place, doubtful in enumerate(suspicious) if doubtful])


Derived = Iterable[tuple[T, Record, str]]
Finish = Callable[[Preparer, Row], Derived]
Smooth = Callable[[Preparer, Columns], None]

FINISHERS: dict[T, Finish] = {}
"""What a kind needs besides its columns; filled by ``finishing``."""

SMOOTHERS: dict[T, Smooth] = {}
"""The same for many rows at once: fills in what is plain, and marks as odd whatever the finisher would not
leave so. A kind of which nothing is said here is read row by row. Filled by ``finishing.smooth``."""
