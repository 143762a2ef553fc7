"""What was counted, as tests read it back."""

from datetime import date

from django.db.models import QuerySet
from tests.measures.conftest import County

from commonweal.foundation.access import acting
from commonweal.measures.models import Result
from commonweal.measures.queries import released as queries
from commonweal.measures.shapes import Figure, Place
from commonweal.measures.vocabulary import Grain

JULY = date(2026, 7, 1)
MONTHS = [date(2026, m, 1) for m in range(4, 10)]


def released(measure: str, place: Place) -> dict[str, Figure]:
    shape = queries.measure(measure, by_partner=True)
    assert shape is not None
    return dict(shape.released.figures.get(place, {}))


def results(county: County) -> "QuerySet[Result]":
    """What was counted, as the counting program reads it."""
    with acting(county.mei):
        rows = Result.objects.order_by("measure", "base", "grain", "starts_on", "who", "known_to")
        len(rows)
        return rows


def whole(measure: str, first: date = JULY, grain: Grain = Grain.MONTH) -> dict[str, int | None]:
    return {what: f.value for what, f in released(measure, Place(grain, first)).items()}
