"""The search: words and wishes in, one page of places out, in one statement of SQL.

The statement is planned once for each connection: planning it would cost more than running it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from commonweal.directory.queries.lexicon import lexicon
from commonweal.directory.queries.places import spot_of
from commonweal.directory.queries.prepared import Statement, array, numbered, run, statement
from commonweal.directory.rules.card import Card, read_card
from commonweal.directory.rules.judging import ANY_DOMAIN, domain_number
from commonweal.directory.rules.needs import read_need
from commonweal.directory.rules.order import Match
from commonweal.directory.rules.places import (
    EVERYWHERE,
    NOWHERE,
    USUAL_RADIUS,
    box_around,
    cells_over,
    search_key,
)
from commonweal.directory.rules.plain_words import key_of
from commonweal.directory.shapes_search import Reading, SearchQuery, Spot
from commonweal.directory.vocabulary import Capacity, Visibility
from commonweal.kernel.domains import NeedDomain

CardMaker = Callable[[Sequence[UUID]], Mapping[UUID, str]]
_ROOMS = (Capacity.OPEN, Capacity.UNKNOWN, Capacity.WAITLIST, Capacity.CLOSED)
_BY_KEY = "e.keys && %(keys)s::bigint[]"
_BY_WORD = "(e.keys && %(any_keys)s::bigint[] and e.words @@ %(mentioned)s::tsquery)"
_BY_NAME = "(e.keys && %(any_keys)s::bigint[] and e.words @@ %(named)s::tsquery)"
_NEVER = "'~'"  # no word of ours is a tilde
MOST_SIZE = 50
MOST_PAGE = 200
WEAKEST_DOMAIN = 0.5
"""A need that the words name less surely than this, against the surest, brings no place of its own."""


@dataclass(frozen=True, slots=True)
class Found:
    """One place that fits, as the database judged it."""

    id: UUID
    card: Card
    match: Match
    meters: float | None
    room: Capacity
    stale: bool


Row = tuple[int, UUID, str | None, int, float | None, int, bool]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the database said: a page of places, how many fit, and how many were left out by each reason."""

    found: tuple[Found, ...]
    total: int
    left_out: dict[str, int]
    reading: Reading
    spot: Spot | None
    place_unknown: bool


def understand(query: SearchQuery) -> tuple[Reading, Spot | None, bool]:
    """The words read, the place found, and whether a place was named that nobody knows."""
    reading = read_need(query.need, lexicon()) if query.need.strip() else Reading()
    spot = query.spot or spot_of(query.near)
    return reading, spot, spot is None and bool(query.near.strip())


def find(query: SearchQuery, at: datetime, sight: Sequence[Visibility], missing: CardMaker) -> Answer:
    """The places that fit ``query`` at the moment ``at``, of the visibilities in ``sight``.

    ``missing`` makes the cards of entries that have none yet, as after a large delivery.
    """
    reading, spot, unknown = understand(query)
    hits: list[Row] = []
    total, left_out = 0, {}
    for row in _run(query, reading, spot, at, sight):
        if row[0] is not None:
            hits.append(row[:7])
        elif row[7] is None:
            total = row[8]
        else:
            left_out[row[7]] = row[8]
    hits.sort()
    bare = [row[1] for row in hits if row[2] is None]
    made = missing(bare) if bare else {}
    found = tuple(
        Found(id_, read_card(card or made[id_]), Match(match), meters, _ROOMS[room], stale)
        for _, id_, card, match, meters, room, stale in hits
    )
    return Answer(found, total, left_out, reading, spot, unknown)


def _run(
    query: SearchQuery, reading: Reading, spot: Spot | None, at: datetime, sight: Sequence[Visibility]
) -> list[tuple[Any, ...]]:
    domains = _domains(query, reading)
    names_words = bool(reading.words or reading.corrected)
    if domains:
        sql = _statement(f"({_BY_KEY} or {_BY_NAME})" if names_words else _BY_KEY)
    else:
        sql = _statement(_BY_WORD if names_words else _BY_KEY)
    return run(sql, _parameters(query, reading, domains, spot, at, sight))


@lru_cache(maxsize=8)
def _statement(candidates: str) -> Statement:
    """The search over these candidates."""
    return numbered(statement("search").replace("/*candidates*/", candidates))


def _domains(query: SearchQuery, reading: Reading) -> tuple[NeedDomain, ...]:
    if query.domain:
        return (query.domain,)
    best = max(reading.domains.values(), default=0.0)
    return tuple(d for d, weight in reading.domains.items() if weight >= best * WEAKEST_DOMAIN)


def _parameters(
    query: SearchQuery,
    reading: Reading,
    domains: Sequence[NeedDomain],
    spot: Spot | None,
    at: datetime,
    sight: Sequence[Visibility],
) -> dict[str, str | None]:
    """The parameters, all as text: the statement names their types, so that one plan serves every search."""
    here = at.astimezone(_usual_zone())
    radius = query.radius or USUAL_RADIUS
    cells = _cells(spot, radius)
    numbers = [domain_number(d) for d in domains] or [ANY_DOMAIN]
    size = max(1, min(query.size, MOST_SIZE))
    page = max(1, min(query.page, MOST_PAGE))
    left = [*reading.words, *(typed for typed, _ in reading.corrected)]
    return {
        "keys": array(search_key(number, cell) for number in numbers for cell in cells),
        "any_keys": array(search_key(ANY_DOMAIN, cell) for cell in cells),
        "named": _all_in_name(left),
        "mentioned": _any_of(left),
        "typed_all": _all_in_name(reading.typed),
        "typed_any": _any_of(reading.typed),
        "topics": array(reading.topics),
        "latitude": str(spot.latitude) if spot else None,
        "longitude": str(spot.longitude) if spot else None,
        "radius": str(radius),
        "sight": array(v.value for v in sight),
        "partner": str(query.partner_id) if query.partner_id else None,
        "moment": at.isoformat(),
        "today": here.date().isoformat(),
        "zone": settings.TIME_ZONE,
        "minute": str(here.weekday() * 1440 + here.hour * 60 + here.minute),
        "language": query.language,
        "open_now": _BOOL[query.open_now],
        "free": _BOOL[query.free],
        "age": None if query.age is None else str(query.age),
        "step_free": _BOOL[query.step_free],
        "no_documents": _BOOL[query.no_documents],
        "room_now": _BOOL[query.room_now],
        "include_stale": _BOOL[query.include_stale],
        "size": str(size),
        "offset": str((page - 1) * size),
    }


_BOOL = {True: "t", False: "f"}


@lru_cache(maxsize=1)
def _usual_zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)


def _cells(spot: Spot | None, radius: float) -> tuple[int, ...]:
    if spot is None:
        return (EVERYWHERE,)
    return (*cells_over(box_around(spot.latitude, spot.longitude, radius)), NOWHERE)


def _all_in_name(words: Iterable[str]) -> str:
    """A ``tsquery`` literal: all these words in a name. Words hold letters and digits alone."""
    return " & ".join(f"'{key}':A" for key in _keys_of(words)) or _NEVER


def _any_of(words: Iterable[str]) -> str:
    """A ``tsquery`` literal: any of these words anywhere."""
    return " | ".join(f"'{key}'" for key in _keys_of(words)) or _NEVER


def _keys_of(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(map(key_of, words)))[:12]


def wider(query: SearchQuery) -> float:
    """The radius of a second look, where the first found nothing."""
    return (query.radius or USUAL_RADIUS) * 4
