"""Counts, and the sums that tie them together. What adds up can be subtracted."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

from commonweal.measures.vocabulary import SMALLEST_SHOWN

Cell = Hashable
"""A cell's name. Names of one table sort."""


class Tie(Enum):
    """How a total hangs together with its parts."""

    ADDS = "adds"
    """Each case is in exactly one part: a month's partners, a quarter's months."""
    SPLITS = "splits"
    """The parts are answers of the same people: helped and not helped."""
    UNITES = "unites"
    """A union: someone may be in several parts. At most their sum, at least the largest."""
    COVERS = "covers"
    """At most the sum of the parts: those whom no partner of a union reached."""


@dataclass(frozen=True, slots=True)
class Sum:
    """A total and its parts."""

    total: Cell
    parts: tuple[Cell, ...]
    tie: Tie = Tie.ADDS

    @property
    def cells(self) -> tuple[Cell, ...]:
        return (self.total, *self.parts)

    @property
    def is_exact(self) -> bool:
        return self.tie in (Tie.ADDS, Tie.SPLITS)


_NOBODY: Mapping[Cell, str] = {}
_WORTHLESS: Mapping[Cell, int] = {}


@dataclass(frozen=True)
class Table:
    """Everything that is, or could be, published together.

    ``owners`` names who knows a cell anyway (a partner knows its own figures). Counts that nobody prints
    but that follow by subtraction (sent minus helped) are cells too.
    """

    counts: Mapping[Cell, int]
    sums: tuple[Sum, ...]
    owners: Mapping[Cell, str] = field(default_factory=lambda: _NOBODY)
    worth: Mapping[Cell, int] = field(default_factory=lambda: _WORTHLESS)

    def __post_init__(self) -> None:
        for one in self.sums:
            _check(one, self.counts)


def _check(one: Sum, counts: Mapping[Cell, int]) -> None:
    total, parts = counts[one.total], [counts[part] for part in one.parts]
    fits = {
        Tie.ADDS: total == sum(parts),
        Tie.SPLITS: total == sum(parts),
        Tie.UNITES: max(parts, default=0) <= total <= sum(parts),
        Tie.COVERS: total <= sum(parts),
    }[one.tie]
    if not fits:
        raise ValueError(f"{one.total!r} = {total} does not fit its parts {parts}")


@dataclass(frozen=True, slots=True)
class Policy:
    """The disclosure rule in force: named, so that a release can say which it followed.

    ``width`` is how wide what any reader can work out about a held small cell must stay. Up to ``pooled``
    partners may lay their own figures together; they know more, and must still be left ``pooled_width`` about
    another's small cell. A group of fewer than ``unanimous_below`` who all gave one answer is held back,
    since then each one's answer is known.
    """

    name: str = "cells-1-10/public-10/two-partners-3"
    smallest: int = SMALLEST_SHOWN
    width: int = 10
    pooled: int = 2
    pooled_width: int = 3
    unanimous_below: int = 2 * SMALLEST_SHOWN

    @property
    def for_answers(self) -> "Policy":
        """The bar for answers that are held back because a group is of one mind: nobody may know them for
        certain, two partners together neither. A group of one mind is too small for more."""
        return replace(self, width=1, pooled_width=1)

    def is_small(self, count: int) -> bool:
        return 1 <= count < self.smallest


DEFAULT = Policy()


def order(cells: Iterable[Cell]) -> list[Any]:
    """Cells in a stable order, so that equal input is suppressed alike on every machine."""
    return sorted(cells, key=repr)
