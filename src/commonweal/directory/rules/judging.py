"""From what the database gathered of a service at a place to its search entry: the numbers it is found by.

A place that strangers may not know gives no row; if none of a service's places may be shown, it has one
entry without a place, which no question about distance can locate (DOMAIN 4-T6).
"""

import zlib
from collections.abc import Collection, Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import available_timezones

from commonweal.directory.rules import fit
from commonweal.directory.rules.facts import costs_of, hours_of
from commonweal.directory.rules.lexicon import Lexicon
from commonweal.directory.rules.meaning import meaning_of
from commonweal.directory.rules.places import EVERYWHERE, NOWHERE, cells_of, search_keys
from commonweal.directory.rules.plain_words import key_of, tokens_of
from commonweal.directory.rules.schedule import Week, week_from
from commonweal.directory.rules.timetable import timetable_of

ANY_DOMAIN = 0
MOST_WORDS = 80


class Judged(NamedTuple):
    """A row of ``queries/judging.sql``. Ids and moments are text: they are only carried over."""

    id: str
    service_id: str
    location_id: str | None
    partner_id: str | None
    visibility: str
    name: str
    alternate_name: str
    organization: str
    description: str
    domains: str | None
    latitude: float | None
    longitude: float | None
    remote: bool
    languages: str
    interpreter: bool
    costs: str | None
    fees: str
    accessibility: str | None
    documents: str | None
    eligibility: str
    minimum_age: int | None
    maximum_age: int | None
    source_zone: str
    place_zone: str
    hours: str | None
    capacity: str
    capacity_at: str | None
    capacity_until: str | None
    verified_at: str | None
    helped: int | None
    asked: int | None


class Draft(NamedTuple):
    """A search entry before it is written: what the database finds, filters and orders by."""

    row: Judged
    keys: list[int]
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
    meaning = meaning_of(names, texts, split(row.domains), lexicon)
    return Draft(
        row,
        keys_of(meaning.domains, row.latitude, row.longitude),
        lexemes(names, row.organization, texts),
        meaning.offered,
        meaning.mentioned,
        languages_of(row.languages),
        cost_of(row.costs, row.fees)[0],
        step_free_of(row.accessibility or ""),
        documents_of(row.documents or "", row.eligibility),
        zone_of(row.hours, row.place_zone, row.source_zone, usual_zone),
        _week(row.hours, today),
    )


@lru_cache(maxsize=4096)
def split(words: str | None) -> tuple[str, ...]:
    """The words of a text that holds several codes."""
    return tuple(words.split()) if words else ()


@lru_cache(maxsize=256)
def domain_number(domain: str) -> int:
    """A small stable number for a need domain, never that of *any*."""
    return zlib.crc32(domain.encode()) & 0xFFFF or 1


def keys_of(domains: Iterable[str], latitude: float | None, longitude: float | None) -> list[int]:
    """The numbers by which an entry is found: each of its needs, and any, in each cell that holds it."""
    if latitude is None or longitude is None:
        cells: tuple[int, ...] = (NOWHERE, EVERYWHERE)
    else:
        cells = (*cells_of(latitude, longitude), EVERYWHERE)
    return search_keys([ANY_DOMAIN, *map(domain_number, domains)], cells)


def lexemes(names: list[str], organization: str, texts: list[str]) -> str:
    """A ``tsvector`` literal: words of names weigh ``A``, of descriptions ``D``; all letters and digits."""
    strong = {**_lexemes_of_organization(organization), **dict.fromkeys(map(key_of, names))}
    weak = [word for word in dict.fromkeys(map(key_of, texts)) if word not in strong]
    return _weighed(strong, ":1A ") + _weighed(weak, ":1D ")


def _weighed(words: Collection[str], weight: str) -> str:
    return weight.join(words) + weight if words else ""


@lru_cache(maxsize=16384)
def _lexemes_of_organization(name: str) -> dict[str, None]:
    return dict.fromkeys(map(key_of, tokens_of(name)))


def zone_of(hours: str | None, place_zone: str, source_zone: str, usual_zone: str) -> str:
    """The IANA zone of a timetable: what the hours say, else the place, else the source, else the usual."""
    said = hours_of(hours)[0].timezone if hours else ""
    return zone_of_names((said, place_zone, source_zone), usual_zone)


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
def languages_of(codes: str) -> tuple[str, ...]:
    """The languages as ISO 639-3, each once, sorted."""
    return tuple(sorted({fit.language_code(code) for code in codes.split()} - {""}))


@lru_cache(maxsize=8192)
def cost_of(costs: str | None, fees: str) -> tuple[fit.Known, str]:
    """Whether it is free, and the words for what it costs."""
    prices = costs_of(costs)
    words = [*(price.words.strip() for price in prices), fees]
    return fit.is_free([price.amount for price in prices], words), next((w for w in words if w), "")


@lru_cache(maxsize=8192)
def documents_of(documents: str, eligibility: str) -> fit.Known:
    """Whether one may come without papers; ``documents`` are lines."""
    return fit.asks_no_documents(documents.splitlines(), eligibility)


@lru_cache(maxsize=8192)
def step_free_of(descriptions: str) -> fit.Known:
    """Whether somebody who cannot climb stairs gets in."""
    return fit.is_step_free((descriptions,) if descriptions else ())
