"""Preparing the plain rows of a batch by their columns, which takes a third of the time of row by row.

What a plain row becomes is what :meth:`Plan.prepare` would make of it, to the letter. Whatever looks in the
least unusual (a cell that cannot be read, a sign of hiding, a reference to several) is left to it.
"""

from collections.abc import Iterable, Sequence
from hashlib import md5

from commonweal.directory.shapes_intake import RecordType as T
from commonweal.exchange.hsds import cells
from commonweal.exchange.hsds.cells import Cell
from commonweal.exchange.hsds.faults import Unreadable
from commonweal.exchange.hsds.plans.plan import MOST_TOLD, Plan, as_json, hiding_of
from commonweal.exchange.hsds.plans.rows import SMOOTHERS, Columns
from commonweal.exchange.hsds.records import SEP, TAB, Told, escaped, is_special

_TEXTS: tuple[Cell, ...] = (cells.text, cells.name, cells.code)
"""What reads a cell that is text; most such cells come out as they are."""

Cells = Sequence[str]


class Plain:
    """Prepares the plain rows of a table. ``able``: whether its kind and its header allow it at all."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self.kind, self.at = plan, plan.kind, plan.at
        self.smooth = SMOOTHERS.get(plan.kind)
        self.able = plan.at.own is not None and (plan.pick is not None or self.smooth is not None)
        self._ids = plan.preparer.ids

    def unheard(self, rows: Sequence[Sequence[str]]) -> list[int]:
        """The places of rows which are the first to say what they say, where others will say it again."""
        if self.plan.pick is None or len(self.plan.told) >= MOST_TOLD:
            return []
        said = [*enumerate(map(self.plan.pick, rows))]
        return sorted({one: place for place, one in reversed(said) if one not in self.plan.told}.values())

    def prepare(self, numbers: Sequence[int], rows: Sequence[Sequence[str]], file: int) -> Iterable[int]:
        """Stage the plain rows of a batch, each as wide as the header; returns the places of the others.

        Nothing is staged before all is judged, so that after an error here all rows are still to be prepared.
        """
        columns = Columns([*zip(*rows, strict=True)], self.at.exact, self.plan.table.implied)
        owns = self._own_ids(columns)
        if self.plan.pick is not None:
            lines = self._said_before(columns, rows, owns, numbers, file)
        else:
            lines = self._read_smoothly(columns, owns, numbers, file)
        if columns.odd:
            lines = [line for place, line in enumerate(lines) if place not in columns.odd]
            odd = columns.odd
            self.plan.remember([one for place, one in enumerate(columns.originals) if place not in odd])
        else:
            self.plan.remember(columns.originals)
        self.plan.preparer.sink.stage_all(self.kind, lines)
        return sorted(columns.odd)

    def _own_ids(self, columns: Columns) -> Cells:
        """The ids of the rows; those that have none of their own are odd."""
        assert self.at.own is not None
        column = columns.cells[self.at.own]
        if cells.are_uuids(column):
            columns.originals = column
            self.plan.preparer.know(self.kind, column)
            return column
        columns.originals = [cells.said(cell) for cell in column]
        columns.doubt(not one or is_special(one) for one in columns.originals)
        return self.plan.preparer.ids_of(self.kind, columns.originals)

    # Rows that say what others said

    def _said_before(
        self, columns: Columns, rows: Sequence[Sequence[str]], owns: Cells, numbers: Sequence[int], file: int
    ) -> list[str]:
        told = self._told(columns, rows)
        parents = self._parents(columns)
        return [
            f"{own}\t{original}\t{hidden}\t{file}\t{number}\t"
            f"{_hashed(f'{hung}{TAB}{content}', mark)}\t{extra}\t{hung}\t{content}\n"
            for own, original, number, hung, (hidden, extra, content, mark) in zip(
                owns, columns.originals, numbers, parents, told, strict=True
            )
        ]

    def _told(self, columns: Columns, rows: Sequence[Sequence[str]]) -> list[Told]:
        """What each row says, as far as an earlier one said it; the others are odd."""
        assert self.plan.pick is not None
        known = [*map(self.plan.told.get, map(self.plan.pick, rows))]
        columns.doubt(one is None for one in known)
        return [one or _UNKNOWN for one in known]

    def _parents(self, columns: Columns) -> Iterable[str]:
        """What each row hangs on, in the order of the layout, as a piece of its line."""
        parents: list[Cells] = [[""] * columns.count] * len(self.plan.layout.parents)
        for place, (_, kind, _), (_, _, where) in zip(
            (place for place, _, _ in self.plan.hung), self.at.references, self.plan.hung, strict=True
        ):
            parents[place] = self._referred(columns, kind, columns.cells[where])
        if self.kind is T.ATTRIBUTE:
            assert self.plan.link is not None
            linked = self._referred(columns, T.SERVICE, columns.cells[self.plan.link])
            parents[self.plan.service_at] = linked
            for needed in parents:  # without a term its words must do, and that is for the finisher
                columns.doubt(not one for one in needed)
            parents.append(linked)
        return map(TAB.join, zip(*parents, strict=True)) if parents else [""] * columns.count

    def _referred(self, columns: Columns, kind: T, column: Cells) -> Cells:
        """The ids that references name, each one or none; a row is odd where that is not plain."""
        found = [*map(self._ids[kind].get, column)]
        if all(found):
            return found  # type: ignore[return-value]
        for place, (cell, known) in enumerate(zip(column, found, strict=True)):
            if known is None:
                found[place] = self._one(kind, cell)
        columns.doubt(one is None for one in found)
        return [one or "" for one in found]

    def _one(self, kind: T, cell: str) -> str | None:
        if not cell:
            return ""
        if uuid := cells.uuid_or_none(cell):
            return uuid
        plain = cell != "0" and "," not in cell and ";" not in cell and cells.said(cell) == cell
        return self.plan.preparer.id_of(kind, cell) if plain else None

    # Rows of which each says something of its own

    def _read_smoothly(self, columns: Columns, owns: Cells, numbers: Sequence[int], file: int) -> list[str]:
        assert self.smooth is not None
        self._read(columns)
        self.smooth(self.plan.preparer, columns)
        extras = self._extras(columns)
        contents = self._contents(columns)
        if extras is None:
            mark = SEP + SEP
            return [
                f"{own}\t{original}\t\t{file}\t{number}\t{_hashed(content, mark)}\t\t{content}\n"
                for own, original, number, content in zip(
                    owns, columns.originals, numbers, contents, strict=True
                )
            ]
        return [
            f"{own}\t{original}\t\t{file}\t{number}\t{_hashed(content, SEP + SEP + extra)}\t"
            f"{escaped(extra)}\t{content}\n"
            for own, original, number, content, extra in zip(
                owns, columns.originals, numbers, contents, extras, strict=True
            )
        ]

    def _read(self, columns: Columns) -> None:
        """Read fields and references; rows that may be hidden are odd."""
        for column, spec, where in self.at.fields:
            columns.read[column] = _values(columns, spec.read, _first_said(columns, where))
        for column, kind, where in self.at.references:
            columns.read[column] = [*self._referred(columns, kind, _first_said(columns, where))]
        for place, reason in self.at.hiding:
            hiding = {cell for cell in {*columns.cells[place]} if hiding_of(cell, reason)}
            if hiding:
                columns.doubt(cell in hiding for cell in columns.cells[place])

    def _extras(self, columns: Columns) -> list[str] | None:
        """What is kept of each row as it came; None where that is nothing."""
        rest = [(name, columns.cells[place]) for name, place in self.at.rest if any(columns.cells[place])]
        if not rest:
            return None
        names = [name for name, _ in rest]
        kept = (
            {name: cell for name, cell in zip(names, row, strict=True) if cell}
            for row in zip(*(column for _, column in rest), strict=True)
        )
        return [as_json(one) if one else "" for one in kept]

    def _contents(self, columns: Columns) -> Iterable[str]:
        """The cells of each row in the order of the layout, as a piece of its line."""
        every = [columns.column(name) for name in self.plan.layout.all_columns]
        safe = [[*map(escaped, column)] if is_special("".join(column)) else column for column in every]
        return map(TAB.join, zip(*safe, strict=True))


_UNKNOWN = Told("", "", "", "")


def _hashed(content: str, mark: str) -> str:
    # Empty cells at the end say nothing, so that a column added there later changes no row and no id.
    words = content.rstrip(TAB) + mark
    return md5(words.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()


def _first_said(columns: Columns, where: Sequence[int]) -> Cells:
    """The cells of a column, or of the first of several that says something."""
    if len(where) == 1:
        return columns.cells[where[0]]
    several = zip(*(columns.cells[place] for place in where), strict=True)
    return [next(filter(None, row), "") for row in several]


def _values(columns: Columns, read: Cell, column: Cells) -> list[str]:
    """What the cells of a column say. Where one cannot be read, its row is odd."""
    if read in _TEXTS:
        stripped = [*map(str.strip, column)]
        if cells.are_plain(stripped):
            return stripped
    meant = {cell: _read_or_none(read, cell) for cell in {*column}}
    values = [meant[cell] for cell in column]
    if None in meant.values():
        columns.doubt(value is None for value in values)
    return [value or "" for value in values]


def _read_or_none(read: Cell, cell: str) -> str | None:
    try:
        return read(cell) if cell else ""
    except Unreadable:
        return None
