"""Reading CSV tables that were never checked: any encoding, any delimiter, ragged, broken, huge.

A table is read in one pass with bounded memory. What cannot be read as a row comes out as a
:class:`Broken`, so that reading goes on behind it.
"""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NamedTuple, TextIO

from commonweal.exchange.hsds.faults import Fault
from commonweal.kernel.errors import BadInput

MOST_COLUMNS = 1000
MOST_LINE = 4_000_000
MOST_CELL = 1_000_000
_SAMPLE = 65_536
_LOOKED_THROUGH = 2000
_DELIMITERS = ",;\t|"

csv.field_size_limit(MOST_CELL)


@dataclass(frozen=True, slots=True)
class Broken:
    """A row that is none: its number and what is wrong. ``cells`` is what could be kept of it."""

    row: int
    cells: list[str]
    fault: Fault


class Numbered(NamedTuple):
    """A row and its number in the file; the header is row 1."""

    row: int
    cells: list[str]


Row = Numbered | Broken


class Batch(NamedTuple):
    """Rows at once: those exactly as wide as the header with their numbers, and others."""

    numbers: list[int]
    rows: list[list[str]]
    others: list[Row]

    def in_order(self) -> "Iterable[Row]":
        """All of them, each by itself."""
        usual = map(Numbered, self.numbers, self.rows)
        return sorted([*usual, *self.others], key=_number) if self.others else usual

    def without(self, places: Iterable[int]) -> "Batch":
        """The batch without the rows at these places."""
        gone = {*places}
        if not gone:
            return self
        kept = [place for place in range(len(self.rows)) if place not in gone]
        return Batch([self.numbers[at] for at in kept], [self.rows[at] for at in kept], self.others)


def _number(row: Row) -> int:
    return row.row


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a file is written. ``plain``: no null character, no endless line; its lines need no watching.
    ``bare``: plain, and without quotes, so that each line is a row."""

    encoding: str
    delimiter: str
    plain: bool = False
    bare: bool = False


def dialect_of(path: Path) -> Dialect:
    """Look at a file and tell its encoding and delimiter.

    ``mixed`` as encoding means: not UTF-8 throughout, so each line is UTF-8 or else Windows-1252.
    """
    with path.open("rb") as file:
        sample = file.read(_SAMPLE)
        encoding, plain, bare = _encoding(sample), False, False
        if encoding == "utf-8-sig":
            is_utf8, plain, bare = _look_through(file, sample)
            encoding = encoding if is_utf8 else "mixed"
    first = _decode(sample, encoding).lstrip("\ufeff\r\n").splitlines()[:1]
    counts = Counter(character for character in (first[0] if first else "") if character in _DELIMITERS)
    delimiter = max(_DELIMITERS, key=lambda d: (counts[d], -_DELIMITERS.index(d)))
    return Dialect(encoding, delimiter, plain, bare)


def _encoding(sample: bytes) -> str:
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    even, odd = sample[0:4000:2].count(0), sample[1:4000:2].count(0)
    length = len(sample[:4000]) // 2
    if length >= 4 and odd > length * 0.7 and even < length * 0.1:
        return "utf-16-le"
    if length >= 4 and even > length * 0.7 and odd < length * 0.1:
        return "utf-16-be"
    return "utf-8-sig"


def _look_through(file: BinaryIO, sample: bytes) -> tuple[bool, bool, bool]:
    """Whether the whole file is UTF-8; whether it is plain: every block of it holds the end of a line; and
    whether it is bare too."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    plain, bare = b"\x00" not in sample, b'"' not in sample
    try:
        decoder.decode(sample)
        while block := file.read(1 << 20):
            decoder.decode(block)
            plain = plain and b"\x00" not in block and (b"\n" in block or len(block) < 1 << 20)
            bare = bare and b'"' not in block
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False, False, False
    return True, plain, plain and bare


def _decode(raw: bytes, encoding: str) -> str:
    if encoding == "mixed":
        return _line_of(raw)
    return raw.decode(encoding, "replace")


def _line_of(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _lines(path: Path, dialect: Dialect) -> Iterator[str]:
    """Lines with their ends; one beyond all bounds is cut and marked."""
    if dialect.encoding == "mixed":
        with path.open("rb") as raw:
            yield from _bounded_bytes(raw)
    else:
        with path.open("r", encoding=dialect.encoding, errors="replace", newline="") as text:
            yield from text if dialect.plain else _bounded(text)


def _bounded(text: TextIO) -> Iterator[str]:
    read = text.readline
    while line := read(MOST_LINE):
        if len(line) == MOST_LINE and not line.endswith("\n"):
            while (more := read(MOST_LINE)) and not more.endswith("\n"):
                pass
            line = _TOO_LONG + line[:1000] + "\n"
        yield line.replace("\x00", "␀") if "\x00" in line else line


def _bounded_bytes(raw: BinaryIO) -> Iterator[str]:
    read = raw.readline
    while line := read(MOST_LINE):
        if len(line) == MOST_LINE and not line.endswith(b"\n"):
            while (more := read(MOST_LINE)) and not more.endswith(b"\n"):
                pass
            yield _TOO_LONG + _line_of(line[:1000]) + "\n"
            continue
        yield _line_of(line.replace(b"\x00", "␀".encode()))


_TOO_LONG = "\x1e"


class Sheet:
    """One CSV file as a table: ``header`` is known at once, ``rows()`` reads the rest."""

    def __init__(self, path: Path, shown: str) -> None:
        """Raises BadInput where there is no header or it cannot be one."""
        self.path, self.shown = path, shown
        self.dialect = dialect_of(path)
        self.header = self._header()

    def _reader(self) -> "Iterator[list[str]]":
        lines = _lines(self.path, self.dialect)
        return csv.reader(lines, delimiter=self.dialect.delimiter, skipinitialspace=True)

    def _header(self) -> list[str]:
        try:
            header = next(self._reader(), [])
        except csv.Error as error:
            raise BadInput(self.shown, f"the first line is not a header ({error})") from error
        header = [name.strip().strip("\ufeff").strip() for name in header]
        if len(header) > MOST_COLUMNS:
            raise BadInput(self.shown, f"{len(header)} columns are more than a directory table has")
        if header and header[0].startswith(_TOO_LONG):
            raise BadInput(self.shown, "the first line is too long to be a header")
        return header

    def rows(self) -> Iterator[Row]:
        """Rows in order. Blank lines are skipped but counted."""
        for batch in self.batches(1000):
            yield from batch.in_order()

    def rows_at(self, wanted: AbstractSet[int]) -> Iterator[Row]:
        """The rows with these numbers; to look for a few among many."""
        if self.dialect.bare:
            yield from self._lines_at(wanted)
            return
        for batch in self.batches(_LOOKED_THROUGH):
            if not wanted.isdisjoint(batch.numbers):
                usual = zip(batch.numbers, batch.rows, strict=True)
                yield from (Numbered(number, cells) for number, cells in usual if number in wanted)
            yield from (row for row in batch.others if row.row in wanted)

    def _lines_at(self, wanted: AbstractSet[int]) -> Iterator[Row]:
        """Where each line is a row, only what is wanted is taken apart."""
        width = most = len(self.header)
        for number, line in enumerate(_lines(self.path, self.dialect), 1):
            if number in wanted or number == 2:
                for cells in csv.reader([line], delimiter=self.dialect.delimiter, skipinitialspace=True):
                    most = max(width, len(cells)) if number == 2 else most
                    usual = len(cells) == width > 1
                    row = Numbered(number, cells) if usual else self._unusual(number, cells, most)
                    if row is not None and number in wanted:
                        yield row

    def batches(self, size: int) -> Iterator["Batch"]:
        """Rows in order, at most ``size`` at a time."""
        reader = self._reader()
        number, width = 0, len(self.header)
        most = width
        watched = not self.dialect.plain
        while True:
            batch = Batch([], [], [])
            try:
                for cells in reader:
                    number += 1
                    if number == 1:
                        continue
                    if number == 2:
                        most = max(width, len(cells))  # some systems name fewer columns than each row has
                    if len(cells) == width > 1 and not (watched and cells[0][:1] == _TOO_LONG):
                        batch.numbers.append(number)
                        batch.rows.append(cells)
                        if len(batch.rows) == size:
                            break
                    elif row := self._unusual(number, cells, most):
                        batch.others.append(row)
                        if len(batch.others) == size:
                            break
                else:
                    yield batch
                    return
            except csv.Error as error:
                number += 1
                batch.others.append(Broken(number, [], Fault("row", "broken-quotes", str(error))))
            yield batch

    def _unusual(self, number: int, cells: list[str], most: int) -> Row | None:
        """What a row is that has another width than the header, or hardly anything in it."""
        if not cells:
            return None
        if len(cells) > most:
            return self._too_wide(number, cells, len(self.header))
        if cells[0][:1] == _TOO_LONG:
            return Broken(number, [cells[0][1:1001]], Fault("row", "line-too-long"))
        return Numbered(number, cells) if len(cells) > 1 or cells[0].strip() else None

    def _too_wide(self, number: int, cells: list[str], width: int) -> Row:
        """Empty cells beyond the header do no harm; full ones mean that the columns slipped."""
        if not any(cell.strip() for cell in cells[width:]):
            return Numbered(number, cells[:width])
        if len(cells) > MOST_COLUMNS:
            return Broken(number, cells[:MOST_COLUMNS], Fault("row", "too-large"))
        return Broken(number, cells, Fault("row", "ragged", str(len(cells))))


def swapped(
    sample: Sequence[Sequence[str]], services: set[str], locations: set[str], at: tuple[int, int]
) -> bool:
    """Whether the columns ``service_id`` and ``location_id`` (at these places) hold each other's ids."""
    pairs = [(row[at[0]], row[at[1]]) for row in sample if max(at) < len(row)]
    if len(pairs) < 3:
        return False
    right = sum(service in services or location in locations for service, location in pairs)
    wrong = sum(location in services or service in locations for service, location in pairs)
    return right == 0 and wrong >= 0.8 * len(pairs)


def text_of(path: Path, most_bytes: int) -> str:
    """A whole small file as text, in whatever encoding. Raises BadInput where it is too large."""
    if path.stat().st_size > most_bytes:
        raise BadInput(path.name, "the file is too large to be read at once")
    raw = path.read_bytes()
    return _decode(raw, dialect_of(path).encoding).lstrip("\ufeff")


def reading(text: str) -> "Iterator[list[str]]":
    """Rows of CSV text, for mappings and tests."""
    return csv.reader(io.StringIO(text))
