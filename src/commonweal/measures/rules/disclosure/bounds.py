"""What can still be worked out about a held cell: exact bounds by the simplex method in whole numbers.

No library: the systems are small (one quarter at a time), their coefficients are -1, 0 and 1, and the true
table is a feasible start. Exact arithmetic, because a bound that is off by a rounding is a leak.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias, cast

Name: TypeAlias = Hashable
Number: TypeAlias = int | Fraction
Row: TypeAlias = dict[int, Number]

_ROUNDS = 40
"""Propagation may creep by one a round; after these it has given what it gives cheaply."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the most that a cell can be; ``None`` is without end."""

    low: int
    high: int | None

    def narrower_than(self, width: int) -> bool:
        return self.high is not None and self.high - self.low < width


@dataclass(frozen=True, slots=True)
class Equation:
    """A weighted sum of unknowns that is known to be what it truly is."""

    weights: Mapping[Name, int]


class Polytope:
    """All tables that fit what is published, walked from vertex to vertex.

    ``truth`` gives each unknown's true value, ``least`` the least it can be. Every whole-numbered table that
    the walk meets widens what is possible for *all* cells, so that most need no search of their own.
    """

    def __init__(
        self, equations: Sequence[Equation], truth: Mapping[Name, int], least: Mapping[Name, int]
    ) -> None:
        self._names = list(truth)
        self._index = {name: i for i, name in enumerate(self._names)}
        self._least = [least[name] for name in self._names]
        self._value: list[Number] = [truth[n] - low for n, low in zip(self._names, self._least, strict=True)]
        self._low = list(self._value)
        self._high = list(self._value)
        self._endless: set[int] = set()
        self._rows: dict[int, Row] = {}  # basic variable -> its row over the others; basic + row·x = constant
        self._at_a_vertex = False
        self._reduce(equations)
        self._look_around()

    # -- what is known so far --------------------------------------------------------------------------

    def seen(self, name: Name) -> Bounds:
        """What has been shown possible up to now: never wider than the truth."""
        i = self._index[name]
        low, high = int(self._low[i]), int(self._high[i])
        return Bounds(low + self._least[i], None if i in self._endless else high + self._least[i])

    def widen(self, name: Name, shown: Bounds) -> None:
        """Take over what tables found elsewhere have shown possible; they must fit what is published here."""
        i, least = self._index[name], self._least[self._index[name]]
        self._low[i] = min(self._low[i], shown.low - least)
        if shown.high is None:
            self._endless.add(i)
        else:
            self._high[i] = max(self._high[i], shown.high - least)

    def reaches(self, name: Name, width: int) -> bool:
        """Can the cell be shown to range over ``width`` at least?"""
        for upward in (True, False):
            if not self.seen(name).narrower_than(width):
                return True
            self._to_a_vertex()
            self._walk(self._index[name], upward, width)
        return not self.seen(name).narrower_than(width)

    def bounds(self, name: Name) -> Bounds:
        """The exact range of a cell over whole-numbered vertices."""
        self._to_a_vertex()
        for upward in (True, False):
            self._walk(self._index[name], upward, None)
        return self.seen(name)

    # -- set up ----------------------------------------------------------------------------------------

    def _reduce(self, equations: Sequence[Equation]) -> None:
        """Gauss and Jordan: one basic variable for each independent equation."""
        for equation in equations:
            row: Row = {self._index[name]: weight for name, weight in equation.weights.items() if weight}
            for basic, known in self._rows.items():
                if factor := row.pop(basic, 0):
                    _add(row, known, -factor)
            if not row:
                continue
            pivot = min(row, key=lambda i: (abs(row[i]) != 1, i))
            scale = row.pop(pivot)
            row = {i: _over(weight, scale) for i, weight in row.items()}
            for known in self._rows.values():
                if factor := known.pop(pivot, 0):
                    _add(known, row, -factor)
            self._rows[pivot] = row

    def _look_around(self) -> None:
        """From the true table, move each free variable alone as far as it goes, up and down: most cells show
        their width in this one pass."""
        columns: dict[int, list[tuple[int, int]]] = {}
        for basic, row in self._rows.items():
            for i, weight in row.items():
                if type(weight) is int:
                    columns.setdefault(i, []).append((basic, weight))
                else:
                    columns.setdefault(i, []).append((basic, 0))
        for free, column in columns.items():
            if all(weight for _, weight in column):
                self._look_along(free, column)

    def _look_along(self, free: int, column: list[tuple[int, int]]) -> None:
        value = cast("list[int]", self._value)
        up = min((value[b] // w for b, w in column if w > 0), default=None)
        down = min([value[free], *(value[b] // -w for b, w in column if w < 0)])
        if up is None:
            self._note_endless(free)
        for step in (up or 0, -down):
            for i, weight in ((free, -1), *column):
                there = value[i] - weight * step
                self._low[i] = min(self._low[i], there)
                self._high[i] = max(self._high[i], there)

    def _to_a_vertex(self) -> None:
        """Push every free variable down to its least, or until a basic one gives way."""
        if self._at_a_vertex:
            return
        self._at_a_vertex = True
        for i in range(len(self._names)):
            if i not in self._rows and self._value[i]:
                self._move(i, upward=False)

    # -- walking ---------------------------------------------------------------------------------------

    def _walk(self, target: int, upward: bool, enough: int | None) -> None:
        """Make ``target`` as large (or small) as it gets, by Bland's rule; stop early at ``enough``."""
        name = self._names[target]
        if target not in self._rows and (not upward or not self._move(target, upward=True)):
            return  # at a vertex a free variable is at its least already
        while target in self._rows:
            if enough is not None and not self.seen(name).narrower_than(enough):
                return
            sign = -1 if upward else 1
            entering = min((i for i, w in self._rows[target].items() if w * sign > 0), default=None)
            if entering is None:
                return
            if not self._move(entering, upward=True, target=target):
                return

    def _move(self, entering: int, upward: bool, target: int | None = None) -> bool:
        """Move one free variable as far as it goes; swap it into the basis where another stops it.

        False where nothing stops it: then whatever grows with it has no end.
        """
        way = 1 if upward else -1
        blocking = [
            (_over(self._value[b], row[entering] * way), b)
            for b, row in self._rows.items()
            if row.get(entering, 0) * way > 0
        ]
        step, leaving = min(blocking, default=(None, None))
        if not upward and (step is None or step > self._value[entering]):
            step, leaving = self._value[entering], None
        if step is None:
            self._note_endless(entering)
            return False
        self._shift(entering, step * way)
        if leaving is not None:
            self._pivot(entering, leaving)
        return leaving is not None or not upward

    def _note_endless(self, entering: int) -> None:
        self._endless.add(entering)
        self._endless.update(b for b, row in self._rows.items() if row.get(entering, 0) < 0)

    def _shift(self, entering: int, by: Number) -> None:
        if not by:
            return
        self._value[entering] = _whole(self._value[entering] + by)
        changed = [entering]
        for basic, row in self._rows.items():
            if weight := row.get(entering, 0):
                self._value[basic] = _whole(self._value[basic] - weight * by)
                changed.append(basic)
        if all(type(value) is int for value in self._value):
            for i in changed:
                value = self._value[i]
                if value < self._low[i]:
                    self._low[i] = value
                elif value > self._high[i]:
                    self._high[i] = value

    def _pivot(self, entering: int, leaving: int) -> None:
        row = self._rows.pop(leaving)
        scale = row.pop(entering)
        fresh: Row = {i: _over(weight, scale) for i, weight in row.items()}
        fresh[leaving] = _over(1, scale)
        for other in self._rows.values():
            if factor := other.pop(entering, 0):
                _add(other, fresh, -factor)
        self._rows[entering] = fresh


def _add(row: Row, other: Row, factor: Number) -> None:
    for i, weight in other.items():
        total = row.get(i, 0) + weight * factor
        if type(total) is Fraction and total.denominator == 1:
            total = total.numerator  # back to whole numbers at once: they are ten times as quick
        if total:
            row[i] = total
        else:
            row.pop(i, None)


def _over(number: Number, divisor: Number) -> Number:
    if divisor == 1:
        return number
    if divisor == -1:
        return -number
    return _whole(Fraction(number) / divisor)


def _whole(number: Number) -> Number:
    if type(number) is Fraction and number.denominator == 1:
        return number.numerator
    return number


def propagate(
    equations: Iterable[Equation],
    truth: Mapping[Name, int],
    least: Mapping[Name, int],
) -> dict[Name, Bounds]:
    """What plain subtraction gives, repeated until nothing changes: a quick outer bound.

    A cell that is narrow here leaks for certain; one that is wide here may still leak, so the audit goes on
    to exact bounds.
    """
    low: dict[Name, int] = dict(least)
    high: dict[Name, int | None] = dict.fromkeys(truth)
    rows = [(e.weights, sum(w * truth[n] for n, w in e.weights.items())) for e in equations]
    for _ in range(_ROUNDS):
        if sum(_tighten(weights, right, low, high) for weights, right in rows) == 0:
            break
    return {name: Bounds(low[name], high[name]) for name in truth}


def _tighten(
    weights: Mapping[Name, int], right: int, low: dict[Name, int], high: dict[Name, int | None]
) -> bool:
    """Narrow each unknown of one equation by what the others leave it."""
    changed = False
    for name, weight in weights.items():
        least = most = 0
        no_least = no_most = False
        for other, w in weights.items():
            if other == name:
                continue
            floor, ceiling = (low[other], high[other]) if w > 0 else (high[other], low[other])
            no_least, no_most = no_least or floor is None, no_most or ceiling is None
            least += w * (floor or 0)
            most += w * (ceiling or 0)
        top = None if no_least else right - least
        bottom = None if no_most else right - most
        if weight < 0:
            top, bottom = (None if bottom is None else -bottom), (None if top is None else -top)
        if bottom is not None and bottom > low[name]:
            low[name], changed = bottom, True
        current = high[name]
        if top is not None and (current is None or top < current):
            high[name], changed = top, True
    return changed
