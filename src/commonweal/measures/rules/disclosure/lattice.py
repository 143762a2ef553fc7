"""From a family of measures to one table: months and quarters, partners and the whole, counts and remainders.

Measures of one family share denominators, so they are protected together: a count held back on one page
and shown on another would be no secret.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from commonweal.measures.rules.disclosure.tables import Cell, Sum, Table, Tie
from commonweal.measures.rules.periods import Period, month
from commonweal.measures.vocabulary import UNCLAIMED, WHOLE, Grain


class Key(NamedTuple):
    """One count: in which period, at whom (a partner's id, or the whole), of what."""

    period: str
    who: str
    what: str


@dataclass(frozen=True, slots=True)
class Layout:
    """How the counts of a family hang together.

    ``splits`` maps a count to the parts that its people fall into; ``united`` names counts of people who may
    be known to several partners or come in several months, ``covered`` their remainders. ``worth`` says
    which counts a reader would miss most; what is only a remainder is on no page, and goes first.
    """

    splits: tuple[tuple[str, tuple[str, ...]], ...]
    united: frozenset[str] = frozenset()
    covered: frozenset[str] = frozenset()
    worth: Mapping[str, int] = field(default_factory=dict)

    def tie(self, what: str) -> Tie:
        return Tie.UNITES if what in self.united else Tie.COVERS if what in self.covered else Tie.ADDS


Figures = Mapping[tuple[Period, str], Mapping[str, int]]
"""For each period and partner (or the whole): what was counted."""


def build(figures: Figures, layout: Layout) -> Table:
    """The table of everything published or derivable. An absent count is a zero."""
    named = {period for period, _ in figures}
    periods = sorted(named | {month(one) for period in named for one in period.months})
    partners = sorted({who for _, who in figures if who != WHOLE})
    whats = sorted({what for counts in figures.values() for what in counts})
    counts: dict[Cell, int] = {
        Key(str(period), who, what): figures.get((period, who), {}).get(what, 0)
        for period in periods
        for who in (WHOLE, *partners)
        for what in whats
    }
    sums = (
        *_answers(periods, partners, layout, frozenset(whats)),
        *_places(periods, partners, whats, layout),
        *_times(periods, partners, whats, layout),
    )
    owners: dict[Cell, str] = {
        key: key.who for key in counts if isinstance(key, Key) and key.who not in (WHOLE, UNCLAIMED)
    }
    worth: dict[Cell, int] = {key: _worth(key, layout) for key in counts if isinstance(key, Key)}
    return Table(counts, sums, owners, worth)


def _worth(key: Key, layout: Layout) -> int:
    """What a reader would miss most goes last: the whole before the parts, the long before the short."""
    place = 2 * (key.who == WHOLE) + ("Q" in key.period)
    return 10 * place + layout.worth.get(key.what, 0)


def _answers(
    periods: Sequence[Period], partners: Sequence[str], layout: Layout, whats: frozenset[str]
) -> Iterable[Sum]:
    splits = [(total, parts) for total, parts in layout.splits if whats.issuperset((total, *parts))]
    for period in map(str, periods):
        for who in (WHOLE, *partners):
            for total, parts in splits:
                yield Sum(Key(period, who, total), tuple(Key(period, who, p) for p in parts), Tie.SPLITS)


def _places(
    periods: Sequence[Period], partners: Sequence[str], whats: Sequence[str], layout: Layout
) -> Iterable[Sum]:
    for period in map(str, periods) if partners else ():
        for what in whats:
            parts = tuple(Key(period, who, what) for who in partners)
            yield Sum(Key(period, WHOLE, what), parts, layout.tie(what))


def _times(
    periods: Sequence[Period], partners: Sequence[str], whats: Sequence[str], layout: Layout
) -> Iterable[Sum]:
    for quarter in periods:
        if quarter.grain is not Grain.QUARTER:
            continue
        months = [str(month(one)) for one in quarter.months]
        for who in (WHOLE, *partners):
            for what in whats:
                parts = tuple(Key(m, who, what) for m in months)
                yield Sum(Key(str(quarter), who, what), parts, layout.tie(what))


def by_quarter(figures: Figures) -> list[dict[tuple[Period, str], Mapping[str, int]]]:
    """The figures parted by calendar quarter: nothing adds up across quarters, so each stands alone."""
    parts: dict[Period, dict[tuple[Period, str], Mapping[str, int]]] = {}
    for (period, who), counts in figures.items():
        parts.setdefault(period.quarter, {})[(period, who)] = counts
    return [parts[quarter] for quarter in sorted(parts)]
