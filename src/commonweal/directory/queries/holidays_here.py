"""Public holidays where a place is, so that nobody stands before a closed door on Labor Day."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

import holidays
from django.conf import settings

_NONE: dict[date, str] = {}


def holidays_at(country: str, state: str, year: int) -> Mapping[date, str]:
    """The holidays of a year in a state, by their English names; of the country where the state has none."""
    return _holidays(country.upper()[:2], state.upper()[:3], year)


@lru_cache(maxsize=256)
def _holidays(country: str, state: str, year: int) -> dict[date, str]:
    country = country or settings.COUNTRY
    state = state or settings.SUBDIVISION
    for part in (state, None):
        try:
            return dict(holidays.country_holidays(country, subdiv=part or None, years=year).items())
        except NotImplementedError:
            continue
    return _NONE
