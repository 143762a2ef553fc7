"""What measures offer to higher storeys: released figures of live measures, and the act of counting."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from commonweal.foundation.access import Actor
from commonweal.measures import actions
from commonweal.measures.queries import released
from commonweal.measures.shapes import ComputeReport, MeasureShape
from commonweal.measures.vocabulary import Engine


def measure(measure_id: str) -> MeasureShape | None:
    """One measure as anyone may see it now, for the whole alone; without a live mandate it has no figures.
    None: unknown id."""
    return released.measure(measure_id)


def live_measures() -> list[MeasureShape]:
    """The adopted measures with their released figures, in the order of the list page."""
    return [shape for shape in released.measures() if shape.mandate_id]


def compute(
    period: str | None = None,
    as_of: datetime | str | None = None,
    engine: Engine | str = Engine.POSTGRESQL,
    *,
    by: Actor,
) -> ComputeReport:
    """See ``actions.compute``."""
    return actions.compute(period, as_of, engine, by=by)


def look_at_capture(*, by: Actor) -> int:
    """See ``actions.look_at_capture``."""
    return actions.look_at_capture(by=by)


def run_authorized(*, by: Actor) -> int:
    """See ``actions.run_authorized``."""
    return actions.run_authorized(by=by)


def set_target(measure: str, value: Decimal, due_on: date, *, mandate_id: UUID, by: Actor) -> None:
    """See ``actions.set_target``."""
    actions.set_target(measure, value, due_on, mandate_id=mandate_id, by=by)
