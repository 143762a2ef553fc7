"""What is shown of a service in a list, gathered for its cards: the rows of ``queries/facts.sql``.

Lists that are alike at many places (hours above all) are decoded once and kept.
"""

from collections.abc import Sequence
from datetime import date, datetime, time
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

import msgspec


class HoursFacts(msgspec.Struct, frozen=True, array_like=True):
    """A row of hours, as stored."""

    freq: str
    interval: int | None
    byday: str
    bymonthday: str
    wkst: str
    dtstart: date | None
    until: date | None
    count: int | None
    valid_from: date | None
    valid_to: date | None
    opens_at: time | None
    closes_at: time | None
    closed: bool
    timezone: str
    notes: str


class PhoneFacts(msgspec.Struct, frozen=True, array_like=True):
    """A number; ``rank`` tells how near it is to the service (0 is nearest)."""

    number: str
    e164: str
    extension: str
    type: str
    rank: int


class CostFacts(msgspec.Struct, frozen=True, array_like=True):
    """A price, in amount or in words."""

    amount: float | None
    words: str


class CardFacts(NamedTuple):
    """A row of ``queries/facts.sql``: what a search entry does not hold already."""

    entry_id: UUID
    service_id: UUID
    location_id: UUID | None
    name: str
    alternate_name: str
    organization: str
    partner_id: UUID | None
    description: str
    domains: Sequence[str] | None
    application_process: str
    costs: str | None
    fees: str
    eligibility: str
    interpreter: bool
    alert: str
    minimum_age: float | None
    maximum_age: float | None
    capacity: str
    capacity_at: datetime | None
    capacity_until: date | None
    available: int | None
    verified_at: datetime | None
    verified_how: str
    verified_by: str
    languages: Sequence[str]
    zone: str
    documents: Sequence[str] | None
    accessibility: Sequence[str] | None
    areas: Sequence[str] | None
    phones: str | None
    hours: str | None
    address: Sequence[str] | None
    latitude: float | None
    longitude: float | None
    remote: bool
    confidential: bool
    helped: int
    asked: int


_hours = msgspec.json.Decoder(tuple[HoursFacts, ...])
_phones = msgspec.json.Decoder(tuple[PhoneFacts, ...])
_costs = msgspec.json.Decoder(tuple[CostFacts, ...])


@lru_cache(maxsize=8192)
def hours_of(raw: str | None) -> tuple[HoursFacts, ...]:
    """Rows of hours from their JSON."""
    return _hours.decode(raw) if raw else ()


def phones_of(raw: str | None) -> tuple[PhoneFacts, ...]:
    """Numbers from their JSON."""
    return _phones.decode(raw) if raw else ()


@lru_cache(maxsize=8192)
def costs_of(raw: str | None) -> tuple[CostFacts, ...]:
    """Prices from their JSON."""
    return _costs.decode(raw) if raw else ()
