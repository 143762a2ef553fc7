"""The main navigation: each context registers its entry; a page shows those the role may open."""

from collections.abc import Iterable
from dataclasses import dataclass

from commonweal.foundation.access.vocabulary import Role


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. ``words`` is English, marked for translation; ``roles`` empty: everyone."""

    order: int
    path: str
    words: str
    roles: frozenset[Role] = frozenset()


_entries: dict[tuple[str, frozenset[Role]], Entry] = {}


def add(order: int, path: str, words: str, roles: Iterable[Role] = ()) -> None:
    """Register an entry; the same path and roles again replaces it."""
    entry = Entry(order, path, words, frozenset(roles))
    _entries[path, entry.roles] = entry


def entries_for(role: Role) -> list[Entry]:
    """What ``role`` may open, in order."""
    open_to = [e for e in _entries.values() if not e.roles or role in e.roles]
    return sorted(open_to, key=lambda e: (e.order, e.path))
