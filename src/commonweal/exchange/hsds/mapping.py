"""A directory that is not HSDS, read by a mapping: which column of which file is which field of which table.

The format is that of Open Referral's hsds-transformer, so that existing mappings work unchanged::

    providers.csv:
      columns:
        Provider ID:
          - model: organizations
            field: id
        Steps:
          model: services
          field: application_process
          append: true

Only this much of YAML is understood: nested keys, lists of mappings, plain or quoted scalars.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from commonweal.exchange.hsds.dialects import TABLES, Table
from commonweal.exchange.hsds.tabular import Batch, Broken, Numbered, Sheet, text_of
from commonweal.kernel.errors import BadInput

_MOST = 1_000_000
_HOURS = "hours_of_operation"
_DAY_HOURS = re.compile(
    r"(Sunday|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday):\s*"
    r"(?:Closed|(\d{1,2}:\d\d)\s*-\s*(\d{1,2}:\d\d))",
    re.IGNORECASE,
)
_END_OF_ADDRESS = re.compile(r"(.+),\s*([A-Z]{2})\s+(\d{5}(?:-\d{4})?)\s*\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Target:
    """Where the cells of a column go; ``append``: behind what another column put there."""

    model: str
    field: str
    append: bool = False


Targets = dict[str, dict[str, list[Target]]]
"""File name → column → where its cells go."""


def read_mapping(path: Path) -> Targets:
    """Read a mapping file. Raises BadInput where it is none."""
    whole = _parse(text_of(path, _MOST), path.name)
    targets: Targets = {}
    for file, about in whole.items():
        columns = about.get("columns") if isinstance(about, dict) else None
        if not isinstance(columns, dict):
            raise BadInput(path.name, f"{file} has no columns")
        targets[file] = {
            column: [_target(one, path.name, column) for one in (to if isinstance(to, list) else [to])]
            for column, to in columns.items()
        }
    if not targets:
        raise BadInput(path.name, "the mapping is empty")
    return targets


def _target(one: Any, file: str, column: str) -> Target:
    if not isinstance(one, dict) or not one.get("model") or not one.get("field"):
        raise BadInput(file, f"{column} needs a model and a field")
    return Target(str(one["model"]), str(one["field"]), one.get("append") == "true")


class Mapped(Sheet):
    """One table seen through a mapping: rows of an input file as rows of a model."""

    def __init__(self, inner: Sheet, model: str, columns: Mapping[str, list[Target]]) -> None:
        self.inner, self.path, self.shown, self.dialect = inner, inner.path, inner.shown, inner.dialect
        places: dict[str, list[int]] = {}
        for name, targets in columns.items():
            at = [place for place, one in enumerate(inner.header) if one == name]
            for target in targets:
                if target.model == model and at:
                    if target.append or target.field not in places:
                        places.setdefault(target.field, []).append(at[0])
                    else:
                        places[target.field] = [at[0]]
        self._places = places
        self._hours = _HOURS in places
        split = "address_1" in places and not {"city", "state_province", "postal_code"} & set(places)
        self._split = split
        self.header = [field for field in places if field != _HOURS]
        self.header += ["weekday", "opens_at", "closes_at"] if self._hours else []
        self.header += ["state_province", "postal_code"] if split else []

    def rows(self) -> Iterator[Numbered | Broken]:
        for row in self.inner.rows():
            if isinstance(row, Broken):
                yield row
                continue
            told = [
                "".join(row.cells[at] for at in places if at < len(row.cells))
                for field, places in self._places.items()
                if field != _HOURS
            ]
            for more in self._more(row.cells):
                yield Numbered(row.row, self._with_address(told) + more)

    def batches(self, size: int) -> Iterator[Batch]:
        rows = self.rows()
        while batch := [*islice(rows, size)]:
            yield Batch([], [], batch)

    def _more(self, cells: list[str]) -> Iterator[list[str]]:
        """Hours of a week in one cell are a row for each day."""
        if not self._hours:
            yield []
            return
        at = self._places[_HOURS][0]
        for day, opens, closes in _DAY_HOURS.findall(cells[at] if at < len(cells) else ""):
            yield [day, opens, closes]

    def _with_address(self, told: list[str]) -> list[str]:
        if not self._split:
            return list(told)
        at = self.header.index("address_1")
        found = _END_OF_ADDRESS.match(told[at])
        if not found:
            return [*told, "", ""]
        return [*told[:at], found[1], *told[at + 1 :], found[2], found[3]]


def sheets_of(path: Path, shown: str, targets: Targets) -> Iterator[tuple[Table, Sheet]]:
    """The tables that a mapping makes of a file, if it names the file."""
    columns = targets.get(path.name)
    if columns is None:
        return
    inner = Sheet(path, shown)
    for model in dict.fromkeys(target.model for to in columns.values() for target in to):
        table = TABLES.get(model)
        if table is None or table.type is None:
            continue
        sheet = Mapped(inner, model, columns)
        if len(sheet.header) > 1:
            yield table, sheet


# Just enough YAML


def _parse(text: str, name: str) -> dict[str, Any]:
    lines = [
        (len(line) - len(line.lstrip(" ")), line.strip())
        for line in text.splitlines()
        if line.strip() and not line.lstrip().startswith("#")
    ]
    whole, rest = _block(lines, 0, name)
    if rest != len(lines) or not isinstance(whole, dict):
        raise BadInput(name, f"line {rest + 1} does not fit: {lines[min(rest, len(lines) - 1)][1][:60]}")
    return whole


def _block(lines: list[tuple[int, str]], at: int, name: str, deep: int = 0) -> tuple[Any, int]:
    """The value that begins at a line, and the line behind it."""
    if at >= len(lines) or deep > 20:
        raise BadInput(name, "it ends in the middle" if at >= len(lines) else "it is nested too deeply")
    indent = lines[at][0]
    if lines[at][1].startswith("- "):
        return _list(lines, at, indent, name, deep)
    found: dict[str, Any] = {}
    while at < len(lines) and lines[at][0] == indent and not lines[at][1].startswith("- "):
        key, value, at = _entry(lines, at, indent, name, deep)
        found[key] = value
    return found, at


def _list(lines: list[tuple[int, str]], at: int, indent: int, name: str, deep: int) -> tuple[list[Any], int]:
    items: list[Any] = []
    while at < len(lines) and lines[at][0] == indent and lines[at][1].startswith("- "):
        inner = indent + 2
        unfolded = [*lines[:at], (inner, lines[at][1][2:].strip()), *lines[at + 1 :]]
        value, at = _block(unfolded, at, name, deep + 1)
        items.append(value)
    return items, at


def _entry(lines: list[tuple[int, str]], at: int, indent: int, name: str, deep: int) -> tuple[str, Any, int]:
    line = lines[at][1]
    if line.endswith(":"):
        key = _scalar(line[:-1])
        following = lines[at + 1] if at + 1 < len(lines) else (-1, "")
        below = following[0] > indent or (following[0] == indent and following[1].startswith("- "))
        if not below:
            return key, "", at + 1
        value, behind = _block(lines, at + 1, name, deep + 1)
        return key, value, behind
    key, colon, scalar = line.partition(": ")
    if not colon:
        raise BadInput(name, f"this line is neither a key nor a value: {line[:60]}")
    return _scalar(key), _scalar(scalar), at + 1


def _scalar(word: str) -> str:
    word = word.strip()
    if len(word) > 1 and word[0] == word[-1] and word[0] in "\"'":
        return word[1:-1]
    return word
