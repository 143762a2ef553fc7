"""From rows of a measure's SQL to counts, medians and the remainders that follow from them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from commonweal.measures.rules.disclosure.lattice import Layout
from commonweal.measures.rules.periods import Period
from commonweal.measures.rules.survival import Wait, curve, median_days
from commonweal.measures.shapes import Base, Definition, Row
from commonweal.measures.vocabulary import Grain, Kind

At = tuple[Period, str]


@dataclass
class Counted:
    """What a computation found, before disclosure control. Stays inside measures."""

    counts: dict[At, dict[str, int]] = field(default_factory=dict)
    medians: dict[At, int | None] = field(default_factory=dict)

    def put(self, at: At, name: str, count: int) -> None:
        """Raises ValueError where two measures that share a count disagree on it."""
        known = self.counts.setdefault(at, {}).setdefault(name, count)
        if known != count:
            raise ValueError(f"{name} at {at[0]} is {known} in one measure and {count} in another")


def take(counted: Counted, definition: Definition, base: Base, grain: Grain, rows: Iterable[Row]) -> None:
    """Add the rows of one base at one grain."""
    if definition.kind is Kind.MEDIAN_DAYS:
        _take_waits(counted, base, grain, rows)
        return
    for row in rows:
        at = (Period(row.period, grain), row.who)
        counted.put(at, base.denominator, row.denominator)
        counted.put(at, base.numerator, row.numerator)


def _take_waits(counted: Counted, base: Base, grain: Grain, rows: Iterable[Row]) -> None:
    waits: dict[At, list[Wait]] = {}
    people: dict[At, int] = {}
    for row in rows:
        at = (Period(row.period, grain), row.who)
        waits.setdefault(at, []).append(_wait(row))
        people[at] = people.get(at, 0) + row.denominator
    for at, number in people.items():
        counted.put(at, base.denominator, number)
        counted.medians[at] = median_days(curve(waits[at]))


def _wait(row: Row) -> Wait:
    began, seen = _known(row.began_on), _known(row.seen_to)
    over = row.ended_on is not None
    return Wait(max(0, ((row.ended_on or seen) - began).days), over, row.denominator)


def _known(day: date | None) -> date:
    if day is None:
        raise ValueError("a wait needs its first day and the day on which we looked")
    return day


def with_remainders(
    counts: Mapping[At, Mapping[str, int]], names: Iterable[str], layout: Layout
) -> dict[At, dict[str, int]]:
    """Add what anyone can work out by subtraction, so that it is protected like a printed count.

    ``names`` are the counts that are put on pages; one without a row is zero: nobody was accepted there.
    """
    zeros = dict.fromkeys(names, 0)
    whole: dict[At, dict[str, int]] = {}
    for at, known in counts.items():
        full = zeros | dict(known)
        for total, parts in layout.splits:
            missing = [part for part in parts if part not in full]
            if total in full and len(missing) == 1:
                full[missing[0]] = full[total] - sum(full[part] for part in parts if part in full)
        whole[at] = full
    return whole
