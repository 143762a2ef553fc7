"""Finding one entry of a list among hundreds: by words, body, matter, kind of state and year.

What is asked stands in the address, so that it can be sent to somebody else. An unknown value asks nothing.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from commonweal.kernel.text import fold

T = TypeVar("T")

NAMES = ("body", "matter", "state", "year")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader asked for. ``words`` are folded; each must occur. Empty: everything."""

    words: tuple[str, ...] = ()
    kept: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether everything is shown."""
        return not (self.words or self.kept)


@dataclass(frozen=True, slots=True)
class Facts:
    """What an entry is found by: values by name (``NAMES``), and all of its text that the reader may read."""

    values: Mapping[str, frozenset[str]]
    text: str


def asked(said: Mapping[str, str], known: Mapping[str, Iterable[str]]) -> Asked:
    """What was asked, as far as it is known here."""
    kept = {n: said[n] for n in NAMES if said.get(n) and said[n] in set(known.get(n, ()))}
    return Asked(tuple(fold(said.get("q", "")).split()), kept)


def found(entries: Sequence[T], facts: Callable[[T], Facts], what: Asked) -> list[T]:
    """The entries that fit all that was asked, in their order."""
    if what.is_empty:
        return list(entries)
    return [entry for entry in entries if _fits(facts(entry), what)]


def _fits(facts: Facts, what: Asked) -> bool:
    if any(value not in facts.values.get(name, ()) for name, value in what.kept.items()):
        return False
    text = fold(facts.text) if what.words else ""
    return all(word in text for word in what.words)
