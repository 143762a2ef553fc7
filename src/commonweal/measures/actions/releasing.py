"""Publishing: protect what is new together with all that was published before, then write it once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from commonweal.measures.actions.counting import Counting
from commonweal.measures.models import Release, ReleasedFigure
from commonweal.measures.rules.definitions import LAYOUTS, counts_of
from commonweal.measures.rules.disclosure.lattice import Key, build
from commonweal.measures.rules.disclosure.suppress import CannotProtectError, Protection, protect
from commonweal.measures.rules.disclosure.tables import DEFAULT, Cell
from commonweal.measures.rules.figures import At
from commonweal.measures.rules.periods import Period
from commonweal.measures.shapes import Definition
from commonweal.measures.vocabulary import (
    MEDIAN_DAYS,
    SMALLEST_SHOWN,
    UNCLAIMED,
    WHOLE,
    Family,
    Grain,
    Kind,
    Shown,
)


@dataclass(frozen=True)
class Outcome:
    """What a release did: which periods it told, how many figures it showed and held back."""

    periods: tuple[str, ...] = ()
    shown: int = 0
    held: int = 0
    not_released: tuple[str, ...] = ()
    too_young: int | None = None

    def __add__(self, other: "Outcome") -> "Outcome":
        return Outcome(
            (*self.periods, *other.periods),
            self.shown + other.shown,
            self.held + other.held,
            (*self.not_released, *other.not_released),
            self.too_young if other.too_young is None else other.too_young,
        )


_Before: TypeAlias = dict[Key, ReleasedFigure]


def release(
    family: Family,
    adopted: Sequence[Definition],
    counting: Counting,
    as_of: datetime,
    young: Callable[[], int | None],
) -> Outcome:
    """Publish what is not yet published of one quarter. Nothing is published where facts have changed under
    published figures, or where older figures leave no way to protect the new ones: the report says so."""
    if counting.is_empty:
        return Outcome()
    names = tuple(sorted({str(period) for period, _who in counting.counts}))
    before = _before(family, counting)
    if counting.differs or _contradicts(before, counting):
        return Outcome(not_released=names)
    wanted = _wanted(adopted, counting) - before.keys()
    if not wanted:
        return Outcome()
    try:
        protection = _protect(family, counting, before)
    except CannotProtectError:
        return Outcome(not_released=names)
    return _publish(family, counting, wanted, protection, as_of, young)


def is_released(family: Family, adopted: Sequence[Definition], periods: Sequence[Period]) -> bool:
    """Are the whole's figures of all these periods out already?"""
    rows = ReleasedFigure.objects.filter(family=family.value, who=WHOLE)
    out = set(rows.values_list("grain", "starts_on", "what"))
    return all((p.grain.value, p.first, name) in out for p in periods for name in _names(adopted))


def _names(adopted: Sequence[Definition]) -> set[str]:
    """The figures that these measures put on a page."""
    medians = {MEDIAN_DAYS} if any(d.kind is Kind.MEDIAN_DAYS for d in adopted) else set()
    return set(counts_of(adopted)) | medians


def _wanted(adopted: Sequence[Definition], counting: Counting) -> set[Key]:
    """Those figures for the whole, and for every partner that has any in the quarter."""
    places = {who for _period, who in counting.counts if who != UNCLAIMED}
    periods = {period for period, _who in counting.counts} | set(counting.months)
    return {Key(str(period), who, what) for period in periods for who in places for what in _names(adopted)}


def _before(family: Family, counting: Counting) -> _Before:
    first = {period.first for period, _who in counting.counts} | {m.first for m in counting.months}
    rows = ReleasedFigure.objects.filter(family=family.value, starts_on__in=first)
    return {Key(str(Period(r.starts_on, Grain(r.grain))), r.who, r.what): r for r in rows}


def _contradicts(before: _Before, counting: Counting) -> bool:
    """Does a published count say something else than what is counted now?"""
    now = {
        Key(str(period), who, what): number
        for (period, who), counts in counting.counts.items()
        for what, number in counts.items()
    }
    told = {name for counts in counting.counts.values() for name in counts}
    periods = {str(period) for period in counting.months} | {str(period) for period, _ in counting.counts}
    return any(
        figure.value is not None and figure.value != now.get(key, 0)
        for key, figure in before.items()
        if key.what in told and key.period in periods
    )


def _protect(family: Family, counting: Counting, before: _Before) -> Protection:
    table = build(counting.counts, LAYOUTS[family])
    shown: set[Cell] = {k for k, f in before.items() if f.value is not None and k in table.counts}
    hidden: set[Cell] = {k for k, f in before.items() if f.value is None and k in table.counts}
    return protect(table, DEFAULT, shown_before=frozenset(shown), hidden_before=frozenset(hidden))


def _publish(
    family: Family,
    counting: Counting,
    wanted: set[Key],
    protection: Protection,
    as_of: datetime,
    young: Callable[[], int | None],
) -> Outcome:
    row = Release.objects.create(
        family=family.value, as_of=as_of, policy=protection.policy.name, too_young=young()
    )
    named: dict[str, Period] = {str(period): period for period, _who in counting.counts}
    named |= {str(month): month for month in counting.months}
    figures = [_figure(row, family, key, named[key.period], counting, protection) for key in sorted(wanted)]
    ReleasedFigure.objects.bulk_create(figures)
    shown = sum(figure.value is not None for figure in figures)
    return Outcome(tuple(sorted(named)), shown, len(figures) - shown, too_young=row.too_young)


def _figure(
    row: Release, family: Family, key: Key, period: Period, counting: Counting, protection: Protection
) -> ReleasedFigure:
    at: At = (period, key.who)
    if key.what == MEDIAN_DAYS:
        state, value = _median(at, counting, protection)
    else:
        state, value = _count(at, key, counting, protection)
    return ReleasedFigure(
        release=row,
        family=family.value,
        grain=period.grain.value,
        starts_on=period.first,
        who=key.who,
        what=key.what,
        state=state.value,
        value=value,
    )


def _count(at: At, key: Key, counting: Counting, protection: Protection) -> tuple[Shown, int | None]:
    if not protection.shows(key):
        return Shown.HELD, None
    return Shown.SHOWN, counting.counts.get(at, {}).get(key.what, 0)


def _median(at: At, counting: Counting, protection: Protection) -> tuple[Shown, int | None]:
    """A median inherits the mark of its group, and needs 11 people on either side of it."""
    sent = counting.counts.get(at, {}).get("sent", 0)
    if sent < 2 * SMALLEST_SHOWN or not protection.shows(Key(str(at[0]), at[1], "sent")):
        return Shown.HELD, None
    days = counting.medians.get(at)
    return (Shown.NOT_REACHED, None) if days is None else (Shown.SHOWN, days)


def about(number: int) -> int | None:
    """A count to the nearest ten, for a figure that changes with every day; None for fewer than 11."""
    return None if number < SMALLEST_SHOWN else max(10, (number + 5) // 10 * 10)
