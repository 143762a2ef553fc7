"""An attacker who shares no code with what is attacked: tries whole-numbered tables until none is left.

Slow and simple on purpose. It knows what is published, which sums hold, and that no count is negative.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from commonweal.measures.rules.disclosure.tables import Cell, Table, Tie

ENDLESS = 400
"""More than any count in the tests: a cell that can be this large has no upper bound worth the name."""


@dataclass
class Rule:
    """``least <= sum(weight * unknown) <= most``."""

    weights: dict[Cell, int]
    least: int
    most: int


def rules_of(table: Table, unknown: frozenset[Cell]) -> list[Rule]:
    found: list[Rule] = []

    def add(weights: Mapping[Cell, int], least: int, most: int) -> None:
        open_ = {cell: w for cell, w in weights.items() if cell in unknown}
        known = sum(w * table.counts[cell] for cell, w in weights.items() if cell not in unknown)
        if open_:
            found.append(Rule(open_, least - known, most - known))

    for one in table.sums:
        whole = {one.total: -1} | dict.fromkeys(one.parts, 1)
        if one.tie in (Tie.ADDS, Tie.SPLITS):
            add(whole, 0, 0)
        else:
            add(whole, 0, 10**6)
        if one.tie is Tie.UNITES:
            for part in one.parts:
                add({one.total: 1, part: -1}, 0, 10**6)
    return found


def _narrow(rules: list[Rule], low: dict[Cell, int], high: dict[Cell, int]) -> bool:
    """Tighten the bounds until they rest. False: no table is left."""
    changed = True
    while changed:
        changed = False
        for rule in rules:
            least = sum(w * (low[c] if w > 0 else high[c]) for c, w in rule.weights.items())
            most = sum(w * (high[c] if w > 0 else low[c]) for c, w in rule.weights.items())
            if least > rule.most or most < rule.least:
                return False
            for cell, w in rule.weights.items():
                own_least = w * (low[cell] if w > 0 else high[cell])
                own_most = w * (high[cell] if w > 0 else low[cell])
                top, bottom = rule.most - (least - own_least), rule.least - (most - own_most)
                new_high, new_low = (top // w, -(-bottom // w)) if w > 0 else (bottom // w, -(-top // w))
                if new_high < high[cell]:
                    high[cell], changed = new_high, True
                if new_low > low[cell]:
                    low[cell], changed = new_low, True
                if low[cell] > high[cell]:
                    return False
                if changed:
                    break
            if changed:
                break
    return True


def _some_table(rules: list[Rule], low: dict[Cell, int], high: dict[Cell, int]) -> bool:
    low, high = dict(low), dict(high)
    if not _narrow(rules, low, high):
        return False
    loose = [cell for cell in low if low[cell] < high[cell]]
    if not loose:
        return True
    cell = min(loose, key=lambda c: (high[c] - low[c], repr(c)))
    middle = (low[cell] + high[cell]) // 2
    return _some_table(rules, low, high | {cell: middle}) or _some_table(
        rules, low | {cell: middle + 1}, high
    )


def width(table: Table, hidden: frozenset[Cell], cell: Cell, known: Iterable[str] = ()) -> int:
    """How far apart the least and the most are that ``cell`` can be, for one who also knows ``known``'s."""
    lent = frozenset(known)
    unknown = frozenset(c for c in hidden if table.owners.get(c) not in lent)
    rules = rules_of(table, unknown)
    low, high = dict.fromkeys(unknown, 0), dict.fromkeys(unknown, ENDLESS)
    truth = table.counts[cell]

    def can_be(value: int) -> bool:
        return _some_table(rules, low | {cell: value}, high | {cell: value})

    smallest = truth
    while smallest > 0 and can_be(smallest - 1):
        smallest -= 1
    largest = truth
    while largest < smallest + 12 and can_be(largest + 1):
        largest += 1
    return largest - smallest
