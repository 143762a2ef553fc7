"""What a delivery's rows become on their way to the directory's stage. Nothing here touches a database."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import md5, sha1
from typing import Any, NamedTuple, Protocol

from commonweal.directory.shapes_intake import LAYOUTS
from commonweal.directory.shapes_intake import RecordType as T
from commonweal.exchange.hsds import cells
from commonweal.exchange.hsds.faults import Fault
from commonweal.kernel.ids import NAMESPACE

Record = dict[str, str]
"""Column → text, of one kind of row; references under their column hold ids as UUID text."""

SEP = "\x1f"
TAB = "\t"
_MOST_IDS = 1_000_000
_COLUMNS = {kind: layout.all_columns for kind, layout in LAYOUTS.items()}
_NAMED_BY_OTHERS = frozenset(parent for layout in LAYOUTS.values() for parent in layout.parents.values())
_NAMED_BY_NAME = frozenset({T.ORGANIZATION, T.PROGRAM, T.SERVICE, T.LOCATION, T.TAXONOMY, T.TAXONOMY_TERM})


class Origin(NamedTuple):
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


class Sink(Protocol):
    """Takes what is prepared."""

    def stage(self, kind: T, line: str) -> None:
        """A staged row as a line for COPY: tabs between cells, nothing for *nothing said*."""
        ...

    def stage_all(self, kind: T, lines: Iterable[str]) -> None:
        """Several of them."""
        ...

    def hold(self, held: Held) -> None: ...


def stable_id(*parts: str) -> str:
    """``kernel.ids.named_id`` as text, without the cost of a UUID object."""
    words = NAMESPACE.bytes + SEP.join(parts).encode("utf-8", "replace")
    return _uuid_of(sha1(words, usedforsecurity=False).digest())


_VARIANT = {digit: "89ab"[int(digit, 16) & 3] for digit in "0123456789abcdef"}


def _uuid_of(digest: bytes) -> str:
    """A version 5 UUID from a SHA-1 digest, as text."""
    text = digest.hex()
    variant = _VARIANT[text[16]]
    return f"{text[:8]}-{text[8:12]}-5{text[13:16]}-{variant}{text[17:20]}-{text[20:32]}"


class Told(NamedTuple):
    """What a row says apart from what it hangs on; ``extra`` and ``content`` as COPY wants them, ``mark`` as
    it is hashed behind the content."""

    hidden: str
    extra: str
    content: str
    mark: str


Eligible = tuple[str, Origin, Mapping[str, str]]
"""Who may use a service, where that stood, and its row whole."""


@dataclass
class Preparer:
    """What is known while a delivery is read.

    ``eligibility`` (by the service's original id) and ``organization_of`` (by a location's) are filled
    by tables that come earlier; ``seen`` keeps some original ids of each kind. ``waiting`` holds the
    original ids of rows in quarantine, ``taken`` those of them that went in this time.
    """

    source: str
    sink: Sink
    eligibility: dict[str, list[Eligible]] = field(default_factory=dict)
    organization_of: dict[str, str] = field(default_factory=dict)
    seen: dict[T, set[str]] = field(default_factory=dict)
    waiting: Mapping[str, "set[str] | frozenset[str]"] = field(default_factory=dict)
    taken: set[tuple[str, str]] = field(default_factory=set)
    blank: dict[str, int] = field(default_factory=dict)
    once: set[str] = field(default_factory=set)
    ids: dict[T, dict[str, str]] = field(default_factory=lambda: {kind: {} for kind in T})
    _seeds: dict[T, Any] = field(default_factory=dict)

    def id_of(self, kind: T, original: str) -> str:
        """The id of a record by its original id: itself where it is a UUID, else derived and stable."""
        ids = self.ids[kind]
        known = ids.get(original)
        if known is None:
            if len(ids) > _MOST_IDS:
                ids.clear()
            known = ids[original] = self.fresh_id(kind, original)
        return known

    def fresh_id(self, kind: T, original: str) -> str:
        """As ``id_of``, not remembered."""
        return cells.uuid_or_none(original) or self._derived(kind, original)

    def know(self, kind: T, uuids: Sequence[str]) -> None:
        """Remember ids that are UUIDs, for the references that will name them."""
        if kind in _NAMED_BY_OTHERS:
            ids = self.ids[kind]
            if len(ids) > _MOST_IDS:
                ids.clear()
            ids.update(zip(uuids, uuids, strict=True))

    def ids_of(self, kind: T, originals: Sequence[str]) -> list[str]:
        """The ids of records by their original ids; none for those without."""
        given = self.id_of if kind in _NAMED_BY_OTHERS else self.fresh_id
        return [given(kind, original) if original else "" for original in originals]

    def _derived(self, kind: T, original: str) -> str:
        seed = self._seeds.get(kind)
        if seed is None:
            words = NAMESPACE.bytes + f"{self.source}{SEP}{kind}{SEP}".encode()
            seed = self._seeds[kind] = sha1(words, usedforsecurity=False)
        digest = seed.copy()
        digest.update(original.encode("utf-8", "replace"))
        return _uuid_of(digest.digest())

    def emit(
        self, kind: T, record: Record, original: str, origin: Origin, hidden: str = "", extra: str = ""
    ) -> str:
        """Stage one record; without an original id, its content names it. Returns its id."""
        content = joined([record.get(column, "") for column in _COLUMNS[kind]])
        if not original:
            named = _key_of(kind, record) or SEP.join((content.rstrip(TAB), hidden, extra))
            own = stable_id(self.source, kind, "by-content", named)
        elif kind in _NAMED_BY_OTHERS:
            own = record.get("id") or self.id_of(kind, original)
        else:
            own = record.get("id") or self.fresh_id(kind, original)
        self.emit_content(kind, own, original, origin, content, hidden, extra)
        return own

    def emit_content(
        self, kind: T, own: str, original: str, origin: Origin, content: str, hidden: str, extra: str
    ) -> None:
        """Stage a record whose cells are already joined, in the order of its layout (:func:`joined`)."""
        # Empty cells at the end say nothing, so that a column added there later changes no row and no id.
        words = f"{content.rstrip(TAB)}{SEP}{hidden}{SEP}{extra}".encode("utf-8", "replace")
        content_hash = md5(words, usedforsecurity=False).hexdigest()
        file, row = origin
        if extra or _SPECIAL(original) or TAB in original:
            original, extra = original.translate(_ESCAPES), extra.translate(_ESCAPES)
        self.sink.stage(
            kind, f"{own}\t{original}\t{hidden}\t{file}\t{row}\t{content_hash}\t{extra}\t{content}\n"
        )

    def emit_told(self, kind: T, own: str, original: str, origin: Origin, parents: str, told: Told) -> None:
        """Stage a record that says what an earlier one said, of something else. Its ids are UUIDs, so that
        nothing in them is escaped."""
        words = f"{parents}{TAB}{told.content}".rstrip(TAB) + told.mark
        content_hash = md5(words.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()
        self.sink.stage(
            kind,
            f"{own}\t{original}\t{told.hidden}\t{origin[0]}\t{origin[1]}\t{content_hash}\t{told.extra}\t"
            f"{parents}\t{told.content}\n",
        )


_SPECIAL = re.compile(r"[\\\n\r]").search
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def escaped(text: str) -> str:
    """A cell as COPY wants it."""
    return text.translate(_ESCAPES)


def is_special(text: str) -> bool:
    """Whether something in cells must be escaped for COPY. Four quick looks, for texts of any length."""
    return "\\" in text or "\n" in text or "\t" in text or "\r" in text


def joined(cells_in_order: list[str]) -> str:
    """Cells as one piece of a line for COPY; only what needs it is escaped."""
    whole = TAB.join(cells_in_order)
    if _SPECIAL(whole) or whole.count(TAB) >= len(cells_in_order):
        return TAB.join(cell.translate(_ESCAPES) for cell in cells_in_order)
    return whole


def _key_of(kind: T, record: Record) -> str:
    """What names a record without an id, for kinds that others refer to."""
    if kind not in _NAMED_BY_NAME:
        return ""
    parents = (record.get(column, "") for column in LAYOUTS[kind].parents)
    return SEP.join((record.get("name", ""), record.get("code", ""), *parents))


def every(rows: Iterable[str]) -> str:
    """Texts joined as one, each once."""
    return "\n\n".join(dict.fromkeys(row for row in rows if row))
