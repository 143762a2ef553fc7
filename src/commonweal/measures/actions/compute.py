"""Counting adopted measures and releasing what may be seen.

Quarter by quarter: the months that are old enough are counted from what was known when they became old
enough, kept as results, protected together with everything released before, and released once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from time import perf_counter

from django.utils.timezone import get_default_timezone, localtime

from commonweal.foundation import audit
from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.bus import publish
from commonweal.kernel.clock import now
from commonweal.kernel.errors import BadInput, Refused
from commonweal.kernel.periods import Month
from commonweal.kernel.words import N_
from commonweal.measures import access
from commonweal.measures.actions.counting import count
from commonweal.measures.actions.releasing import Outcome, about, is_released, release
from commonweal.measures.events import MeasuresReleased
from commonweal.measures.queries import cases, released
from commonweal.measures.queries.engines import engine_called
from commonweal.measures.rules import periods
from commonweal.measures.rules.definitions import DEFINITIONS, of_family
from commonweal.measures.rules.periods import Period
from commonweal.measures.shapes import ComputeReport, Definition
from commonweal.measures.vocabulary import Engine, Family

HISTORY_MONTHS = 27
"""How far back a first computation goes: two years of figures, the time to mature, and a whole quarter."""


def compute(
    period: str | None = None,
    as_of: datetime | str | None = None,
    engine: Engine | str = Engine.POSTGRESQL,
    *,
    by: Actor,
) -> ComputeReport:
    """Count every adopted measure for the periods that may be reported by ``as_of`` (now; ISO 8601, a day
    means its end), or for the month or quarter ``period`` (``2026-07``, ``2026-Q3``) alone, and release what
    is new. Facts are read by the counting program, without names, whoever calls.

    Running it again with the same ``as_of`` gives the same numbers and releases nothing twice. A measure
    without a live mandate is not counted. Raises Refused, BadInput.
    """
    verdict = access.may_compute(by)
    if not verdict:
        raise Refused(verdict)
    began = perf_counter()
    work = _Work(_moment(as_of), _only(period), engine_called(engine))
    counting = Actor(Role.BACKEND_SERVICE, Purpose.OPS, by.partner_id, by.account_id, name=by.name)
    with acting(counting):
        report = work.do(cases.Run(counting))
        if report.periods:
            _tell(report, by, verdict.rule)
    return replace(report, seconds=perf_counter() - began)


def _moment(as_of: datetime | str | None) -> datetime:
    if as_of is None or isinstance(as_of, datetime):
        return as_of or now()
    try:
        moment = datetime.fromisoformat(as_of)
    except ValueError as fault:
        raise BadInput("as-of", f"{as_of} is not a moment like 2026-10-31 or 2026-10-31T12:00") from fault
    if len(as_of) <= len("2026-10-31"):
        moment += timedelta(days=1)
    return moment if moment.tzinfo else moment.replace(tzinfo=get_default_timezone())


def _only(period: str | None) -> Period | None:
    if period is None:
        return None
    try:
        return periods.parse(period)
    except ValueError as fault:
        raise BadInput(
            "period", f"{period} is neither a month like 2026-07 nor a quarter like 2026-Q3"
        ) from fault


@dataclass(frozen=True)
class _Work:
    """One computation: up to when, for which period, on which engine."""

    as_of: datetime
    only: Period | None
    engine: Engine

    def do(self, run: cases.Run) -> ComputeReport:
        live = released.live()
        outcome = Outcome()
        for family in Family:
            adopted = [d for d in of_family(family) if d.id in live]
            if adopted:
                outcome += self._family(run, family, adopted)
        return ComputeReport(
            as_of=self.as_of,
            engine=self.engine.value,
            computed=tuple(d.id for d in DEFINITIONS if d.id in live),
            not_adopted=tuple(d.id for d in DEFINITIONS if d.id not in live),
            periods=tuple(sorted(set(outcome.periods))),
            shown=outcome.shown,
            held=outcome.held,
            not_released=outcome.not_released,
            too_young=outcome.too_young,
        )

    def _family(self, run: cases.Run, family: Family, adopted: Sequence[Definition]) -> Outcome:
        """Count and release one family, quarter by quarter, oldest first."""
        months = self._months(adopted[0])
        outcome = Outcome()

        @cache
        def young() -> int | None:
            if family is not Family.REFERRAL:
                return None
            return about(cases.too_young(run, months[-1], self.as_of))

        for quarter in sorted({month.quarter for month in months}):
            own = self._asked(quarter, [month for month in months if month.quarter == quarter])
            whole = quarter if len(own) == 3 else None
            if own and not (self.only is None and is_released(family, adopted, [*own, whole or own[0]])):
                counting = count(run, family, adopted, own, whole, self.engine)
                outcome += release(family, adopted, counting, self.as_of, young)
        return outcome

    def _asked(self, quarter: Period, months: list[Period]) -> list[Period]:
        if self.only is None or self.only == quarter:
            return months
        return [month for month in months if month == self.only]

    def _months(self, definition: Definition) -> list[Period]:
        """The months that may be reported, of the last years, whole quarters first."""
        today = localtime(self.as_of, get_default_timezone()).date()
        first = Month.of(periods.quarter_of(Month.of(today).plus(-HISTORY_MONTHS)).first)
        wait = (definition.look_forward_days, definition.run_out_days)
        return list(periods.reportable(first, today, *wait)[0])


def _tell(report: ComputeReport, by: Actor, rule: str) -> None:
    audit.record(
        "measure.released",
        by=by,
        subject=("measures", report.periods[-1]),
        words=N_("counted the adopted measures and released their figures"),
        because=rule,
        details={"periods": list(report.periods), "shown": report.shown, "held": report.held},
    )
    publish(MeasuresReleased(report.computed, report.periods, report.as_of))
