"""Preparing rows one by one, with all care; and a row that says what an earlier one said, quickly."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from commonweal.directory.shapes_intake import LAYOUTS, Hang
from commonweal.directory.shapes_intake import RecordType as T
from commonweal.exchange.hsds import cells
from commonweal.exchange.hsds.dialects import HIDING_WORDS, Table
from commonweal.exchange.hsds.faults import Fault, Unreadable
from commonweal.exchange.hsds.plans.header import Header
from commonweal.exchange.hsds.plans.rows import FINISHERS, OWN, Derived, Row, View
from commonweal.exchange.hsds.records import (
    SEP,
    TAB,
    Held,
    Origin,
    Preparer,
    Record,
    Told,
    escaped,
    joined,
    stable_id,
)

_MOST_LINKS = 200
_MOST_SEEN = 20_000
MOST_TOLD = 20_000
_MOST_READ = 2_000

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

Links = list[tuple[str, list[str]]]


class Plan:
    """How the rows of one table with one header become records."""

    def __init__(self, preparer: Preparer, table: Table, header: Sequence[str]) -> None:
        assert table.type is not None
        self.preparer, self.table, self.kind = preparer, table, table.type
        self.layout = LAYOUTS[self.kind]
        self.at = Header(self.kind, header)
        self.header, self.width = self.at.names, self.at.width
        self.finish = FINISHERS.get(self.kind)
        self._seen = preparer.seen.setdefault(self.kind, set())
        self._waiting = preparer.waiting.get(table.label, frozenset())
        self._known: dict[str, dict[str, str]] = {column: {} for column, _, _ in self.at.fields}
        self.told: dict[Any, Told] = {}
        self.link: int | None = None
        self.pick = self._content_picker()
        order = list(self.layout.parents)
        self._alone = [""] * len(order)
        self.hung = [(order.index(c), preparer.ids[kind], at[0]) for c, kind, at in self.at.references]
        self.service_at = order.index("service_id") if "service_id" in order else -1

    def _content_picker(self) -> Callable[[Sequence[str]], Any] | None:
        """Picks what a row says, without its id and what it hangs on, for kinds that often say the same."""
        at = self.at
        if self.kind not in _CONTENT_ALONE or at.own is None:
            return None
        if any(len(where) > 1 for _, _, where in at.references):
            return None
        aside = {at.own, *(where[0] for _, _, where in at.references)}
        if self.kind is T.ATTRIBUTE:
            link = [where[0] for column, _, where in at.fields if column == "link_id"]
            self.link = link[0] if link else None
            aside |= set(link)
            if self.link is None or any(column == "service_id" for column, _, _ in at.references):
                return None
        places = [place for place in range(self.width) if place not in aside]
        return itemgetter(*places) if places else (lambda row: ())

    def raw(self, row: Sequence[str]) -> dict[str, str]:
        """The whole row, by the names of its header; further cells are numbered."""
        return self.at.raw(row)

    def original_id(self, row: Sequence[str]) -> str:
        """The id that the source gave the row, as text."""
        own = self.at.own
        return cells.said(row[own]) if own is not None and own < len(row) else ""

    def prepare(self, row: Sequence[str], origin: Origin) -> None:
        """Stage the row, with what is derived from it, or hold it whole."""
        width = self.width
        if len(row) < width:
            row = [*row, *[""] * (width - len(row))]
        if self.told and len(row) == width and self._again(row, origin):
            return
        made = Row(self.original_id(row), origin, self.table.implied, View(self.at.exact, row))
        self._read_fields(made, row)
        links = self._read_references(made, row) if self.at.references else None
        if self.at.hiding:
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
        assert self.pick is not None
        assert self.at.own is not None
        told = self.told.get(self.pick(row))
        if told is None:
            return False
        original = row[self.at.own]
        own = cells.uuid_or_none(original)
        if own is None:
            return False
        parents = self._alone.copy()
        for place, ids, where in self.hung:
            cell = row[where]
            if cell:
                parent = ids.get(cell) or cells.uuid_or_none(cell)
                if parent is None:
                    return False
                parents[place] = parent
        if self.kind is T.ATTRIBUTE:
            linked = self._linked(row)
            if linked is None or "" in parents[self.service_at + 1 :]:  # without a term, its words must do
                return False
            parents[self.service_at] = linked
            parents.append(linked)
        self.remember([original])
        self.preparer.emit_told(self.kind, own, original, origin, TAB.join(parents), told)
        return True

    def _linked(self, row: Sequence[str]) -> str | None:
        """The service that a plain attribute is said of."""
        cell = row[self.link] if self.link is not None else ""
        return self.preparer.ids[T.SERVICE].get(cell) or cells.uuid_or_none(cell)

    def _says_nothing(self, made: Row, row: Sequence[str]) -> bool:
        """Only ids, or nothing at all: a row that a join left behind. Nothing is lost without it."""
        if any(fault.reason not in ("empty-row", "missing", "no-owner") for fault in made.faults):
            return False
        return not any(cells.said(row[index]) for index in self.at.telling)

    def hold(self, row: Sequence[str], origin: Origin, faults: Iterable[Fault]) -> None:
        """Hand the whole row to the quarantine."""
        self.preparer.sink.hold(
            Held(self.table.label, self.original_id(row), origin, self.raw(row), tuple(faults))
        )

    def _read_fields(self, made: Row, row: Sequence[str]) -> None:
        record = made.record
        for column, spec, where in self.at.fields:
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
        for column, kind, where in self.at.references:
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
        for index, reason in self.at.hiding:
            made.hidden = hiding_of(row[index], reason) or made.hidden

    def _emit(self, made: Row, row: Sequence[str], links: Links | None, derived: Derived) -> None:
        preparer, kind, original = self.preparer, self.kind, made.original
        left_over = {name: row[index] for name, index in self.at.rest if row[index]} if self.at.rest else {}
        if len(row) > self.width:
            beyond = enumerate(row[self.width :], self.width + 1)
            left_over |= {f"cell {n}": cell for n, cell in beyond if cell.strip()}
        if made.unread:
            left_over |= {f"unread {name}": cell for name, cell in made.unread.items()}
        self.remember([original])
        if links:
            records, dropped = _spread(self.layout.hang, made.record, links)
            left_over |= dropped
        else:
            records = [made.record]
        extra = as_json(left_over) if left_over else ""
        if self.pick is not None and not derived and len(row) == self.width:
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
        assert self.pick is not None
        if len(self.told) >= MOST_TOLD or "all of " in extra:
            return
        columns = self.layout.columns
        if self.kind is T.ATTRIBUTE:  # the link is not part of what is said
            if made.record.get("link_entity") != "service":
                return
            columns = columns[1:]
        content = joined([made.record.get(column, "") for column in columns])
        self.told[self.pick(row)] = Told(
            made.hidden, escaped(extra), content, f"{SEP}{made.hidden}{SEP}{extra}"
        )

    def remember(self, originals: Sequence[str]) -> None:
        """Keep some ids, to notice columns that were swapped; and which held rows went in this time."""
        if len(self._seen) < _MOST_SEEN or "0" in originals:
            self._seen.update(originals)
        if self._waiting:
            label = self.table.label
            self.preparer.taken.update((label, one) for one in originals if one in self._waiting)

    def _name_of_copy(self, made: Row, record: Record) -> str:
        """What names the second and further copies of a row that names several parents."""
        parents = SEP.join(f"{column}={record.get(column, '')}" for column in self.layout.parents)
        return SEP.join((self.preparer.source, self.kind, made.original, parents))


def hiding_of(cell: str, reason: str) -> str:
    """Why a row is not for the public, as a cell of a column that tells so; empty where it does not."""
    word = cells.said(cell).lower()
    if not word:
        return ""
    if word in HIDING_WORDS:
        return HIDING_WORDS[word]
    if reason and word in cells.TRUTH_WORDS:
        hides_if_yes = not reason.startswith("!")
        if (word in cells.TRUE_WORDS) is hides_if_yes:
            return reason.lstrip("!")
    return ""


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


def as_json(values: Mapping[str, str]) -> str:
    """What is kept of a row as it came, as JSON that is the same for the same cells."""
    return json.dumps(
        {name.replace("\x00", "␀"): value.replace("\x00", "␀") for name, value in values.items()},
        ensure_ascii=False,
        sort_keys=True,
    )
