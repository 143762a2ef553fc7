"""Running the definitions over a quarter's cases, and keeping what came out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from commonweal.measures.models import Result
from commonweal.measures.queries import cases
from commonweal.measures.queries.engines import Laid, referral_table, runner, screening_table
from commonweal.measures.rules.definitions import LAYOUTS, counts_of, sql
from commonweal.measures.rules.figures import At, Counted, take, with_remainders
from commonweal.measures.rules.periods import Period
from commonweal.measures.shapes import Base, Definition, Row
from commonweal.measures.vocabulary import Engine, Family, Grain, Kind


@dataclass(frozen=True)
class Counting:
    """What was counted for some months of a quarter, and for the quarter where it is whole."""

    quarter: Period | None
    months: tuple[Period, ...]
    counts: dict[At, dict[str, int]]
    medians: dict[At, int | None] = field(default_factory=dict)
    differs: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not any(any(counts.values()) for counts in self.counts.values())


def count(
    run: cases.Run,
    family: Family,
    adopted: Sequence[Definition],
    months: Sequence[Period],
    quarter: Period | None,
    engine: Engine,
) -> Counting:
    """Count the months, and the quarter from the very same cases, so that the one is the sum of the other."""
    counted, kept = Counted(), list[Result]()
    cuts = {month: cases.known_to(month, adopted[0]) for month in months}
    machine = runner(engine, _table(run, family, cuts))
    grains = (Grain.MONTH, Grain.QUARTER) if quarter else (Grain.MONTH,)
    for definition in adopted:
        for base in definition.bases:
            for grain in grains:
                rows = [
                    row
                    for by_partner in (False, True)
                    for row in machine.run(
                        sql(base, grain, by_partner=by_partner, family=family), definition.kind
                    )
                ]
                take(counted, definition, base, grain, rows)
                kept += _results(definition, base, grain, rows, counted, max(cuts.values()), cuts, engine)
    differs = _keep(kept)
    whole = with_remainders(counted.counts, counts_of(adopted), LAYOUTS[family])
    return Counting(quarter, tuple(months), whole, counted.medians, differs)


def _table(run: cases.Run, family: Family, cuts: dict[Period, datetime]) -> Laid:
    if family is Family.REFERRAL:
        return referral_table(
            [c for month, cut in cuts.items() for c in cases.referral_cases(run, month, cut)]
        )
    return screening_table([c for month, cut in cuts.items() for c in cases.screening_cases(run, month, cut)])


def _results(
    definition: Definition,
    base: Base,
    grain: Grain,
    rows: Sequence[Row],
    counted: Counted,
    last_cut: datetime,
    cuts: dict[Period, datetime],
    engine: Engine,
) -> list[Result]:
    """One result a place; the rows of waits are many to one."""
    sums: dict[At, list[int]] = {}
    for row in rows:
        both = sums.setdefault((Period(row.period, grain), row.who), [0, 0])
        both[0] += row.numerator
        both[1] += row.denominator
    return [
        Result(
            measure=definition.id,
            version=definition.version,
            base=base.id,
            grain=grain.value,
            starts_on=period.first,
            who=who,
            known_to=cuts.get(period, last_cut),
            numerator=numerator,
            denominator=denominator,
            median_days=counted.medians.get((period, who)) if definition.kind is Kind.MEDIAN_DAYS else None,
            engine=engine.value,
        )
        for (period, who), (numerator, denominator) in sums.items()
    ]


_Name = tuple[str, int, str, str, object, str, object]


def _name(row: Result) -> _Name:
    return row.measure, row.version, row.base, row.grain, row.starts_on, row.who, row.known_to


def _numbers(row: Result) -> tuple[int, int, int | None]:
    return row.numerator, row.denominator, row.median_days


def _keep(rows: Sequence[Result]) -> tuple[str, ...]:
    """Store what is new. What was stored before must be the same: the periods that differ are returned."""
    measures = {row.measure for row in rows}
    starts = {row.starts_on for row in rows}
    before = {_name(row): row for row in Result.objects.filter(measure__in=measures, starts_on__in=starts)}
    differs = set()
    for row in rows:
        old = before.get(_name(row))
        if old is not None and _numbers(old) != _numbers(row):
            differs.add(str(Period(row.starts_on, Grain(row.grain))))
    Result.objects.bulk_create([row for row in rows if _name(row) not in before])
    return tuple(sorted(differs))
