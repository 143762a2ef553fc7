"""The attack that must fail before a table is released (SECURITY D01, D02, D07).

The attacker knows every published figure, every sum, how we suppress, and the own figures of any
``policy.pooled`` partners who put them together. A held-back small count is safe when whole tables that fit
all this differ in it by ``policy.width`` at least (``policy.pooled_width`` for the coalition).
"""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from itertools import combinations

from commonweal.measures.rules.disclosure.bounds import Bounds, Equation, Name, Polytope, propagate
from commonweal.measures.rules.disclosure.tables import Cell, Policy, Sum, Table, Tie, order


@dataclass(frozen=True)
class System:
    """The unknowns that hang together, with the equations between them."""

    equations: tuple[Equation, ...]
    truth: Mapping[Name, int]
    least: Mapping[Name, int]

    def polytope(self) -> Polytope:
        return Polytope(self.equations, self.truth, self.least)

    def propagated(self) -> dict[Name, Bounds]:
        return propagate(self.equations, self.truth, self.least)


def leaks(table: Table, hidden: frozenset[Cell], guarded: frozenset[Cell], policy: Policy) -> set[Cell]:
    """The cells of ``guarded`` that could be worked out too closely. Empty: the table may go out."""
    found: set[Cell] = set()
    for part in components(table, hidden):
        inside = guarded & part
        if inside:
            found |= _Component(table, part, policy).leaks(inside)
    return found


def possible(table: Table, hidden: frozenset[Cell], cell: Cell, known: Iterable[str] = ()) -> Bounds:
    """The exact range that a reader can work out for ``cell``; ``known`` partners lend their own figures."""
    out = frozenset(known)
    free = frozenset(c for c in hidden if table.owners.get(c) not in out)
    return system(table, free).polytope().bounds(cell)


def components(table: Table, hidden: frozenset[Cell]) -> list[frozenset[Cell]]:
    """Held cells that can tell something about each other, set by set."""
    parent: dict[Cell, Cell] = {cell: cell for cell in hidden}

    def root(cell: Cell) -> Cell:
        while parent[cell] != cell:
            parent[cell] = parent[parent[cell]]
            cell = parent[cell]
        return cell

    for one in table.sums:
        held = [cell for cell in one.cells if cell in parent]
        for cell in held[1:]:
            parent[root(cell)] = root(held[0])
    sets: dict[Cell, set[Cell]] = {}
    for cell in order(hidden):
        sets.setdefault(root(cell), set()).add(cell)
    return [frozenset(cells) for cells in sets.values()]


def system(
    table: Table,
    free: frozenset[Cell],
    sums: Iterable[Sum] | None = None,
    ordered: Iterable[Cell] | None = None,
) -> System:
    """The equations over ``free`` cells; every other cell counts as known, and no count is below zero."""
    cells = order(free) if ordered is None else ordered
    truth: dict[Name, int] = {cell: table.counts[cell] for cell in cells}
    least: dict[Name, int] = dict.fromkeys(truth, 0)
    equations: list[Equation] = []
    for one in table.sums if sums is None else sums:
        if not free.isdisjoint(one.cells):
            equations += _equations(one, table, free, truth, least)
    return System(tuple(equations), truth, least)


def _equations(
    one: Sum, table: Table, free: frozenset[Cell], truth: dict[Name, int], least: dict[Name, int]
) -> list[Equation]:
    def slack(name: Name, size: int) -> dict[Name, int]:
        truth[name], least[name] = size, 0
        return {name: -1}

    weights: dict[Name, int] = {part: 1 for part in one.parts if part in free}
    if one.total in free:
        weights[one.total] = -1
    if one.is_exact:
        return [Equation(weights)]
    surplus = sum(table.counts[part] for part in one.parts) - table.counts[one.total]
    found = [Equation(weights | slack(("surplus", one.total, one.parts), surplus))]
    if one.tie is Tie.UNITES:
        for part in one.parts:
            pair: dict[Name, int] = {one.total: 1} if one.total in free else {}
            if part in free:
                pair[part] = -1
            if pair:
                gap = table.counts[one.total] - table.counts[part]
                found.append(Equation(pair | slack(("gap", one.total, part), gap)))
    return found


class _Component:
    """One set of held cells under attack."""

    def __init__(self, table: Table, cells: frozenset[Cell], policy: Policy) -> None:
        self.table, self.cells, self.policy = table, cells, policy
        self.ordered = order(cells)
        self.sums = [one for one in table.sums if not cells.isdisjoint(one.cells)]
        self.walks: dict[frozenset[str], Polytope] = {}
        held: dict[str, int] = {}
        for cell in cells:
            if owner := table.owners.get(cell):
                held[owner] = held.get(owner, 0) + table.counts[cell]
        self.owners = sorted(held, key=lambda owner: (-held[owner], owner))

    def leaks(self, guarded: frozenset[Cell]) -> set[Cell]:
        everyone = system(self.table, self.cells, self.sums)
        rough = everyone.propagated()
        found = {cell for cell in guarded if rough[cell].narrower_than(self.policy.width)}
        by_owner: dict[str, list[Cell]] = {}
        for cell in order(guarded - found):
            # A small whole that partners know from their own figures tells them only about themselves.
            if owner := self.table.owners.get(cell):
                by_owner.setdefault(owner, []).append(cell)
        wide: set[Cell] = set()
        for owner, cells in by_owner.items():
            narrow, proven = self._for_owner(owner, cells)
            found |= narrow
            wide |= proven
        return found | self._open_to_all(guarded - found - wide, everyone)

    def _open_to_all(self, cells: Set[Cell], everyone: System) -> set[Cell]:
        """Cells that any reader can narrow. Few owners' figures moving is enough to show that one cannot;
        only cells for which that is not enough are asked of the whole system, which takes long."""
        width = self.policy.width
        left = {cell for cell in cells if self._seen(cell).narrower_than(width)}
        kept = sorted(self.walks.items(), key=lambda one: len(one[0]))
        for _, walk in [one for one in kept if len(one[0]) <= _FEW]:
            asked = [cell for cell in order(left) if walk.knows(cell)]
            settled = {cell for cell in asked if walk.reaches(cell, width)}
            left -= settled
            if 2 * len(settled) < len(asked):
                break  # these counts are too small for few owners to show much
        if left:
            whole = everyone.polytope()
            for cell in left:
                whole.widen(cell, self._seen(cell))
            left -= {cell for cell in order(left) if whole.reaches(cell, width)}
        for _, walk in [one for one in kept if len(one[0]) > _FEW]:
            # The best of a large system may be no whole table; a smaller one's often is.
            left -= {cell for cell in order(left) if walk.knows(cell) and walk.reaches(cell, width)}
        return left

    def _seen(self, cell: Cell) -> Bounds:
        """What all walks together have shown possible: each is a whole table that fits what is published."""
        ranges = [walk.seen(cell) for walk in self.walks.values() if walk.knows(cell)]
        low = min((one.low for one in ranges), default=self.table.counts[cell])
        highs = [one.high for one in ranges if one.high is not None]
        if len(highs) < len(ranges):
            return Bounds(low, None)
        return Bounds(low, max(highs, default=self.table.counts[cell]))

    def _for_owner(self, owner: str, cells: list[Cell]) -> tuple[set[Cell], set[Cell]]:
        """Cells of ``owner`` that some coalition of the others can narrow; and those shown wide for readers.

        A set of others that alone leaves a cell wide proves it safe from every coalition outside the set.
        Disjoint sets, one more than may pool, prove it safe from all; coalitions that reach into every
        proving set are tried one by one.
        """
        others = [name for name in self.owners if name != owner]
        pooled = min(self.policy.pooled, len(others))
        coalitions = frozenset(map(frozenset, combinations(others, pooled)))
        threats: dict[Cell, frozenset[frozenset[str]]] = dict.fromkeys(cells, coalitions)
        wide: set[Cell] = set()
        for group in (*_singles(others), *_groups(others, pooled + 1)):
            asked = [cell for cell in cells if threats[cell]]
            if not asked:
                break
            walk = self._walk(free=group | {owner})
            for cell in asked:
                if walk.reaches(cell, self.policy.pooled_width):
                    threats[cell] = frozenset(one for one in threats[cell] if one & group)
            wide |= {cell for cell in cells if not walk.seen(cell).narrower_than(self.policy.width)}
        found: set[Cell] = set()
        for members in sorted(frozenset().union(*threats.values()), key=sorted):
            asked = [cell for cell in cells if members in threats[cell] and cell not in found]
            if asked:
                walk = self._walk(free=frozenset((owner, *others)) - members)
                found |= {cell for cell in asked if not walk.reaches(cell, self.policy.pooled_width)}
        return found, wide

    def _walk(self, free: frozenset[str]) -> Polytope:
        """The tables that stay possible while only ``free`` owners' held cells, and the whole's, are unknown.

        Two partners' walk serves both, so it is kept.
        """
        if free not in self.walks:
            owners = self.table.owners
            cells = [cell for cell in self.ordered if cell not in owners or owners[cell] in free]
            self.walks[free] = system(self.table, frozenset(cells), self.sums, cells).polytope()
        return self.walks[free]


def _singles(names: list[str]) -> list[frozenset[str]]:
    """One other at a time, large ones first: small systems, and most cells need no more."""
    return [frozenset((name,)) for name in names[:_ONE_BY_ONE]]


_ONE_BY_ONE = 6
_FEW = 2


def _groups(names: list[str], count: int) -> list[frozenset[str]]:
    """The names dealt into ``count`` hands, in a few different ways, large owners spread evenly."""
    dealt = [names[i::count] for i in range(count)]
    if len(names) <= 2 * count:
        return [frozenset(hand) for hand in dealt]
    turned = [[hand[(i + j) % len(hand)] for j, hand in enumerate(dealt)] for i in range(len(dealt[-1]))]
    halves = [names[0::2], names[1::2]]
    across = [[name for hand in turned[i::count] for name in hand] for i in range(count)]
    return [frozenset(hand) for hand in (*dealt, *across, *halves)]
