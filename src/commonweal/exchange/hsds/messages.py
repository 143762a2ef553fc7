"""What the reader of a delivery tells whoever stages and merges it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from queue import Queue

from commonweal.directory.shapes_intake import RecordType as T
from commonweal.exchange.hsds.records import Held, Origin

_ROWS = 10_000
"""Rows of a block, or a few more."""


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of one kind, as lines for staging."""

    kind: T
    rows: bytes


@dataclass(frozen=True, slots=True)
class Done:
    """No more rows of this kind will come. ``complete``: what did not come has vanished at the source."""

    kind: T
    complete: bool


@dataclass(frozen=True, slots=True)
class Failed:
    """Reading ended with an error."""

    error: BaseException


@dataclass(frozen=True, slots=True)
class Ended:
    """The delivery has been read."""


@dataclass(frozen=True, slots=True)
class Told:
    """Who may use a service that this delivery does not hold; the directory may know it."""

    label: str
    service: str
    words: str
    origin: Origin
    raw: Mapping[str, str]


Message = Block | Done | Held | Failed | Ended | Told


class Blocks:
    """A sink that gathers rows into blocks and puts them, with held rows, on a queue."""

    def __init__(self, out: "Queue[Message]") -> None:
        self.out = out
        self._rows: dict[T, list[str]] = {kind: [] for kind in T}

    def stage(self, kind: T, line: str) -> None:
        rows = self._rows[kind]
        rows.append(line)
        if len(rows) >= _ROWS:
            self.flush(kind)

    def stage_all(self, kind: T, lines: Iterable[str]) -> None:
        rows = self._rows[kind]
        rows.extend(lines)
        if len(rows) >= _ROWS:
            self.flush(kind)

    def hold(self, held: Held) -> None:
        self.out.put(held)

    def flush(self, kind: T) -> None:
        """Send what is gathered of a kind."""
        rows = self._rows[kind]
        if rows:
            self.out.put(Block(kind, "".join(rows).encode("utf-8", "replace")))
            rows.clear()
