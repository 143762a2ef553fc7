"""Finding out what was delivered: which files hold which tables, in which HSDS, from whom.

A *delivery* is one state of one source: a folder of tables, a data package, or JSON files. Several
folders are several deliveries, in the order given; a folder of dated folders is their sequence.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any

import orjson

from commonweal.directory.shapes_intake import RecordType as T
from commonweal.exchange.hsds import nested
from commonweal.exchange.hsds.cells import printable
from commonweal.exchange.hsds.dialects import FIELDS, ID_NAMES, REFERENCE_NAMES, TABLES, Table
from commonweal.exchange.hsds.mapping import read_mapping, sheets_of
from commonweal.exchange.hsds.tabular import Sheet, text_of
from commonweal.kernel.errors import BadInput

_CSV = (".csv", ".tsv", ".txt", ".tab")
_JSON = (".json", ".ndjson", ".jsonl")
_MAPPING = (".yaml", ".yml")
_DEEPEST = 9
_MOST_FILES = 5000
_DATED = re.compile(r"(?:19|20)\d\d(?:[-_.]?\d\d){0,2}[a-z]?")
_GENERIC = frozenset(
    {"data", "csv", "output", "input", "export", "exports", "hsds", "json", "tables", "sample-csv", "files"}
)


@dataclass(frozen=True, slots=True)
class File:
    """A file of a delivery. ``shown`` is its name for people; ``table`` is None for JSON of many tables."""

    number: int
    path: Path
    shown: str
    table: Table | None
    sheet: Sheet | None = None
    size: int = 0


@dataclass(slots=True)
class Delivery:
    """One state of one source. ``remarks`` says what was left aside and why, in plain words."""

    name: str
    source: str
    files: list[File] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    version: str = ""
    format: str = ""
    place: Path = Path()

    @property
    def size(self) -> int:
        """Bytes of all files, for showing progress."""
        return sum(file.size for file in self.files)

    def fingerprint(self) -> str:
        """Tells this content from any other, whatever its files are called or where they stand."""
        whole = blake2b(digest_size=16)
        for file in self.files:
            whole.update(f"\0{file.table.label if file.table else ''}\0{file.size}\0".encode())
            with file.path.open("rb") as content:
                while block := content.read(1 << 20):
                    whole.update(block)
        return whole.hexdigest()


def find(paths: Sequence[Path], source: str | None = None) -> list[Delivery]:
    """The deliveries at these paths, in order. Raises BadInput where there is none.

    A mapping (``….yaml``) among the paths is used on the tables of the others.
    """
    mappings = [path for path in paths if path.suffix.lower() in _MAPPING and path.is_file()]
    if mappings:
        return _mapped([path for path in paths if path not in mappings], mappings, source)
    loose: list[Path] = []
    found: list[Delivery] = []
    refusals: list[str] = []
    for path in paths:
        if not path.exists():
            raise BadInput(printable(str(path)), "there is no such file or folder")
        if path.is_dir():
            found += _in_folder(path.resolve(), source, refusals)
        elif path.name == "datapackage.json":
            found += _in_folder(path.resolve().parent, source, refusals)
        else:
            loose.append(path)
    if loose:
        found += _of_files(loose, source, refusals)
    if not found:
        about = "; ".join(refusals[:5]) or "no HSDS tables or JSON in it"
        raise BadInput(printable(str(paths[0])) if paths else "PATH", about)
    return found


def _mapped(paths: Sequence[Path], mappings: Sequence[Path], source: str | None) -> list[Delivery]:
    """What a mapping makes of tables that are not HSDS: one delivery."""
    files = [
        file for path in paths for file in (_files(path.resolve()) if path.is_dir() else [path.resolve()])
    ]
    folder = files[0].parent if files else Path()
    delivery = Delivery(printable(folder.name), source or slug_of(folder), version="mapped", format="csv")
    for mapping in mappings:
        targets = read_mapping(mapping)
        for path in files:
            for table, sheet in sheets_of(path, printable(path.name), targets):
                delivery.files.append(File(0, path, printable(path.name), table, sheet))
    if not delivery.files:
        raise BadInput(printable(mappings[0].name), "it names none of the files given")
    _number(delivery, delivery.files)
    return [delivery]


def _number(delivery: Delivery, files: list[File]) -> None:
    """Put the files in order, parents first, and number them."""
    files = sorted(files, key=lambda file: (_order(file), file.path.name))
    delivery.files = [
        replace(file, number=number, size=file.path.stat().st_size) for number, file in enumerate(files)
    ]


def _of_files(paths: list[Path], source: str | None, refusals: list[str]) -> list[Delivery]:
    first = paths[0].resolve()
    delivery = Delivery(printable(first.name), source or slug_of(first.parent))
    _fill(delivery, [path.resolve() for path in paths], {}, strict=True)
    refusals += delivery.remarks
    return [delivery] if delivery.files else []


def _in_folder(folder: Path, source: str | None, refusals: list[str]) -> list[Delivery]:
    """The delivery that a folder is, or else those in the folders below it."""
    found: list[Delivery] = []
    for place in _folders(folder):
        delivery = Delivery(printable(place.name), source or slug_of(place), place=place)
        package = _package(place, delivery)
        files = package or dict.fromkeys(_files(place), "")
        _fill(delivery, list(files), files, strict=bool(package))
        if delivery.files:
            found.append(delivery)
        refusals += [f"{printable(place.name)}/{remark}" for remark in delivery.remarks]
    found = _without_copies(found)
    if source is None:
        _tell_apart(found)
    return found


def _tell_apart(found: list[Delivery]) -> None:
    """Folders of one name in different places (``a/export``, ``b/export``) are different sources, not
    two states of one; states of one source stand beside each other."""
    homes: dict[str, set[Path]] = {}
    for delivery in found:
        homes.setdefault(delivery.source, set()).add(delivery.place.parent)
    for delivery in found:
        if len(homes[delivery.source]) > 1:
            above = slug_of(delivery.place.parent)
            delivery.source = f"{above}-{delivery.source}"[:100]


def _folders(folder: Path) -> Iterator[Path]:
    """The folder and those below it, in the order of their names, not through links."""
    stack = [(folder, 0)]
    while stack:
        place, depth = stack.pop(0)
        yield place
        if depth < _DEEPEST:
            inner = [p for p in place.iterdir() if p.is_dir() and not p.is_symlink() and p.name[0] != "."]
            stack[:0] = [(p, depth + 1) for p in sorted(inner)]


def _files(folder: Path) -> list[Path]:
    files = [p for p in folder.iterdir() if p.is_file() and p.suffix.lower() in _CSV + _JSON]
    inside = [p for p in files if not p.is_symlink() or p.resolve().is_relative_to(folder)]
    return sorted(inside)[:_MOST_FILES]


def _without_copies(found: list[Delivery]) -> list[Delivery]:
    """A data package also lists the tables of the folder below it: once is enough."""
    seen: set[Path] = set()
    kept: list[Delivery] = []
    for delivery in found:
        paths = {file.path for file in delivery.files}
        if not paths <= seen:
            kept.append(delivery)
        seen |= paths
    return kept


def _package(folder: Path, delivery: Delivery) -> dict[Path, str]:
    """Files named by a ``datapackage.json``, with the names of their resources. Paths stay inside."""
    package = folder / "datapackage.json"
    if not package.is_file() or package.is_symlink():
        return {}
    try:
        whole: Any = orjson.loads(text_of(package, 10_000_000))
        resources = [(r.get("path"), r.get("name", "")) for r in whole.get("resources", ())]
    except (orjson.JSONDecodeError, AttributeError, TypeError):
        delivery.remarks.append("datapackage.json cannot be read; the files beside it were taken by name")
        return {}
    delivery.version = str(whole.get("version", ""))[:20]
    found: dict[Path, str] = {}
    for path, name in resources[:_MOST_FILES]:
        for one in [path] if isinstance(path, str) else path or ():
            inside = _inside(folder, one)
            if inside is not None:
                found[inside] = str(name)
    return found


def _inside(folder: Path, path: object) -> Path | None:
    if not isinstance(path, str) or "\x00" in path or len(path) > 500:
        return None
    whole = (folder / path).resolve()
    return whole if whole.is_relative_to(folder) and whole.is_file() else None


def _fill(delivery: Delivery, paths: Iterable[Path], names: dict[Path, str], *, strict: bool) -> None:
    """Take the files that hold tables, parents first. ``strict``: say why of those that do not."""
    taken: list[File] = []
    for path in paths:
        shown = printable(path.name)
        try:
            if path.suffix.lower() in _JSON:
                if path.name == "datapackage.json":
                    continue
                table = table_named(names.get(path, ""), path)
                taken.append(File(0, path, shown, Table(table.type) if table else None))
            elif (file := _sheet(path, names.get(path, ""), shown)) is not None:
                taken.append(file)
        except BadInput as bad:
            delivery.remarks.append(f"{shown} was left aside: {bad.what}")
        except OSError as error:
            delivery.remarks.append(f"{shown} was left aside: it cannot be read ({error.strerror})")
    if any(file.sheet for file in taken):
        unfit = [file for file in taken if not file.sheet]
        if not strict:
            taken = [file for file in taken if file.sheet]
            delivery.remarks += [
                f"{file.shown} was left aside: the folder holds CSV tables" for file in unfit
            ]
    else:
        taken = [file for file in taken if _is_hsds(file, delivery)]
    _number(delivery, taken)
    delivery.format = "csv" if any(file.sheet for file in taken) else "json"
    delivery.version = delivery.version or _version(taken)


def _is_hsds(file: File, delivery: Delivery) -> bool:
    """Whether a JSON file holds HSDS at all: its first page tells."""
    kind = file.table.type if file.table else None
    try:
        page = next(nested.read(file.path, file.shown, kind), None)
    except BadInput as bad:
        delivery.remarks.append(f"{file.shown} was left aside: {bad.what}")
        return False
    fits = page is not None and any(
        nested.looks_like(record, page.type) and (kind or nested.type_of(record))
        for record in page.records[:20]
    )
    if page is not None and not page.records and kind:
        return True
    if not fits:
        delivery.remarks.append(f"{file.shown} was left aside: its records are not HSDS")
    return fits


def _sheet(path: Path, name: str, shown: str) -> File | None:
    table = table_named(name, path)
    if table is None:
        return None
    if table.type is None:
        return None
    sheet = Sheet(path, shown)
    if not fits(table, sheet.header):
        raise BadInput(shown, "its columns are not those of an HSDS table; a mapping would be needed")
    return File(0, path, shown, table, sheet)


def table_named(name: str, path: Path) -> Table | None:
    """The table that a resource or file name means."""
    for word in (path.stem, name):
        word = re.sub(r"[\s-]+", "_", word.strip().lower())
        found = TABLES.get(word) or TABLES.get(re.sub(r"_(?:list|full|data|\d+)\Z", "", word))
        if found is not None:
            return found
    return None


def fits(table: Table, header: Sequence[str]) -> bool:
    """Whether a header can be of this table: an id or a reference, and a column of its own."""
    assert table.type is not None
    names = {name.strip().lower() for name in header}
    bare = names | {name.split("_", cut)[-1] for name in names for cut in (1, 2) if "_" in name}
    references = {word for words in REFERENCE_NAMES.values() for word in words} | set(ID_NAMES)
    references |= {name for name in names if name.endswith("_id")}
    own = {word for spec in FIELDS[table.type].values() for word in spec.names}
    if table.side:
        own = {"service_id", "eligibility"}
    links = table.type in (T.SERVICE_AT_LOCATION, T.ATTRIBUTE)
    return bool(bare & references) and (links or bool(bare & own))


def _order(file: File) -> int:
    names = list(TABLES)
    if file.table is None:
        return len(names)
    for place, name in enumerate(names):
        if TABLES[name].type is file.table.type and TABLES[name].side == file.table.side:
            return place
    return len(names)


def _version(files: Sequence[File]) -> str:
    """1.1, 2.0 or 3.x by what is there; the tables tell more truly than a label."""
    headers = {name.lower() for file in files if file.sheet for name in file.sheet.header}
    stems = {re.sub(r"[\s-]+", "_", file.path.stem.lower()) for file in files}
    if not headers:
        return "3.x"
    if {"mail_addresses", "holiday_schedules"} & stems and "taxonomy_ids" in headers:
        return "Ohana"
    if stems & {"attributes", "cost_options", "taxonomies"} or headers & {
        "location_type",
        "fees_description",
    }:
        return "3.x"
    if stems & {"taxonomy_terms", "service_attributes", "schedules", "other_attributes"}:
        return "2.0"
    return "1.1"


def slug_of(folder: Path) -> str:
    """A name for the source of a folder: its own, or its parent's where it is a date or ``data``.

    ``directory-dc/2021-10-13`` and ``directory-dc/2022-07-22`` are two deliveries of ``directory-dc``.
    """
    for place in (folder, *folder.parents[:3]):
        word = re.sub(r"[^a-z0-9]+", "-", place.name.lower()).strip("-")
        if word in _GENERIC or not word or _DATED.match(word):
            continue
        word = re.sub(rf"-{_DATED.pattern}\Z", "", word)
        if word:
            return word[:100].strip("-")
    return "directory"
