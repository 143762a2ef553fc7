"""From a card that fits to a hit: open or not, room or not, why, and what may stand in the way."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID
from zoneinfo import ZoneInfo

from commonweal.directory.rules.card import Card
from commonweal.directory.rules.freshness import freshness_words
from commonweal.directory.rules.opening import Opening, opening, opening_words
from commonweal.directory.rules.places import way_words
from commonweal.directory.rules.reasons import Asked, obstacles, why
from commonweal.directory.rules.room import room_at, room_words
from commonweal.directory.shapes_search import Hit, Sentence
from commonweal.kernel.words import N_

NO_HOLIDAYS: Mapping[date, str] = {}


def hit_of(
    card: Card,
    asked: Asked,
    at: datetime,
    *,
    entry_id: UUID,
    meters: float | None = None,
    stale: bool = False,
    holidays: Mapping[date, str] = NO_HOLIDAYS,
) -> Hit:
    """What a page says of the place at the moment ``at``."""
    here = at.astimezone(zone_called(card.zone)).replace(tzinfo=None)
    open_now = opening_of(card, at, holidays)
    room = room_at(card.capacity, card.capacity_at, card.capacity_until, at, here.date())
    return Hit(
        entry_id=entry_id,
        service_id=card.service_id,
        location_id=card.location_id,
        name=card.name,
        organization=card.organization,
        partner_id=card.partner_id,
        meters=meters,
        capacity=room.value,
        capacity_until=card.capacity_until,
        room=room_words(room, card.capacity_until, card.available),
        hours=opening_words(open_now, here),
        open_state=open_now.state.value,
        way=_way(card, meters),
        why=why(card, asked, open_now),
        obstacles=obstacles(card, asked, open_now, room, stale),
        freshness=freshness_words(card.verified_at, card.verified_how, card.verified_by, at),
        phone=card.phone,
        phone_link=card.phone_link,
        languages=card.languages,
        confidential=card.confidential,
        address=", ".join(part for part in (card.address, card.city) if part),
    )


def opening_of(card: Card, at: datetime, holidays: Mapping[date, str] = NO_HOLIDAYS) -> Opening:
    """Whether the place is open: the same answer for a minute, for all that keep the same hours."""
    minute = at.replace(second=0, microsecond=0)
    here = minute.astimezone(zone_called(card.zone)).date()
    holiday = holidays.get(here, "")
    return _opening(card.rules, card.off_days, minute, card.zone, here, holiday)


@lru_cache(maxsize=4096)
def _opening(
    rules: tuple[object, ...],
    off_days: tuple[object, ...],
    minute: datetime,
    zone: str,
    day: date,
    holiday: str,
) -> Opening:
    named = {day: holiday} if holiday else NO_HOLIDAYS
    return opening(rules, off_days, minute, zone_called(zone), named)  # type: ignore[arg-type]


@lru_cache(maxsize=512)
def zone_called(name: str) -> ZoneInfo:
    """The zone of an IANA name that was checked when the entry was made."""
    return ZoneInfo(name)


def _way(card: Card, meters: float | None) -> Sentence | None:
    if meters is not None:
        return way_words(meters)
    if card.confidential:
        return Sentence("way.secret", N_("Address kept secret"))
    return Sentence("way.remote", N_("By phone or online")) if card.remote else None
