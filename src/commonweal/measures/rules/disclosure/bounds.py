"""What can still be worked out about a held cell: exact bounds by the simplex method in whole numbers.

No library: the systems are small (one quarter at a time), their coefficients are -1, 0 and 1, and the true
table is a feasible start. Exact arithmetic, because a bound that is off by a rounding is a leak.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd
from typing import TypeAlias, cast

Name: TypeAlias = Hashable
Number: TypeAlias = int | Fraction
Row: TypeAlias = dict[int, int]

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
        # basic variable -> its row over the others: scale·basic + row·x = constant, whole numbers, scale > 0
        self._rows: dict[int, Row] = {}
        self._scale: dict[int, int] = {}
        self._at_a_vertex = False
        self._reduce(equations)
        self._look_around()

    # -- what is known so far --------------------------------------------------------------------------

    def seen(self, name: Name) -> Bounds:
        """What has been shown possible up to now: never wider than the truth."""
        i = self._index[name]
        low, high = int(self._low[i]), int(self._high[i])
        return Bounds(low + self._least[i], None if i in self._endless else high + self._least[i])

    def knows(self, name: Name) -> bool:
        """Is it one of the unknowns here?"""
        return name in self._index

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
            scale = 1
            for basic in [i for i in row if i in self._rows]:
                scale = _eliminate(row, basic, scale, self._rows[basic], self._scale[basic])
            if not row:
                continue
            pivot = min(row, key=lambda i: (abs(row[i]) != 1, i))
            self._enter(pivot, row)

    def _enter(self, entering: int, row: Row) -> None:
        """Solve ``row`` (constant = row·x) for ``entering``, and put that into all other rows."""
        scale = row.pop(entering)
        if scale < 0:
            scale, row = -scale, {i: -weight for i, weight in row.items()}
        for basic, other in self._rows.items():
            if entering in other:
                self._scale[basic] = _eliminate(other, entering, self._scale[basic], row, scale)
        self._rows[entering], self._scale[entering] = row, scale

    def _look_around(self) -> None:
        """From the true table, move each free variable alone as far as it goes, up and down: most cells show
        their width in this one pass."""
        columns: dict[int, list[tuple[int, int]]] = {}
        for basic, row in self._rows.items():
            for i, weight in row.items():
                whole, rest = divmod(weight, self._scale[basic])
                columns.setdefault(i, []).append((basic, 0 if rest else whole))
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
            (_over(self._value[b] * self._scale[b], row[entering] * way), b)
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
                self._value[basic] = _whole(self._value[basic] - _over(weight * by, self._scale[basic]))
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
        row[leaving] = self._scale.pop(leaving)
        self._enter(entering, row)


def _eliminate(row: Row, out: int, scale: int, known: Row, known_scale: int) -> int:
    """Take the unknown ``out`` out of ``row``, by what ``known`` says of it. Gives the row's new scale."""
    factor = row.pop(out)
    common = gcd(factor, known_scale)
    factor //= common
    if (times := known_scale // common) != 1:
        scale *= times
        for i in row:
            row[i] *= times
    for i, weight in known.items():
        if total := row.get(i, 0) - weight * factor:
            row[i] = total
        else:
            row.pop(i, None)
    if scale > 1 and (common := gcd(scale, *row.values())) > 1:
        scale //= common
        for i in row:
            row[i] //= common
    return scale


def _over(number: Number, divisor: int) -> Number:
    if divisor == 1:
        return number
    if divisor == -1:
        return -number
    if type(number) is int and not number % divisor:
        return number // divisor
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
