"""Which cell of a table's rows is what, told by its header."""

from collections.abc import Iterable, Mapping, Sequence

from commonweal.directory.shapes_intake import LAYOUTS
from commonweal.directory.shapes_intake import RecordType as T
from commonweal.exchange.hsds.dialects import (
    BOOKKEEPING,
    FIELDS,
    HIDING,
    ID_NAMES,
    REFERENCE_NAMES,
    Field,
)

_PREFIXES: dict[T, tuple[str, ...]] = {
    T.TAXONOMY: ("taxonomy_type_", "taxonomy_"),
    T.TAXONOMY_TERM: ("taxonomy_",),
    T.PHONE: ("phone_",),
    T.CONTACT: ("contact_",),
    T.SCHEDULE: ("schedule_",),
    T.ADDRESS: ("address_",),
    T.ORGANIZATION: ("organization_",),
    T.LOCATION: ("location_",),
    T.PROGRAM: ("program_",),
    T.SERVICE: ("service_",),
}
"""What a dialect puts before the names of a table's own columns."""

_FAINT = frozenset({"country", "address_type", "type", "freq", "wkst", "link_entity", "status"})
"""Columns that say nothing by themselves."""


class Header:
    """Which cell is the id, which are references, fields, signs of hiding, and what is left.

    ``own``: the place of the id. ``references`` and ``fields``: column, what it names or how it is read, and
    the places that may hold it. ``hiding``: place and reason. ``rest``: name and place of what is kept as it
    came. ``telling``: places that by themselves say something. ``exact``: lower-case name → place.
    """

    def __init__(self, kind: T, names: Sequence[str]) -> None:
        self.kind, self.names = kind, tuple(names)
        self.width = len(self.names)
        self.exact = {name.strip().lower(): place for place, name in reversed([*enumerate(names)])}
        self._used: set[int] = set()
        self._places = _places(kind, names)
        own = self._take(ID_NAMES) or (self._take(("taxonomy_id",)) if kind is T.TAXONOMY_TERM else ())
        self.own = own[0] if own else None
        self.references = self._references()
        self.fields = self._fields()
        self.hiding = self._hiding()
        self.rest = self._rest()
        self.telling = [index for _, index in self.rest] + [
            index for column, _, where in self.fields for index in where if column not in _FAINT
        ]

    def _take(self, names: Iterable[str]) -> tuple[int, ...]:
        places = (self._places[name] for name in names if name in self._places)
        found = tuple(place for place in places if place not in self._used)
        self._used.update(found)
        return found

    def _references(self) -> list[tuple[str, T, tuple[int, ...]]]:
        found: list[tuple[str, T, tuple[int, ...]]] = []
        for column, kind in LAYOUTS[self.kind].parents.items():
            if where := self._take(REFERENCE_NAMES.get(column, (column,))):
                found.append((column, kind, where))
        return found

    def _fields(self) -> list[tuple[str, Field, tuple[int, ...]]]:
        found: list[tuple[str, Field, tuple[int, ...]]] = []
        for column, spec in FIELDS[self.kind].items():
            if where := self._take(spec.names):
                found.append((column, spec, where))
        return found

    def _hiding(self) -> list[tuple[int, str]]:
        names = ((place, name) for name, place in self._places.items() if name in HIDING)
        found = [(place, HIDING[name]) for place, name in names if place not in self._used]
        self._used.update(place for place, _ in found)
        return found

    def _rest(self) -> list[tuple[str, int]]:
        known = (*BOOKKEEPING, *ID_NAMES)
        return [
            (name.strip()[:100], index)
            for index, name in enumerate(self.names)
            if index not in self._used and name.strip() and self._bare(name) not in known
        ]

    def _bare(self, name: str) -> str:
        name = name.strip().lower()
        columns = LAYOUTS[self.kind].columns
        for prefix in _PREFIXES.get(self.kind, ()):
            if name.startswith(prefix) and name not in columns:
                return name.removeprefix(prefix)
        return name

    def raw(self, row: Sequence[str]) -> dict[str, str]:
        """The whole row, by the names of its header; further cells are numbered."""
        names = [*self.names, *(f"cell {n}" for n in range(self.width + 1, len(row) + 1))]
        whole: dict[str, str] = {}
        for index, (name, cell) in enumerate(zip(names, row, strict=False)):
            whole[name if name not in whole else f"{name} ({index + 1})"] = cell
        return whole


def _places(kind: T, header: Sequence[str]) -> Mapping[str, int]:
    """Column name → index. Exact names win over names without the table's own prefix."""
    places: dict[str, int] = {}
    for index, name in enumerate(header):
        word = name.strip().lower()
        if word not in places or (name.strip() == word and header[places[word]].strip() != word):
            places[word] = index
    for index, name in enumerate(header):
        word = name.strip().lower()
        for prefix in _PREFIXES.get(kind, ()):
            bare = word.removeprefix(prefix)
            if bare != word and bare != "id":
                places.setdefault(bare, index)
    return places
