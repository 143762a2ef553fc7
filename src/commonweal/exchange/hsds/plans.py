"""How the rows of one table become records: a plan is made once for each header, then used row after row."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from commonweal.directory.shapes_intake import LAYOUTS, Hang
from commonweal.directory.shapes_intake import RecordType as T
from commonweal.exchange.hsds import cells
from commonweal.exchange.hsds.dialects import (
    BOOKKEEPING,
    FIELDS,
    HIDING,
    HIDING_WORDS,
    ID_NAMES,
    REFERENCE_NAMES,
    Field,
    Table,
)
from commonweal.exchange.hsds.faults import Fault, Unreadable
from commonweal.exchange.hsds.records import (
    SEP,
    TAB,
    Held,
    Origin,
    Preparer,
    Record,
    escaped,
    joined,
    stable_id,
)

_MOST_LINKS = 200
_MOST_SEEN = 20_000
_MOST_TOLD = 20_000
_MOST_READ = 2_000

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

_CONTENT_ALONE = frozenset(
    {
        T.SERVICE_AT_LOCATION,
        T.SCHEDULE,
        T.LANGUAGE,
        T.ACCESSIBILITY,
        T.SERVICE_AREA,
        T.COST_OPTION,
        T.REQUIRED_DOCUMENT,
        T.FUNDING,
        T.ATTRIBUTE,
    }
)
"""Kinds whose cells mean the same whatever the row hangs on: what was read once is known."""

_FAINT = frozenset({"country", "address_type", "type", "freq", "wkst", "link_entity", "status"})
"""Columns that say nothing by themselves."""

Links = list[tuple[str, list[str]]]
Told = tuple[str, str, str, str]
"""What a row says apart from what it hangs on: hidden, left over, the cells, and all of it to be hashed."""


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


Derived = Iterable[tuple[T, Record, str]]
Finish = Callable[[Preparer, Row], Derived]

FINISHERS: dict[T, Finish] = {}
"""What a kind needs besides its columns; filled by ``finishing``."""


class Plan:
    """How the rows of one table with one header become records."""

    def __init__(self, preparer: Preparer, table: Table, header: Sequence[str]) -> None:
        assert table.type is not None
        self.preparer, self.table, self.kind = preparer, table, table.type
        self.layout = LAYOUTS[self.kind]
        self.header = tuple(header)
        self.width = len(self.header)
        self.finish = FINISHERS.get(self.kind)
        self._exact = {name.strip().lower(): place for place, name in reversed([*enumerate(header)])}
        self._assign(_places(self.kind, header))
        self._seen = preparer.seen.setdefault(self.kind, set())
        self._waiting = preparer.waiting.get(table.label, frozenset())
        self._known: dict[str, dict[str, str]] = {column: {} for column, _, _ in self._fields}
        self._told: dict[Any, Told] = {}
        self._link: int | None = None
        self._pick = self._content_picker()
        order = list(self.layout.parents)
        self._alone = [""] * len(order)
        self._hung = [(order.index(c), preparer.ids[kind], at[0]) for c, kind, at in self._references]
        self._service_at = order.index("service_id") if "service_id" in order else -1

    def _assign(self, places: dict[str, int]) -> None:
        """Which cell is the id, which are references, fields, signs of hiding, and what is left."""
        used: set[int] = set()

        def take(names: Iterable[str]) -> tuple[int, ...]:
            found = tuple(places[name] for name in names if name in places and places[name] not in used)
            used.update(found)
            return found

        own = take(ID_NAMES) or (take(("taxonomy_id",)) if self.kind is T.TAXONOMY_TERM else ())
        self._id = own[0] if own else None
        self._references: list[tuple[str, T, tuple[int, ...]]] = []
        for column, kind in self.layout.parents.items():
            if where := take(REFERENCE_NAMES.get(column, (column,))):
                self._references.append((column, kind, where))
        self._fields: list[tuple[str, Field, tuple[int, ...]]] = []
        for column, spec in FIELDS[self.kind].items():
            if where := take(spec.names):
                self._fields.append((column, spec, where))
        self._hiding = [(i, HIDING[name]) for name, i in places.items() if name in HIDING and i not in used]
        used.update(index for index, _ in self._hiding)
        self._rest = [
            (name.strip()[:100], index)
            for index, name in enumerate(self.header)
            if index not in used and name.strip() and self._bare(name) not in (*BOOKKEEPING, *ID_NAMES)
        ]
        self._telling = [index for _, index in self._rest] + [
            index for column, _, where in self._fields for index in where if column not in _FAINT
        ]

    def _bare(self, name: str) -> str:
        name = name.strip().lower()
        for prefix in _PREFIXES.get(self.kind, ()):
            if name.startswith(prefix) and name not in self.layout.columns:
                return name.removeprefix(prefix)
        return name

    def _content_picker(self) -> Callable[[Sequence[str]], Any] | None:
        """Picks what a row says, without its id and what it hangs on, for kinds that often say the same."""
        if self.kind not in _CONTENT_ALONE or self._id is None:
            return None
        if any(len(where) > 1 for _, _, where in self._references):
            return None
        aside = {self._id, *(where[0] for _, _, where in self._references)}
        if self.kind is T.ATTRIBUTE:
            link = [where[0] for column, _, where in self._fields if column == "link_id"]
            self._link = link[0] if link else None
            aside |= set(link)
            if self._link is None or any(column == "service_id" for column, _, _ in self._references):
                return None
        places = [place for place in range(self.width) if place not in aside]
        return itemgetter(*places) if places else (lambda row: ())

    def raw(self, row: Sequence[str]) -> dict[str, str]:
        """The whole row, by the names of its header; further cells are numbered."""
        names = [*self.header, *(f"cell {n}" for n in range(len(self.header) + 1, len(row) + 1))]
        whole: dict[str, str] = {}
        for index, (name, cell) in enumerate(zip(names, row, strict=False)):
            whole[name if name not in whole else f"{name} ({index + 1})"] = cell
        return whole

    def original_id(self, row: Sequence[str]) -> str:
        """The id that the source gave the row, as text."""
        return cells.said(row[self._id]) if self._id is not None and self._id < len(row) else ""

    def prepare(self, row: Sequence[str], origin: Origin) -> None:
        """Stage the row, with what is derived from it, or hold it whole."""
        width = self.width
        if len(row) < width:
            row = [*row, *[""] * (width - len(row))]
        if self._told and len(row) == width and self._again(row, origin):
            return
        made = Row(self.original_id(row), origin, self.table.implied, View(self._exact, row))
        self._read_fields(made, row)
        links = self._read_references(made, row) if self._references else None
        if self._hiding:
            self._read_hiding(made, row)
        derived = self.finish(self.preparer, made) if self.finish is not None else ()
        if not made.faults:
            self._emit(made, row, links, derived)
        elif self._says_nothing(made, row):
            blank = self.preparer.blank
            blank[self.table.label] = blank.get(self.table.label, 0) + 1
        else:
            self.hold(row, origin, made.faults)

    def _again(self, row: Sequence[str], origin: Origin) -> bool:
        """Stage a row that says what an earlier one said, of something else; False where it is not plain."""
        assert self._pick is not None
        assert self._id is not None
        told = self._told.get(self._pick(row))
        if told is None:
            return False
        original = row[self._id]
        own = cells.uuid_or_none(original)
        if own is None:
            return False
        parents = self._alone.copy()
        for place, ids, where in self._hung:
            cell = row[where]
            if cell:
                parent = ids.get(cell) or cells.uuid_or_none(cell)
                if parent is None:
                    return False
                parents[place] = parent
        if self.kind is T.ATTRIBUTE:
            linked = self._linked(row)
            if linked is None:
                return False
            parents[self._service_at] = linked
            parents.append(linked)
        self._remember(original)
        self.preparer.emit_told(self.kind, own, original, origin, TAB.join(parents), told)
        return True

    def _linked(self, row: Sequence[str]) -> str | None:
        """The service that a plain attribute is said of."""
        cell = row[self._link] if self._link is not None else ""
        return self.preparer.ids[T.SERVICE].get(cell) or cells.uuid_or_none(cell)

    def _says_nothing(self, made: Row, row: Sequence[str]) -> bool:
        """Only ids, or nothing at all: a row that a join left behind. Nothing is lost without it."""
        if any(fault.reason not in ("empty-row", "missing", "no-owner") for fault in made.faults):
            return False
        return not any(cells.said(row[index]) for index in self._telling)

    def hold(self, row: Sequence[str], origin: Origin, faults: Iterable[Fault]) -> None:
        """Hand the whole row to the quarantine."""
        self.preparer.sink.hold(
            Held(self.table.label, self.original_id(row), origin, self.raw(row), tuple(faults))
        )

    def _read_fields(self, made: Row, row: Sequence[str]) -> None:
        record = made.record
        for column, spec, where in self._fields:
            cell = row[where[0]]
            if not cell and len(where) > 1:
                cell = next((row[index] for index in where if row[index]), "")
            if not cell:
                continue
            known = self._known[column]
            value = known.get(cell)
            if value is None:
                try:
                    value = spec.read(cell)
                except Unreadable as problem:
                    if spec.lenient:
                        made.unread[column] = cell
                    else:
                        made.fault(self.header[where[0]], problem.reason, cell)
                    continue
                if len(known) < _MOST_READ:
                    known[cell] = value
            record[column] = value

    def _read_references(self, made: Row, row: Sequence[str]) -> Links | None:
        """Fill single references; return those that name several records."""
        links: Links | None = None
        for column, kind, where in self._references:
            cell = row[where[0]]
            if not cell and len(where) > 1:
                cell = next((row[index] for index in where if row[index]), "")
            if not cell:
                continue
            known = self.preparer.ids[kind].get(cell)
            if known is not None:
                made.record[column] = known
                continue
            several = self._referred(kind, cell)
            if len(several) == 1:
                made.record[column] = several[0]
            elif several:
                links = [*(links or ()), (column, several)]
        return links

    def _referred(self, kind: T, cell: str) -> list[str]:
        """The ids that a reference names: none, one, or, in some systems, several."""
        cell = cells.said(cell)
        if not cell or (cell == "0" and "0" not in self.preparer.seen.get(kind, ())):
            return []
        parts = _split(cell) if "," in cell or ";" in cell else [cell]
        return [self.preparer.id_of(kind, part) for part in parts]

    def _read_hiding(self, made: Row, row: Sequence[str]) -> None:
        for index, reason in self._hiding:
            word = cells.said(row[index]).lower()
            if not word:
                continue
            if word in HIDING_WORDS:
                made.hidden = HIDING_WORDS[word]
            elif reason and word in cells.TRUTH_WORDS:
                hides_if_yes = not reason.startswith("!")
                if (word in cells.TRUE_WORDS) is hides_if_yes:
                    made.hidden = reason.lstrip("!")

    def _emit(self, made: Row, row: Sequence[str], links: Links | None, derived: Derived) -> None:
        preparer, kind, original = self.preparer, self.kind, made.original
        left_over = {name: row[index] for name, index in self._rest if row[index]} if self._rest else {}
        if len(row) > self.width:
            beyond = enumerate(row[self.width :], self.width + 1)
            left_over |= {f"cell {n}": cell for n, cell in beyond if cell.strip()}
        if made.unread:
            left_over |= {f"unread {name}": cell for name, cell in made.unread.items()}
        self._remember(original)
        if links:
            records, dropped = _spread(self.layout.hang, made.record, links)
            left_over |= dropped
        else:
            records = [made.record]
        extra = _as_json(left_over) if left_over else ""
        if self._pick is not None and not derived and len(row) == self.width:
            self._keep(made, row, extra)
        for index, record in enumerate(records):
            if index:
                record["id"] = stable_id(self._name_of_copy(made, record))
            own = preparer.emit(kind, record, original, made.origin, made.hidden, extra)
            made.own = made.own or own
        for other, record, other_original in derived:
            for column, value in record.items():
                if value == OWN:
                    record[column] = made.own
            preparer.emit(other, record, other_original, made.origin)

    def _keep(self, made: Row, row: Sequence[str], extra: str) -> None:
        assert self._pick is not None
        if len(self._told) >= _MOST_TOLD or "all of " in extra:
            return
        columns = self.layout.columns
        if self.kind is T.ATTRIBUTE:  # the link is not part of what is said
            if made.record.get("link_entity") != "service":
                return
            columns = columns[1:]
        content = joined([made.record.get(column, "") for column in columns])
        if said := content.rstrip(TAB):
            whole = f"{said}{SEP}{made.hidden}{SEP}{extra}"
            self._told[self._pick(row)] = (made.hidden, escaped(extra), content, whole)

    def _remember(self, original: str) -> None:
        """Keep some ids, to notice columns that were swapped; and whether a held row went in this time."""
        if len(self._seen) < _MOST_SEEN or original == "0":
            self._seen.add(original)
        if self._waiting and original in self._waiting:
            self.preparer.taken.add((self.table.label, original))

    def _name_of_copy(self, made: Row, record: Record) -> str:
        """What names the second and further copies of a row that names several parents."""
        parents = SEP.join(f"{column}={record.get(column, '')}" for column in self.layout.parents)
        return SEP.join((self.preparer.source, self.kind, made.original, parents))


OWN = "\x00own"
"""Stands for the id of the row that a derived record belongs to."""


def _places(kind: T, header: Sequence[str]) -> dict[str, int]:
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


def _split(cell: str) -> list[str]:
    parts = [part.strip() for part in cell.replace(";", ",").split(",")]
    return list(dict.fromkeys(part for part in parts if part))[:_MOST_LINKS]


def _spread(
    hang: Hang, record: Record, links: list[tuple[str, list[str]]]
) -> tuple[list[Record], dict[str, str]]:
    """Copies of a record that names several parents: one for each, or the first where only one can be.

    One list: a copy for each member, the other references kept. Several lists: a copy for each
    member of each, since nobody can tell which belong together.
    """
    if hang in (Hang.LOOSE, Hang.FIRM):
        for column, ids in links:
            record[column] = ids[0]
        return [record], {f"all of {column}": " ".join(ids) for column, ids in links}
    if hang is Hang.ALL:
        records = [record]
        for column, ids in links:
            records = [{**one, column: parent} for one in records for parent in ids][:_MOST_LINKS]
        return records, {}
    base = dict(record)
    if len(links) > 1:
        for column in [c for c in record if c.endswith("_id")]:
            base.pop(column)
    return [{**base, column: parent} for column, ids in links for parent in ids], {}


def _as_json(values: Mapping[str, str]) -> str:
    return json.dumps(
        {name.replace("\x00", "␀"): value.replace("\x00", "␀") for name, value in values.items()},
        ensure_ascii=False,
        sort_keys=True,
    )
