"""All that the answer to a search says of one place: made when a service changes, read when somebody asks.

A card holds what a stranger may know and nothing else. It is kept beside the search entry as JSON.
"""

from datetime import date, datetime
from uuid import UUID

import msgspec

from commonweal.directory.rules.fit import Known, Way
from commonweal.directory.rules.schedule import OffDay, Rule
from commonweal.directory.vocabulary import Capacity, VerifiedHow


class Card(msgspec.Struct, frozen=True, omit_defaults=True):
    """A service at a place (or at none), as shown in a list. Ages in years, coordinates in degrees."""

    service_id: UUID
    name: str
    organization: str = ""
    location_id: UUID | None = None
    partner_id: UUID | None = None
    confidential: bool = False
    remote: bool = False
    address: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None
    phone: str = ""
    phone_link: str = ""
    zone: str = ""
    rules: tuple[Rule, ...] = ()
    off_days: tuple[OffDay, ...] = ()
    topics: tuple[str, ...] = ()
    more_topics: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    interpreter: bool = False
    documents: Known = Known.UNKNOWN
    document_list: tuple[str, ...] = ()
    free: Known = Known.UNKNOWN
    cost: str = ""
    minimum_age: float | None = None
    maximum_age: float | None = None
    eligibility: str = ""
    step_free: Known = Known.UNKNOWN
    way_in: Way = Way.UNKNOWN
    areas: tuple[str, ...] = ()
    alert: str = ""
    capacity: Capacity = Capacity.UNKNOWN
    capacity_at: datetime | None = None
    capacity_until: date | None = None
    available: int | None = None
    verified_at: datetime | None = None
    verified_how: VerifiedHow = VerifiedHow.NONE
    verified_by: str = ""
    helped: int = 0
    asked: int = 0


_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(Card)


def write_card(card: Card) -> bytes:
    """The card as JSON."""
    return _ENCODER.encode(card)


def read_card(raw: bytes | str) -> Card:
    """A card from its JSON. Raises ``msgspec.ValidationError`` where it is none."""
    return _DECODER.decode(raw)
