"""What crosses the door of the directory. Frozen, without Django; ids are UUIDs, times are wall-clock."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from uuid import UUID

from commonweal.directory.vocabulary import Capacity, ServiceStatus, VerifiedHow, Visibility
from commonweal.kernel.domains import NeedDomain


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a row came from and when it was last seen there or confirmed."""

    source: str
    source_id: str
    first_seen_at: datetime
    not_seen_since: datetime | None = None
    verified_at: datetime | None = None
    verified_by: str = ""
    verified_how: VerifiedHow = VerifiedHow.NONE


@dataclass(frozen=True, slots=True)
class PhoneShape:
    """A telephone number as the source wrote it; ``extension`` is text (``0042`` keeps its zeros)."""

    id: UUID
    number: str
    extension: str = ""
    type: str = ""
    description: str = ""
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ScheduleShape:
    """A rule of opening hours. ``opens_at``/``closes_at`` are wall-clock times at the place;
    ``utc_offset_minutes`` is what the source published and is a hint only (DOMAIN §4.3).

    ``valid_to`` in the past: hours not confirmed. ``until`` in the past: not offered (DOMAIN 4-T7).
    """

    id: UUID
    freq: str = ""
    interval: int | None = None
    byday: str = ""
    bymonthday: str = ""
    byweekno: str = ""
    byyearday: str = ""
    wkst: str = ""
    dtstart: date | None = None
    until: date | None = None
    count: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    opens_at: time | None = None
    closes_at: time | None = None
    closed: bool = False
    timezone: str = ""
    utc_offset_minutes: int | None = None
    attending_type: str = ""
    description: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class AddressShape:
    """A postal or street address."""

    id: UUID
    address_1: str
    address_2: str
    city: str
    region: str
    state_province: str
    postal_code: str
    country: str
    address_type: str = "physical"
    attention: str = ""


@dataclass(frozen=True, slots=True)
class LocationShape:
    """A place. Coordinates are WGS84 degrees or None, never 0,0."""

    id: UUID
    name: str
    location_type: str
    latitude: float | None
    longitude: float | None
    addresses: tuple[AddressShape, ...] = ()
    phones: tuple[PhoneShape, ...] = ()
    schedules: tuple[ScheduleShape, ...] = ()
    accessibility: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    transportation: str = ""
    timezone: str = ""
    visibility: Visibility = Visibility.PUBLIC


@dataclass(frozen=True, slots=True)
class OrganizationShape:
    """Who offers a service. ``partner_id`` where it sits at the table."""

    id: UUID
    name: str
    description: str = ""
    email: str = ""
    website: str = ""
    partner_id: UUID | None = None
    visibility: Visibility = Visibility.PUBLIC


@dataclass(frozen=True, slots=True)
class CapacityShape:
    """Room for new clients, with the date of the report that says so."""

    state: Capacity
    reported_at: datetime | None = None
    reported_by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ServiceShape:
    """What a neighbor can get."""

    id: UUID
    name: str
    description: str
    organization: OrganizationShape | None
    status: ServiceStatus
    domains: tuple[NeedDomain, ...] = ()
    url: str = ""
    email: str = ""
    alert: str = ""
    application_process: str = ""
    fees_description: str = ""
    wait_time: str = ""
    eligibility_description: str = ""
    interpretation_services: str = ""
    accreditations: str = ""
    minimum_age: Decimal | None = None
    maximum_age: Decimal | None = None
    languages: tuple[str, ...] = ()
    required_documents: tuple[str, ...] = ()
    service_areas: tuple[str, ...] = ()
    locations: tuple[LocationShape, ...] = ()
    phones: tuple[PhoneShape, ...] = ()
    schedules: tuple[ScheduleShape, ...] = ()
    capacity: CapacityShape = field(default_factory=lambda: CapacityShape(Capacity.UNKNOWN))
    provenance: Provenance | None = None
    visibility: Visibility = Visibility.PUBLIC
