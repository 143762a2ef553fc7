"""From the rows of a delivery to the rows that the directory stages.

A :class:`Preparer` knows one delivery's source and what its tables said so far; a :class:`Plan` is made
once for each table and header and then prepares row after row. Nothing here touches a database.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import md5, sha1
from typing import Any, Protocol

from commonweal.directory.shapes_intake import LAYOUTS, Hang
from commonweal.directory.vocabulary import RecordType as T
from commonweal.exchange.hsds import cells
from commonweal.exchange.hsds.dialects import (
    BOOKKEEPING,
    FIELDS,
    HIDING,
    HIDING_WORDS,
    ID_NAMES,
    REFERENCE_NAMES,
    Table,
)
from commonweal.exchange.hsds.faults import Fault, Unreadable
from commonweal.kernel.ids import NAMESPACE

Record = dict[str, str]
"""Column → text, of one kind of row; references under their column hold ids as UUID text."""

_SEP = "\x1f"
_MOST_LINKS = 200


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a row stands: the number of its file in the delivery, and its row number (the header is 1)."""

    file: int
    row: int


@dataclass(frozen=True, slots=True)
class Held:
    """A row that cannot go in, whole, with what is wrong."""

    label: str
    record_id: str
    origin: Origin
    cells: Mapping[str, str]
    faults: tuple[Fault, ...]


class Digest(Protocol):
    """A running hash."""

    def copy(self) -> Any: ...


class Sink(Protocol):
    """Takes what a plan prepares."""

    def stage(self, kind: T, row: Sequence[str | int]) -> None: ...

    def hold(self, held: Held) -> None: ...


def stable_id(*parts: str) -> str:
    """``kernel.ids.named_id`` as text, without the cost of a UUID object."""
    words = NAMESPACE.bytes + _SEP.join(parts).encode("utf-8", "replace")
    return _uuid_of(sha1(words, usedforsecurity=False).digest())


def _uuid_of(digest: bytes) -> str:
    """A version 5 UUID from a SHA-1 digest, as text."""
    text = digest.hex()
    variant = _VARIANT[text[16]]
    return f"{text[:8]}-{text[8:12]}-5{text[13:16]}-{variant}{text[17:20]}-{text[20:32]}"


_VARIANT = {digit: "89ab"[int(digit, 16) & 3] for digit in "0123456789abcdef"}


@dataclass
class Preparer:
    """What is known while a delivery is read. ``eligibility`` and the maps are filled by earlier tables."""

    source: str
    sink: Sink
    eligibility: dict[str, list[tuple[str, Origin, Mapping[str, str]]]] = field(default_factory=dict)
    organization_of: dict[str, str] = field(default_factory=dict)
    seen: dict[T, set[str]] = field(default_factory=dict)
    waiting: Mapping[str, set[str]] = field(default_factory=dict)
    taken: set[tuple[str, str]] = field(default_factory=set)
    blank: dict[str, int] = field(default_factory=dict)
    once: set[str] = field(default_factory=set)
    _ids: dict[T, dict[str, str]] = field(default_factory=lambda: {kind: {} for kind in T})
    _seeds: dict[T, "Digest"] = field(default_factory=dict)
    _plans: dict[tuple[int, tuple[str, ...]], "Plan"] = field(default_factory=dict)

    def id_of(self, kind: T, original: str) -> str:
        """The id of a record by its original id: itself where it is a UUID, else derived and stable."""
        ids = self._ids[kind]
        known = ids.get(original)
        if known is None:
            if len(ids) > 1_000_000:
                ids.clear()
            known = ids[original] = cells.uuid_or_none(original) or self._derived(kind, original)
        return known

    def _derived(self, kind: T, original: str) -> str:
        seed = self._seeds.get(kind)
        if seed is None:
            words = NAMESPACE.bytes + f"{self.source}{_SEP}{kind}{_SEP}".encode()
            seed = self._seeds[kind] = sha1(words, usedforsecurity=False)
        digest = seed.copy()
        digest.update(original.encode("utf-8", "replace"))
        return _uuid_of(digest.digest())

    def plan(self, table: Table, header: Sequence[str]) -> "Plan":
        """The plan for a table with this header (made once)."""
        key = (id(table), tuple(header))
        found = self._plans.get(key)
        if found is None:
            found = self._plans[key] = Plan(self, table, header)
        return found

    def emit(
        self, kind: T, record: Record, original: str, origin: Origin, hidden: str = "", extra: str = ""
    ) -> str:
        """Stage one record; without an original id, its content names it. Returns its id."""
        content = [record.get(column, "") for column in _COLUMNS[kind]]
        joined = _SEP.join((*content, hidden, extra))
        if original:
            own = record.get("id") or self.id_of(kind, original)
        else:
            own = stable_id(self.source, kind, "by-content", _key_of(kind, record) or joined)
        content_hash = md5(joined.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()
        self.sink.stage(kind, [own, original, hidden, origin.file, origin.row, content_hash, extra, *content])
        return own


_COLUMNS = {kind: layout.all_columns for kind, layout in LAYOUTS.items()}


def _key_of(kind: T, record: Record) -> str:
    """What names a record without an id, for kinds that others refer to."""
    if kind in (T.ORGANIZATION, T.PROGRAM, T.SERVICE, T.LOCATION, T.TAXONOMY, T.TAXONOMY_TERM):
        parents = [record.get(column, "") for column in LAYOUTS[kind].parents]
        return _SEP.join((record.get("name", ""), record.get("code", ""), *parents))
    return ""


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

Finish = Callable[["Preparer", "Row"], "Iterable[tuple[T, Record, str]]"]


@dataclass(slots=True)
class Row:
    """One row while it is prepared. ``unread`` keeps what could not be read and was set aside."""

    kind: T
    record: Record
    raw: "View"
    original: str
    origin: Origin
    implied: Mapping[str, str]
    hidden: str = ""
    own: str = ""
    unread: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, name: str, reason: str, value: str = "") -> None:
        self.faults.append(Fault(name, reason, value))


class Plan:
    """How the rows of one table with one header become records."""

    def __init__(self, preparer: Preparer, table: Table, header: Sequence[str]) -> None:
        assert table.type is not None
        self.preparer, self.table, self.kind = preparer, table, table.type
        self.layout = LAYOUTS[self.kind]
        self.header = tuple(header)
        self._places = _places(self.kind, header)
        self._exact = {name.strip().lower(): place for place, name in reversed([*enumerate(header)])}
        used: set[int] = set()
        self._id = self._find(ID_NAMES, used)
        if self._id is None and self.kind is T.TAXONOMY_TERM:
            self._id = self._find(("taxonomy_id",), used)
        self._references = [
            (column, kind, where)
            for column, kind in self.layout.parents.items()
            if (where := self._find_all(REFERENCE_NAMES.get(column, (column,)), used))
        ]
        self._fields = [
            (column, spec, where)
            for column, spec in FIELDS[self.kind].items()
            if (where := self._find_all(spec.names, used))
        ]
        self._hiding = [
            (index, HIDING[name])
            for name, index in self._places.items()
            if name in HIDING and index not in used
        ]
        used |= {index for index, _ in self._hiding}
        self._rest = [
            (name.strip()[:100], index)
            for index, name in enumerate(header)
            if index not in used and self._bare(name) not in BOOKKEEPING and name.strip()
            if name.strip().lower() not in ID_NAMES
        ]
        self._telling = [index for _, index in self._rest] + [
            index for column, _, where in self._fields for index in where if column not in _FAINT
        ]
        self.finish = FINISHERS.get(self.kind)

    def _bare(self, name: str) -> str:
        name = name.strip().lower()
        for prefix in _PREFIXES.get(self.kind, ()):
            if name.startswith(prefix) and name not in self.layout.columns:
                return name.removeprefix(prefix)
        return name

    def _find(self, names: Iterable[str], used: set[int]) -> int | None:
        found = self._find_all(names, used)
        return found[0] if found else None

    def _find_all(self, names: Iterable[str], used: set[int]) -> tuple[int, ...]:
        found = tuple(self._places[name] for name in names if name in self._places)
        found = tuple(index for index in found if index not in used)
        used |= set(found)
        return found

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
        preparer = self.preparer
        if len(row) < len(self.header):
            row = [*row, *[""] * (len(self.header) - len(row))]
        made = Row(self.kind, {}, _NO_VIEW, self.original_id(row), origin, self.table.implied)
        self._read_fields(made, row)
        links = self._read_references(made, row)
        self._read_hiding(made, row)
        derived: list[tuple[T, Record, str]] = []
        if self.finish is not None:
            made.raw = View(self._exact, row)
            derived = list(self.finish(preparer, made))
        if made.faults:
            if self._says_nothing(made, row):
                label = self.table.label
                preparer.blank[label] = preparer.blank.get(label, 0) + 1
            else:
                self.hold(row, origin, made.faults)
            return
        self._emit(made, row, links, derived)

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
            try:
                record[column] = spec.read(cell)
            except Unreadable as problem:
                if spec.lenient:
                    made.unread[column] = cell
                else:
                    made.fault(self.header[where[0]], problem.reason, cell)

    def _read_references(self, made: Row, row: Sequence[str]) -> list[tuple[str, list[str]]]:
        """Fill single references; return those that name several records."""
        links: list[tuple[str, list[str]]] = []
        for column, kind, where in self._references:
            cell = row[where[0]]
            if not cell and len(where) > 1:
                cell = next((row[index] for index in where if row[index]), "")
            cell = cells.said(cell)
            if not cell or (cell == "0" and "0" not in self.preparer.seen.get(kind, ())):
                continue
            if "," in cell or ";" in cell:
                several = _split(cell)
                if len(several) > 1:
                    links.append((column, [self.preparer.id_of(kind, one) for one in several]))
                    continue
                cell = several[0] if several else ""
            if cell:
                made.record[column] = self.preparer.id_of(kind, cell)
        return links

    def _read_hiding(self, made: Row, row: Sequence[str]) -> None:
        for index, reason in self._hiding:
            word = cells.said(row[index]).lower()
            if not word:
                continue
            if not reason:
                made.hidden = HIDING_WORDS.get(word, made.hidden)
                continue
            negated, reason = reason.startswith("!"), reason.lstrip("!")
            if word in HIDING_WORDS:
                made.hidden = HIDING_WORDS[word]
            elif (word in cells.TRUE_WORDS) is not negated and word in cells.TRUTH_WORDS:
                made.hidden = reason

    def _emit(
        self,
        made: Row,
        row: Sequence[str],
        links: list[tuple[str, list[str]]],
        derived: list[tuple[T, Record, str]],
    ) -> None:
        preparer, kind = self.preparer, self.kind
        left_over = {name: row[index] for name, index in self._rest if row[index]} if self._rest else {}
        if len(row) > len(self.header):
            beyond = enumerate(row[len(self.header) :], len(self.header) + 1)
            left_over |= {f"cell {n}": cell for n, cell in beyond if cell.strip()}
        if made.unread:
            left_over |= {f"unread {name}": cell for name, cell in made.unread.items()}
        seen = preparer.seen.setdefault(kind, set())
        if made.original and (len(seen) < 20_000 or made.original == "0"):
            seen.add(made.original)
        records = [made.record]
        if links:
            records, dropped = _spread(self.layout.hang, made.record, links)
            left_over |= dropped
        extra = _as_json(left_over) if left_over else ""
        for index, record in enumerate(records):
            if index:
                record["id"] = stable_id(self.source_of(made, record))
            own = preparer.emit(kind, record, made.original, made.origin, made.hidden, extra)
            made.own = made.own or own
        label = self.table.label
        if made.original and label in preparer.waiting and made.original in preparer.waiting[label]:
            preparer.taken.add((label, made.original))
        for other, record, original in derived:
            for column, value in record.items():
                if value == OWN:
                    record[column] = made.own
            preparer.emit(other, record, original, made.origin)

    def source_of(self, made: Row, record: Record) -> str:
        """What names the second and further copies of a row that names several parents."""
        parents = _SEP.join(f"{column}={record.get(column, '')}" for column in self.layout.parents)
        return _SEP.join((self.preparer.source, self.kind, made.original, parents))


_FAINT = frozenset({"country", "address_type", "type", "freq", "wkst", "link_entity", "status"})
"""Columns that say nothing by themselves."""

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


_NO_VIEW = View({}, ())

FINISHERS: dict[T, Finish] = {}
"""What a kind needs besides its columns; filled by ``finishing``."""
