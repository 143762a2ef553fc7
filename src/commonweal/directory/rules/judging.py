"""From what the database gathered of a service at a place to its search entry: the numbers it is found by.

A place that strangers may not know gives no row; if none of a service's places may be shown, it has one
entry without a place, which no question about distance can locate (DOMAIN 4-T6).
"""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID
from zoneinfo import available_timezones

from commonweal.directory.rules import fit
from commonweal.directory.rules.facts import costs_of, hours_of
from commonweal.directory.rules.lexicon import Lexicon
from commonweal.directory.rules.meaning import meaning_of
from commonweal.directory.rules.places import EVERYWHERE, NOWHERE, cells_of, search_key
from commonweal.directory.rules.plain_words import key_of, tokens_of
from commonweal.directory.rules.schedule import Week, week_from
from commonweal.directory.rules.timetable import timetable_of

ANY_DOMAIN = 0
MOST_WORDS = 80


class Judged(NamedTuple):
    """A row of ``queries/judging.sql``."""

    id: UUID
    service_id: UUID
    location_id: UUID | None
    partner_id: UUID | None
    visibility: str
    name: str
    alternate_name: str
    organization: str
    description: str
    domains: Sequence[str] | None
    latitude: float | None
    longitude: float | None
    remote: bool
    languages: Sequence[str] | None
    place_languages: Sequence[str] | None
    interpreter: bool
    costs: str | None
    fees: str
    accessibility: Sequence[str] | None
    documents: Sequence[str] | None
    eligibility: str
    minimum_age: float | None
    maximum_age: float | None
    source_zone: str | None
    place_zone: str
    own_hours: str | None
    service_hours: str | None
    place_hours: str | None
    capacity: str
    capacity_at: datetime | None
    capacity_until: date | None
    verified_at: datetime | None
    helped: Sequence[int | None]


@dataclass(frozen=True, slots=True)
class Draft:
    """A search entry before it is written: what the database finds, filters and orders by."""

    row: Judged
    keys: tuple[int, ...]
    words: str
    topics: tuple[str, ...]
    more_topics: tuple[str, ...]
    languages: tuple[str, ...]
    free: fit.Known
    step_free: fit.Known
    no_documents: fit.Known
    zone: str
    week: Week

    @property
    def check_from(self) -> date | None:
        """From which day on the quick look at the hours no longer holds."""
        return self.week.holds_until + timedelta(days=1) if self.week.holds_until else None


def drafts_of(rows: Iterable[Judged], lexicon: Lexicon, usual_zone: str, today: date) -> Iterable[Draft]:
    """The entries of the rows; what has ended has none. ``usual_zone`` holds where nothing is said."""
    for row in rows:
        draft = _draft(row, lexicon, usual_zone, today)
        if not draft.week.ended:
            yield draft


def _draft(row: Judged, lexicon: Lexicon, usual_zone: str, today: date) -> Draft:
    names = tokens_of(f"{row.name} {row.alternate_name}" if row.alternate_name else row.name)
    texts = tokens_of(row.description)[:MOST_WORDS]
    meaning = meaning_of(names, texts, tuple(row.domains or ()), lexicon)
    hours = row.own_hours or row.service_hours or row.place_hours
    zone = zone_of(hours, row.place_zone, row.source_zone, usual_zone)
    codes = (*(row.languages or ()), *(row.place_languages or ()))
    return Draft(
        row,
        keys_of(meaning.domains, row.latitude, row.longitude),
        lexemes([*names, *tokens_of(row.organization)], texts),
        meaning.offered,
        meaning.mentioned,
        languages_of(codes),
        cost_of(row.costs, row.fees)[0],
        step_free_of(tuple(row.accessibility or ())),
        documents_of(tuple(row.documents or ()), row.eligibility),
        zone,
        _week(hours, today),
    )


@lru_cache(maxsize=256)
def domain_number(domain: str) -> int:
    """A small stable number for a need domain, never that of *any*."""
    return zlib.crc32(domain.encode()) & 0xFFFF or 1


def keys_of(domains: Iterable[str], latitude: float | None, longitude: float | None) -> tuple[int, ...]:
    """The numbers by which an entry is found: each of its needs, and any, in each cell that holds it."""
    if latitude is None or longitude is None:
        cells: tuple[int, ...] = (NOWHERE, EVERYWHERE)
    else:
        cells = (*cells_of(latitude, longitude), EVERYWHERE)
    numbers = [ANY_DOMAIN, *map(domain_number, domains)]
    return tuple([search_key(number, cell) for number in numbers for cell in cells])


def lexemes(names: Iterable[str], texts: Iterable[str]) -> str:
    """A ``tsvector`` literal: words of names weigh ``A``, of descriptions ``D``; all letters and digits."""
    found = dict.fromkeys(map(key_of, texts), "D")
    found.update(dict.fromkeys(map(key_of, names), "A"))
    return " ".join([f"{word}:1{weight}" for word, weight in found.items()])


def zone_of(hours: str | None, place_zone: str, source_zone: str | None, usual_zone: str) -> str:
    """The IANA zone of a timetable: what the hours say, else the place, else the source, else the usual."""
    said = hours_of(hours)[0].timezone if hours else ""
    return zone_of_names((said, place_zone, source_zone or ""), usual_zone)


def zone_of_names(names: Iterable[str], usual_zone: str) -> str:
    """The first of these that is an IANA zone, else the usual one."""
    for zone in names:
        if zone and zone in _zones():
            return zone
    return usual_zone


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


@lru_cache(maxsize=8192)
def _week(hours: str | None, today: date) -> Week:
    """Many places keep the same hours, so the week of a timetable is worked out once."""
    return week_from(*timetable_of(hours_of(hours)), today)


@lru_cache(maxsize=8192)
def languages_of(codes: tuple[str, ...]) -> tuple[str, ...]:
    """The languages as ISO 639-3, each once, sorted."""
    return tuple(sorted({fit.language_code(code) for code in codes} - {""}))


@lru_cache(maxsize=8192)
def cost_of(costs: str | None, fees: str) -> tuple[fit.Known, str]:
    """Whether it is free, and the words for what it costs."""
    prices = costs_of(costs)
    words = [*(price.words.strip() for price in prices), fees]
    return fit.is_free([price.amount for price in prices], words), next((w for w in words if w), "")


documents_of = lru_cache(maxsize=8192)(fit.asks_no_documents)
step_free_of = lru_cache(maxsize=8192)(fit.is_step_free)
