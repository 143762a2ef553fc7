"""Which instruments there are, read from their stored files."""

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from uuid import UUID

from commonweal.kernel.errors import NotFound
from commonweal.screening.models import Instrument
from commonweal.screening.rules.questionnaire import read_questionnaire
from commonweal.screening.shapes import InstrumentShape
from commonweal.screening.vocabulary import CHECK_IN


def shape_of(row: Instrument) -> InstrumentShape:
    """The instrument in a stored row."""
    return _parsed(row.id)


def instrument(instrument_id: UUID) -> InstrumentShape:
    """One instrument, also a retired one. Raises NotFound."""
    return _parsed(instrument_id)


def current(key: str) -> InstrumentShape:
    """The instrument of that key which is asked now. Raises NotFound."""
    found = Instrument.objects.filter(key=key, retired_at__isnull=True).values_list("id", flat=True).first()
    if found is None:
        raise NotFound(key)
    return _parsed(found)


def all_current() -> list[InstrumentShape]:
    """Every instrument that is asked now, our own first."""
    ids = Instrument.objects.filter(retired_at__isnull=True).values_list("id", flat=True)
    return sorted(map(_parsed, ids), key=lambda one: (one.key != CHECK_IN, one.title.first))


def instruments(ids: Iterable[UUID]) -> dict[UUID, InstrumentShape]:
    """Instruments by id, in one batch of parsed files."""
    return {one: _parsed(one) for one in set(ids)}


@lru_cache(maxsize=64)
def _parsed(instrument_id: UUID) -> InstrumentShape:
    """Parsed once a process: a stored file never changes."""
    row = Instrument.objects.filter(id=instrument_id).first()
    if row is None:
        raise NotFound(str(instrument_id))
    return replace(read_questionnaire(row.definition, row.key, row.key), id=row.id)
