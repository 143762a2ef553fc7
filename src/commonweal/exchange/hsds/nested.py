"""HSDS JSON, flattened to the same tables as CSV: single objects, arrays, pages, newline-delimited.

Every nested object becomes a row of its own table and gets a reference to what it was nested in.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import orjson

from commonweal.directory.shapes_intake import RecordType as T
from commonweal.exchange.hsds.dialects import TABLES, Table
from commonweal.exchange.hsds.faults import Fault
from commonweal.exchange.hsds.tabular import MOST_LINE, _lines, dialect_of, text_of
from commonweal.kernel.errors import BadInput

Json = Any
MOST_BYTES = 512_000_000
_DEEP = 12

_PARENT_COLUMN = {
    T.SERVICE: "service_id",
    T.ORGANIZATION: "organization_id",
    T.LOCATION: "location_id",
    T.SERVICE_AT_LOCATION: "service_at_location_id",
    T.CONTACT: "contact_id",
    T.PHONE: "phone_id",
    T.TAXONOMY: "taxonomy_id",
    T.PROGRAM: "program_id",
}
_NESTED: dict[str, T] = {
    "organization": T.ORGANIZATION,
    "program": T.PROGRAM,
    "location": T.LOCATION,
    "service": T.SERVICE,
    "taxonomy_term": T.TAXONOMY_TERM,
    "taxonomy_detail": T.TAXONOMY,
    "unit": T.UNIT,
}
"""Objects to which the row that holds them refers."""

_LISTS: dict[str, T] = {
    "services": T.SERVICE,
    "locations": T.LOCATION,
    "programs": T.PROGRAM,
    "organizations": T.ORGANIZATION,
    "service_at_locations": T.SERVICE_AT_LOCATION,
    "phones": T.PHONE,
    "contacts": T.CONTACT,
    "schedules": T.SCHEDULE,
    "regular_schedules": T.SCHEDULE,
    "holiday_schedules": T.SCHEDULE,
    "addresses": T.ADDRESS,
    "physical_addresses": T.ADDRESS,
    "postal_addresses": T.ADDRESS,
    "service_areas": T.SERVICE_AREA,
    "languages": T.LANGUAGE,
    "accessibility": T.ACCESSIBILITY,
    "accessibility_for_disabilities": T.ACCESSIBILITY,
    "cost_options": T.COST_OPTION,
    "required_documents": T.REQUIRED_DOCUMENT,
    "funding": T.FUNDING,
    "fundings": T.FUNDING,
    "additional_urls": T.URL,
    "additional_websites": T.URL,
    "capacities": T.SERVICE_CAPACITY,
    "organization_identifiers": T.ORGANIZATION_IDENTIFIER,
    "attributes": T.ATTRIBUTE,
    "metadata": T.METADATA,
    "taxonomy_terms": T.TAXONOMY_TERM,
}
_FIRST_OF: dict[T, str] = {kind: name for name, kind in reversed(_LISTS.items())}
_REFERENCE = {
    "organization": "organization_id",
    "program": "program_id",
    "location": "location_id",
    "service": "service_id",
    "taxonomy_term": "taxonomy_term_id",
    "taxonomy_detail": "taxonomy_id",
    "unit": "unit_id",
}


@dataclass(frozen=True, slots=True)
class Flat:
    """One object as a row: its table, its names and its cells. ``row`` counts the records of the file."""

    table: Table
    row: int
    header: tuple[str, ...]
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Unfit:
    """A piece of JSON that is no record."""

    table: Table
    row: int
    cells: dict[str, str]
    fault: Fault


@dataclass(frozen=True, slots=True)
class Page:
    """What a JSON file holds: its records, of one type, and whether they are all that there are."""

    type: T
    records: list[Json]
    complete: bool
    number: int = 1
    of: int = 1


def read(path: Path, shown: str, hint: T | None) -> "Iterator[Page]":
    """The records of a JSON or newline-delimited file. Raises BadInput where it is neither, or no HSDS."""
    if path.suffix.lower() in (".ndjson", ".jsonl"):
        yield from _by_line(path, hint)
        return
    try:
        whole = orjson.loads(text_of(path, MOST_BYTES))
    except orjson.JSONDecodeError as error:
        if _looks_delimited(path):
            yield from _by_line(path, hint)
            return
        raise BadInput(shown, f"it is not JSON ({error})") from error
    yield from _pages(whole, shown, hint)


def _looks_delimited(path: Path) -> bool:
    for line in _lines(path, dialect_of(path)):
        try:
            return isinstance(orjson.loads(line), dict)
        except orjson.JSONDecodeError:
            return False
    return False


def _by_line(path: Path, hint: T | None) -> Iterator[Page]:
    for line in _lines(path, dialect_of(path)):
        if not line.strip():
            continue
        try:
            record = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            record = {"\x00bad": str(error), "line": line[:MOST_LINE]}
        yield Page(type_of(record) or hint or T.SERVICE, [record], complete=True)


def _pages(whole: Json, shown: str, hint: T | None) -> Iterator[Page]:
    if isinstance(whole, dict):
        contents = whole.get("contents", whole.get("content"))
        if isinstance(contents, list):
            yield _numbered(_page(contents, hint, complete=True), whole)
            return
        tables = {
            name: rows for name, rows in whole.items() if isinstance(rows, list) and _stem(name) in TABLES
        }
        if tables and "id" not in whole:
            for name, rows in tables.items():
                if kind := TABLES[_stem(name)].type:
                    yield Page(kind, rows, complete=True)
            return
        kind = type_of(whole) or hint
        if kind is None or not looks_like(whole, kind):
            raise BadInput(shown, "it is JSON, but not an HSDS record, list or page")
        yield Page(kind, [whole], complete=False)
    elif isinstance(whole, list):
        yield _page(whole, hint, complete=True)
    else:
        raise BadInput(shown, "it is JSON, but neither an object nor a list")


def _stem(name: str) -> str:
    return name.lower().removesuffix(".csv")


def _page(records: list[Json], hint: T | None, complete: bool) -> Page:
    kinds = [kind for record in records[:20] if (kind := type_of(record))]
    return Page(kinds[0] if kinds else hint or T.SERVICE, records, complete)


def _numbered(page: Page, about: Mapping[str, Json]) -> Page:
    number, of = about.get("page_number", 1), about.get("total_pages", 1)
    fits = isinstance(number, int) and isinstance(of, int)
    return replace(page, number=number, of=max(of, 1)) if fits else page


_OF_OTHERS = frozenset({"number", "language", "name", "opens_at", "weekday"})
_OF_SERVICES = frozenset(
    {"status", "service_at_locations", "eligibility_description", "minimum_age", "application_process"}
)


def type_of(record: Json) -> T | None:
    """Tell what an object is by its properties."""
    if not isinstance(record, dict):
        return None
    keys = record.keys()
    if "link_id" in keys or "taxonomy_term" in keys:
        return T.ATTRIBUTE
    if "location_type" in keys or ("latitude" in keys and "location_id" not in keys):
        return T.LOCATION
    if {"location", "service_id"} <= keys or {"location", "service"} <= keys:
        return T.SERVICE_AT_LOCATION
    if {"service_id", "location_id"} <= keys and not keys & _OF_OTHERS:
        return T.SERVICE_AT_LOCATION
    if keys & _OF_SERVICES:
        return T.SERVICE
    if keys & {"taxonomy_terms"} or {"version", "uri", "name"} <= keys:
        return T.TAXONOMY
    if keys & {"term_uri", "taxonomy_detail", "taxonomy"} and not keys & {"organization"}:
        return T.TAXONOMY_TERM
    if keys & {"organization_identifiers", "legal_status", "year_incorporated", "parent_organization_id"}:
        return T.ORGANIZATION
    return None


_NAMED = frozenset({T.ORGANIZATION, T.PROGRAM, T.SERVICE, T.TAXONOMY, T.TAXONOMY_TERM})


def looks_like(record: Json, kind: T) -> bool:
    """Whether an object can be a record of this kind at all."""
    if not isinstance(record, dict) or "$schema" in record or isinstance(record.get("properties"), dict):
        return False
    if kind in _NAMED:
        return bool(record.keys() & {"name", "term"}) and isinstance(record.get("name", ""), str)
    return "id" in record or kind is T.ATTRIBUTE


class Flattener:
    """Flattens records, and remembers which kinds came in lists of which all pages came."""

    def __init__(self) -> None:
        self._met: dict[T, set[T]] = {}
        self._pages: dict[T, set[int]] = {}
        self._of: dict[T, int] = {}

    def complete(self) -> set[T]:
        """The kinds that were delivered whole, themselves or inside of others."""
        whole = {
            kind for kind, of in self._of.items() if len(self._pages[kind] & set(range(1, of + 1))) >= of
        }
        return {inner for kind in whole for inner in self._met.get(kind, set())} | whole

    def flatten(self, page: Page, row: int) -> Iterator[Flat | Unfit]:
        """Rows of all records of a page; the first has number ``row``."""
        if page.complete:
            self._of[page.type] = max(page.of, self._of.get(page.type, 1))
            self._pages.setdefault(page.type, set()).add(page.number)
        for number, record in enumerate(page.records, row):
            if not isinstance(record, dict):
                fault = Fault("record", "not-an-object", str(record)[:200])
                yield Unfit(_table(page.type), number, {"record": str(record)[:100_000]}, fault)
            elif "\x00bad" in record:
                fault = Fault("line", "bad-json", record["\x00bad"])
                yield Unfit(_table(page.type), number, {"line": record["line"]}, fault)
            else:
                met = self._met.setdefault(page.type, set()) if page.complete else set()
                yield from self._object(record, page.type, number, {}, met, 0)

    def _object(
        self, record: dict[str, Json], kind: T, row: int, owner: dict[str, str], met: set[T], deep: int
    ) -> Iterator[Flat | Unfit]:
        if deep > _DEEP:
            yield Unfit(_table(kind), row, {}, Fault("record", "too-deep"))
            return
        met.add(kind)
        flat: dict[str, str] = dict(owner)
        before: list[tuple[T, dict[str, Json]]] = []
        after: list[tuple[T, str, list[Json]]] = []
        for name, value in record.items():
            if isinstance(value, dict) and name in _NESTED:
                before.append((_NESTED[name], value))
                if inner := _text(value.get("id")):
                    flat[_REFERENCE[name]] = inner
            elif isinstance(value, list) and name in _LISTS and all(isinstance(v, dict) for v in value):
                after.append((_LISTS[name], name, value))
            elif value is not None:
                flat[name] = _text(value)
        for inner_kind, inner_record in before:
            yield from self._object(inner_record, inner_kind, row, {}, met, deep + 1)
        yield Flat(_table(kind), row, tuple(flat), list(flat.values()))
        link = _link(kind, _text(record.get("id")))
        for inner_kind, name, values in after:
            below = link(inner_kind)
            if name in TABLES and (implied := TABLES[name].implied.get("address_type")):
                below = {**below, "address_type": implied}
            for value in values:
                yield from self._object(value, inner_kind, row, below, met, deep + 1)


def _table(kind: T) -> Table:
    return _TABLE_OF[kind]


_TABLE_OF = {kind: Table(kind) for kind in T}


def _link(kind: T, own: str) -> "_Link":
    return _Link(kind, own)


@dataclass(frozen=True, slots=True)
class _Link:
    """The references that a nested object gets from what it is nested in."""

    kind: T
    own: str

    def __call__(self, inner: T) -> dict[str, str]:
        if not self.own:
            return {}
        if inner is T.ATTRIBUTE:
            return {"link_id": self.own, "link_entity": self.kind.value}
        if inner is T.METADATA:
            return {"resource_id": self.own, "resource_type": self.kind.value}
        column = _PARENT_COLUMN.get(self.kind)
        return {column: self.own} if column else {}


def _text(value: Json) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value) if isinstance(value, float) else str(value)
    return orjson.dumps(value, default=str).decode()
