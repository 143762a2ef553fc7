"""Which cells are held back, so that no small count is shown or can be worked out (DOMAIN §6.9).

1 counts of 1 to 10 · 2 in each sum one more, while a single one could be subtracted · 3 again until nothing
changes · 4 the audit, which holds back more until its attack fails.
"""

from collections.abc import Set
from dataclasses import dataclass

from commonweal.measures.rules.disclosure.audit import leaks
from commonweal.measures.rules.disclosure.tables import DEFAULT, Cell, Policy, Sum, Table, Tie, order


class CannotProtectError(Exception):
    """What was published before gives these cells away whatever is held back now."""

    def __init__(self, cells: frozenset[Cell]) -> None:
        super().__init__(f"{len(cells)} held cells follow from figures published before")
        self.cells = cells


@dataclass(frozen=True)
class Protection:
    """What is held back of a table. Whether a cell is small or guards a small one is nobody's business."""

    hidden: frozenset[Cell]
    policy: Policy

    def shows(self, *cells: Cell) -> bool:
        """A rate, an interval, a height or a rank may be shown only where all its counts are."""
        return not any(cell in self.hidden for cell in cells)


_NONE: frozenset[Cell] = frozenset()


def protect(
    table: Table,
    policy: Policy = DEFAULT,
    *,
    shown_before: frozenset[Cell] = _NONE,
    hidden_before: frozenset[Cell] = _NONE,
) -> Protection:
    """Hold back what must be, given what earlier releases showed (it cannot be taken back) or hid.

    Raises CannotProtectError where earlier releases leave no way.
    """
    first = primary(table, policy) - shown_before
    guarded = frozenset(cell for cell in first if policy.is_small(table.counts[cell]))
    hidden = set(first | hidden_before)
    small: Set[Cell] = guarded
    answers: Set[Cell] = first - guarded
    while True:
        _complete(table, hidden, guarded, shown_before, policy)
        # Holding back more only leaves more tables possible: what was safe stays so.
        small = leaks(table, frozenset(hidden), frozenset(small), policy)
        asked = frozenset(answers - _of_a_shown_zero(table, hidden))
        answers = leaks(table, frozenset(hidden), asked, policy.for_answers)
        if not small and not answers:
            return Protection(frozenset(hidden), policy)
        more = _more(table, small | answers, hidden, shown_before)
        if not more:
            raise CannotProtectError(frozenset(small | answers))
        hidden |= more


def primary(table: Table, policy: Policy = DEFAULT) -> frozenset[Cell]:
    """Counts of 1 to 10; and every answer of a small group, or of a fairly small one that is of one mind,
    since there a zero tells on each of them."""
    small = {cell for cell, count in table.counts.items() if policy.is_small(count)}
    for one in table.sums:
        if one.tie is not Tie.SPLITS:
            continue
        total = table.counts[one.total]
        of_one_mind = total in [table.counts[part] for part in one.parts]
        if policy.is_small(total) or (of_one_mind and 0 < total < policy.unanimous_below):
            small.update(one.parts)
    return frozenset(small)


def _of_a_shown_zero(table: Table, hidden: Set[Cell]) -> set[Cell]:
    """Parts of a total that is none and may be shown: that a large group gave no such answer is no secret,
    and tells as much of its parts."""
    return {
        part
        for one in table.sums
        if one.tie is Tie.ADDS and not table.counts[one.total] and one.total not in hidden
        for part in one.parts
    }


def _complete(
    table: Table, hidden: set[Cell], guarded: frozenset[Cell], fixed: frozenset[Cell], policy: Policy
) -> None:
    """Hold back the smallest other cells of each sum that has too few unknowns; repeat until it rests."""
    changed = True
    while changed:
        changed = False
        for one in table.sums:
            if not one.is_exact or hidden.isdisjoint(one.cells):
                continue
            wanted = _unknowns_wanted(one, table, guarded, policy)
            while sum(cell in hidden for cell in one.cells) < wanted:
                more = _smallest(table, set(one.cells) - hidden - fixed)
                if more is None:
                    break
                hidden.add(more)
                changed = True


def _unknowns_wanted(one: Sum, table: Table, guarded: frozenset[Cell], policy: Policy) -> int:
    """Two, and one more for each partner that may pool its own figures, where partners are added up."""
    by_partner = len({table.owners.get(part) for part in one.parts} - {None}) > 1
    return 2 + (policy.pooled if by_partner and not guarded.isdisjoint(one.cells) else 0)


def _smallest(table: Table, cells: set[Cell]) -> Cell | None:
    """The least worth, then the smallest count that is not zero; equal ones in the order of their names."""
    return min(
        (cell for cell in order(cells) if table.counts[cell]),
        key=lambda cell: (table.worth.get(cell, 0), table.counts[cell]),
        default=None,
    )


def _more(table: Table, leaking: Set[Cell], hidden: set[Cell], fixed: frozenset[Cell]) -> set[Cell]:
    """One more cell for each leaking one, but only of the least worth: they often guard the rest too."""
    choices = {_another(table, cell, hidden, fixed) for cell in order(leaking)} - {None}
    least = min((table.worth.get(cell, 0) for cell in choices), default=0)
    return {cell for cell in choices if table.worth.get(cell, 0) == least}


def _another(table: Table, leaking: Cell, hidden: set[Cell], fixed: frozenset[Cell]) -> Cell | None:
    """The shown cell of least worth, then nearest, then smallest, in a sum with the leaking cell or with
    one held beside it."""
    reached, far = {leaking}, 0
    best: tuple[tuple[int, int, int], Cell] | None = None
    while far < _NEAR or best is None:
        near = {cell for one in table.sums if not reached.isdisjoint(one.cells) for cell in one.cells}
        cell = _smallest(table, near - hidden - fixed)
        if cell is not None:
            price = (table.worth.get(cell, 0), far, table.counts[cell])
            best = min(best, (price, cell), key=lambda choice: choice[0]) if best else (price, cell)
        wider = reached | (near & hidden)
        if wider == reached:
            break
        reached, far = wider, far + 1
    return best[1] if best else None


_NEAR = 2
"""How many sums away a guard of less worth is looked for before one of more worth is held back."""
