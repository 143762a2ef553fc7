"""Reading a TOML file key by key, keeping every fault with its place, not only the first. Pure."""

import difflib
import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from commonweal.governance.shapes_voting import MAJORITY, Share
from commonweal.kernel.errors import BadInput
from commonweal.kernel.words import N_

E = TypeVar("E", bound=StrEnum)
_SHARE = re.compile(r"(more than )?(\d{1,4})/(\d{1,4})")
_HEADER = re.compile(r"\s*\[\[?\s*([^\]]+?)\s*\]\]?\s*(#.*)?")
_KEY = re.compile(r"""\s*((?:[\w-]+|"[^"]*")(?:\s*\.\s*(?:[\w-]+|"[^"]*"))*)\s*=""")
_AT_LINE = re.compile(r"\(at line (\d+), column (\d+)\)")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in a file: its place, what is wrong, what mends it. ``line`` 0: not known."""

    where: str
    line: int
    sentence: str
    cure: str = ""
    params: Mapping[str, object] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """The key as it stands in the file, and its line."""
        return f"{self.where} (line {self.line})" if self.line else self.where

    @property
    def words(self) -> str:
        """The fault in English, whole."""
        said = f"{self.sentence} {self.cure}".strip()
        return said % self.params if self.params else said


class FileFaults(BadInput):
    """Every fault of a file at once, in the order of its lines."""

    def __init__(self, file: str, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda f: f.line))
        super().__init__(file, "\n".join(f"{f.place}: {f.words}" for f in self.faults))


class Reading:
    """One reading of one file: its tables, where each key stands, and what was found wrong."""

    def __init__(self, text: str, file: str) -> None:
        self.file, self.faults = file, list[Fault]()
        self.lines = _lines(text)
        try:
            self.data: dict[str, Any] = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise FileFaults(file, [_not_toml(error)]) from error

    @property
    def root(self) -> "Table":
        """The top of the file."""
        return Table(self, (), self.data)

    def line_of(self, path: tuple[str, ...]) -> int:
        """The line where a key stands, or else the nearest table around it."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return 0

    def fault(self, path: tuple[str, ...], sentence: str, cure: str = "", /, **params: object) -> None:
        """Keep a fault at a key."""
        self.faults.append(Fault(".".join(path), self.line_of(path), sentence, cure, params))

    def end(self) -> None:
        """Raise what was found wrong, if anything was."""
        if self.faults:
            raise FileFaults(self.file, self.faults)


class Table:
    """One table of the file. Each method reads one key; ``end`` says which keys nobody asked for."""

    def __init__(self, reading: Reading, path: tuple[str, ...], data: Mapping[str, Any]) -> None:
        self.reading, self.path, self.data = reading, path, data
        self.asked = set[str]()

    def fault(self, key: str, sentence: str, cure: str = "", /, **params: object) -> None:
        """Keep a fault at a key of this table."""
        self.reading.fault((*self.path, key) if key else self.path, sentence, cure, **params)

    def _take(self, key: str) -> Any:
        self.asked.add(key)
        return self.data.get(key)

    def text(self, key: str, default: str = "", *, is_required: bool = False) -> str:
        """A text; an empty one counts as missing."""
        found = self._take(key)
        if found is None or found == "":
            if is_required:
                self.fault(key, N_("This is missing."), N_('Write %(key)s = "…".'), key=key)
            return default
        if not isinstance(found, str):
            self.fault(key, N_("This is to be a text."), N_("Put it between quotes."))
            return default
        return found.strip()

    def one_or_languages(self, key: str) -> tuple[str, dict[str, str]]:
        """A text, or the same in several languages: then the English or else the first, and all of them."""
        if not isinstance(self.data.get(key), dict):
            return self.text(key, is_required=True), {}
        said = self.languages(key)
        return said.get("en") or next(iter(said.values()), ""), said

    def whole(self, key: str, default: int, *, least: int = 0, most: int = 100_000) -> int:
        """A whole number within bounds."""
        found = self._take(key)
        if found is None:
            return default
        if isinstance(found, bool) or not isinstance(found, int) or not least <= found <= most:
            self.fault(
                key,
                N_("This is to be a whole number from %(least)s to %(most)s."),
                N_("Write it in digits, without quotes."),
                least=least,
                most=most,
            )
            return default
        return found

    def maybe_whole(self, key: str, *, least: int = 1, most: int = 100_000_000_000) -> int | None:
        """A whole number, or None where the key is absent."""
        return self.whole(key, 0, least=least, most=most) or None if key in self.data else self._take(key)

    def yes_no(self, key: str, default: bool) -> bool:
        """True or false."""
        found = self._take(key)
        if found is None or isinstance(found, bool):
            return default if found is None else found
        self.fault(key, N_("This is to be true or false."), N_("Write it without quotes."))
        return default

    def share(self, key: str, default: Share | None = None) -> Share | None:
        """A part of a number, such as ``"2/3"``, ``"more than 1/2"`` or ``"majority"``."""
        found = self._take(key)
        if found is None:
            return default
        if found == "majority":
            return MAJORITY
        match = _SHARE.fullmatch(found.strip()) if isinstance(found, str) else None
        if match is None or not 0 < int(match[2]) <= int(match[3]):
            self.fault(
                key,
                N_("This is to be a part of a whole."),
                N_('Write it as two whole numbers: "2/3", or "more than 1/2".'),
            )
            return default
        return Share(int(match[2]), int(match[3]), over=match[1] is not None)

    def choice(self, key: str, kind: type[E], default: E) -> E:
        """One of the words that the software knows."""
        return self.one_of(key, kind, is_required=False) or default

    def one_of(self, key: str, kind: type[E], *, is_required: bool = True) -> E | None:
        """One of the words that the software knows, or None."""
        found = self.text(key, is_required=is_required)
        return self.known(key, found, kind) if found else None

    def known(self, key: str, word: str, kind: type[E]) -> E | None:
        """The word as the software knows it; a fault where it does not."""
        if word in set(kind):
            return kind(word)
        self.fault(
            key,
            N_("“%(word)s” is not known here."),
            N_("Write one of: %(known)s."),
            word=word,
            known=", ".join(kind),
        )
        return None

    def several(self, key: str, default: Collection[str] = ()) -> tuple[str, ...]:
        """A list of texts."""
        found = self._take(key)
        if found is None:
            return tuple(default)
        if not isinstance(found, list) or not all(isinstance(one, str) and one for one in found):
            self.fault(key, N_("This is to be a list of texts."), N_('Write it as ["one", "another"].'))
            return tuple(default)
        return tuple(dict.fromkeys(found))

    def languages(self, key: str, *, is_required: bool = True) -> dict[str, str]:
        """A text in one or more languages: ``{ en = "…", es = "…" }``."""
        found = self._take(key)
        if found is None and not is_required:
            return {}
        said = (
            {k: v.strip() for k, v in found.items() if isinstance(v, str)} if isinstance(found, dict) else {}
        )
        if not said or len(said) != len(found) or not all(said.values()):
            self.fault(
                key,
                N_("This is to be a text in each language."),
                N_('Write %(key)s.en = "…" and %(key)s.es = "…".'),
                key=key,
            )
        return said

    def numbers(self, key: str) -> dict[str, int]:
        """Whole numbers above zero by name."""
        found = self._take(key)
        if found is None:
            return {}
        if not isinstance(found, dict) or not all(type(n) is int and n > 0 for n in found.values()):
            self.fault(key, N_("This is to be a number for each name."), N_("Write it as { housing = 1 }."))
            return {}
        return dict(found)

    def table(self, key: str) -> "Table | None":
        """A table inside this one."""
        found = self._take(key)
        if found is None:
            return None
        if not isinstance(found, dict):
            self.fault(
                key,
                N_("This is to be a table."),
                N_("Give it a heading of its own: [%(where)s]."),
                where=".".join((*self.path, key)),
            )
            return None
        return Table(self.reading, (*self.path, key), found)

    def tables(self, key: str) -> list[tuple[str, "Table"]]:
        """The tables inside a table, by name."""
        outer = self.table(key)
        if outer is None:
            return []
        found = [(name, outer.table(name)) for name in outer.data]
        return [(name, table) for name, table in found if table is not None]

    def each(self, key: str) -> "list[Table]":
        """The tables of a list of tables."""
        found = self._take(key)
        if found is None:
            return []
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            self.fault(key, N_("This is to be a list of tables."), N_("Write it as [{ … }, { … }]."))
            return []
        return [Table(self.reading, (*self.path, key), one) for one in found]

    def end(self) -> None:
        """Say which keys nobody asked for, with the word that was perhaps meant."""
        for key in self.data:
            if key not in self.asked:
                near = difflib.get_close_matches(key, self.asked, 1)
                self.fault(
                    key,
                    N_("Nothing here is called that."),
                    N_("Did you mean “%(near)s”?") if near else N_("Take it out. Known are: %(known)s."),
                    near=near[0] if near else "",
                    known=", ".join(sorted(self.asked)),
                )


def _lines(text: str) -> dict[tuple[str, ...], int]:
    """Where each table and key begins; texts over several lines are passed over."""
    found: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    inside = ""
    for number, line in enumerate(text.splitlines(), 1):
        if inside:
            inside = "" if line.count(inside) % 2 else inside
            continue
        if header := _HEADER.fullmatch(line):
            table = _parts(header[1])
            found.setdefault(table, number)
        elif key := _KEY.match(line):
            path = (*table, *_parts(key[1]))
            for length in range(len(table) + 1, len(path) + 1):
                found.setdefault(path[:length], number)
        inside = next((mark for mark in ('"""', "'''") if line.count(mark) % 2), "")
    return found


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip().strip('"') for part in dotted.split("."))


def _not_toml(error: tomllib.TOMLDecodeError) -> Fault:
    at = _AT_LINE.search(str(error))
    return Fault(
        N_("the file"),
        int(at[1]) if at else 0,
        N_("This can’t be read as TOML: %(error)s."),
        N_("Look at this line and the one before it: a quote or a bracket may be missing."),
        {"error": _AT_LINE.sub("", str(error)).strip()},
    )
