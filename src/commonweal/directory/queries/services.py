"""Services as shapes, whole: for the service page and for other contexts.

Row-level security hides what the actor may not see; here a place that is confidential loses its address
and its point for everyone, and rows that are stricter than the service are left out for strangers.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, cast
from uuid import UUID

from django.db.models import Q

from commonweal.directory import models as m
from commonweal.directory.queries.owners import organization_of
from commonweal.directory.rules.fit import language_code
from commonweal.directory.shapes import (
    AddressShape,
    CapacityShape,
    LocationShape,
    OrganizationShape,
    PhoneShape,
    Provenance,
    ScheduleShape,
    ServiceShape,
)
from commonweal.directory.vocabulary import (
    Capacity,
    HiddenReason,
    LocationType,
    ServiceStatus,
    VerifiedHow,
    Visibility,
)
from commonweal.kernel.domains import NeedDomain

_CONFIDENTIAL = HiddenReason.CONFIDENTIAL_ADDRESS
Sight = Sequence[Visibility]


def services(ids: Iterable[UUID], sight: Sight, own: UUID | None = None) -> dict[UUID, ServiceShape]:
    """The services of these ids that may be seen at ``sight``, or that belong to the partner ``own``."""
    seen = m.Service.objects.select_related("organization").filter(id__in=list(ids))
    visible = Q(visibility__in=list(sight))
    if own is not None:
        visible |= Q(organization__partner_id=own)
    rows = list(seen.filter(visible))
    parts = _Parts([row.id for row in rows], [r.organization_id for r in rows if r.organization_id])
    return {row.id: _service(row, parts) for row in rows}


def ids_of_partner(partner_id: UUID) -> list[UUID]:
    """The services of a partner's organizations that go on."""
    found = m.Service.objects.filter(
        organization__partner_id=partner_id, status=ServiceStatus.ACTIVE, not_seen_since__isnull=True
    )
    return list(found.order_by("name", "id").values_list("id", flat=True))


class _Parts:
    """What hangs on some services, fetched once for all of them."""

    def __init__(self, ids: list[UUID], organization_ids: list[UUID]) -> None:
        here = {"not_seen_since__isnull": True}
        at = m.ServiceAtLocation.objects.select_related("location").filter(
            service_id__in=ids, location__not_seen_since__isnull=True, **here
        )
        self.at = _grouped(at.order_by("id"), "service_id")
        places = [row.location_id for rows in self.at.values() for row in rows]
        at_ids = [row.id for rows in self.at.values() for row in rows]
        self.addresses = _grouped(m.Address.objects.filter(location_id__in=places, **here), "location_id")
        self.access = _grouped(m.Accessibility.objects.filter(location_id__in=places, **here), "location_id")
        on = Q(service_id__in=ids) | Q(location_id__in=places) | Q(service_at_location_id__in=at_ids)
        self.schedules = list(m.Schedule.objects.filter(on, **here).order_by("opens_at", "byday", "id"))
        self.phones = list(
            m.Phone.objects.filter(on | Q(organization_id__in=organization_ids), contact__isnull=True, **here)
        )
        spoken = Q(service_id__in=ids) | Q(location_id__in=places)
        self.languages = list(m.Language.objects.filter(spoken, **here).exclude(code=""))
        self.documents = _grouped(m.RequiredDocument.objects.filter(service_id__in=ids, **here), "service_id")
        self.areas = _grouped(m.ServiceArea.objects.filter(service_id__in=ids, **here), "service_id")
        self.needs = _grouped(m.ServiceNeedDomain.objects.filter(service_id__in=ids), "service_id")


def _grouped(rows: Iterable[Any], field: str) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, field)].append(row)
    return found


def _service(row: m.Service, parts: _Parts) -> ServiceShape:
    allowed = {Visibility.PUBLIC.value, row.visibility}
    organization = organization_of(row)
    return ServiceShape(
        id=row.id,
        name=row.name,
        description=row.description,
        organization=_organization(organization) if organization else None,
        status=ServiceStatus(row.status),
        domains=tuple(NeedDomain(n.domain) for n in parts.needs[row.id]),
        url=row.url,
        email=row.email,
        alert=row.alert,
        application_process=row.application_process,
        fees_description=row.fees_description or row.fees,
        wait_time=row.wait_time,
        eligibility_description=row.eligibility_description,
        interpretation_services=row.interpretation_services,
        accreditations=row.accreditations,
        minimum_age=row.minimum_age,
        maximum_age=row.maximum_age,
        languages=_spoken(parts, allowed, service_id=row.id),
        required_documents=tuple(d.document for d in parts.documents[row.id] if d.visibility in allowed),
        service_areas=tuple(a.name for a in parts.areas[row.id] if a.name and a.visibility in allowed),
        locations=tuple(
            place
            for at in parts.at[row.id]
            if at.visibility in allowed
            for place in [_location(at, parts, allowed)]
            if place
        ),
        phones=tuple(
            _phone(p)
            for p in parts.phones
            if p.visibility in allowed
            and (p.service_id == row.id or (row.organization_id and p.organization_id == row.organization_id))
        ),
        schedules=tuple(
            _schedule(h) for h in parts.schedules if h.service_id == row.id and h.visibility in allowed
        ),
        capacity=CapacityShape(Capacity(row.capacity), row.capacity_at, row.capacity_by, row.capacity_note),
        provenance=_provenance(row),
        visibility=Visibility(row.visibility),
    )


def _organization(row: m.Organization) -> OrganizationShape:
    return OrganizationShape(
        row.id,
        row.name,
        row.description,
        row.email,
        row.website,
        row.partner_id,
        Visibility(row.visibility),
    )


def _location(at: m.ServiceAtLocation, parts: _Parts, allowed: set[str]) -> LocationShape | None:
    """A place, or what may be told of a confidential one: that it is there, and nothing of where."""
    row = cast(m.Location, at.location)
    addresses = parts.addresses[row.id]
    if row.hidden_reason == _CONFIDENTIAL or any(a.hidden_reason == _CONFIDENTIAL for a in addresses):
        return None
    if row.visibility not in allowed:
        return None
    return LocationShape(
        id=row.id,
        name=row.name,
        location_type=LocationType(row.location_type),
        latitude=row.latitude,
        longitude=row.longitude,
        addresses=tuple(_address(a) for a in addresses if a.visibility in allowed),
        phones=tuple(
            _phone(p)
            for p in parts.phones
            if p.visibility in allowed and (p.location_id == row.id or p.service_at_location_id == at.id)
        ),
        schedules=tuple(
            _schedule(h)
            for h in parts.schedules
            if h.visibility in allowed and (h.location_id == row.id or h.service_at_location_id == at.id)
        ),
        accessibility=tuple(
            " ".join(part for part in (a.description, a.details) if part)
            for a in parts.access[row.id]
            if a.visibility in allowed
        ),
        languages=_spoken(parts, allowed, location_id=row.id),
        transportation=row.transportation,
        timezone=row.timezone,
        visibility=Visibility(row.visibility),
    )


def _spoken(parts: _Parts, allowed: set[str], **owner: UUID) -> tuple[str, ...]:
    ((field, id_),) = owner.items()
    codes = {
        language_code(g.code) for g in parts.languages if getattr(g, field) == id_ and g.visibility in allowed
    }
    return tuple(sorted(codes - {""}))


def _address(row: m.Address) -> AddressShape:
    return AddressShape(
        row.id,
        row.address_1,
        row.address_2,
        row.city,
        row.region,
        row.state_province,
        row.postal_code,
        row.country,
        row.address_type,
        row.attention,
    )


def _phone(row: m.Phone) -> PhoneShape:
    return PhoneShape(row.id, row.number, row.extension, row.type, row.description)


def _schedule(row: m.Schedule) -> ScheduleShape:
    return ScheduleShape(
        id=row.id,
        freq=row.freq,
        interval=row.interval,
        byday=row.byday,
        bymonthday=row.bymonthday,
        byweekno=row.byweekno,
        byyearday=row.byyearday,
        wkst=row.wkst,
        dtstart=row.dtstart,
        until=row.until,
        count=row.count,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        closed=row.closed,
        timezone=row.timezone,
        utc_offset_minutes=row.utc_offset_minutes,
        attending_type=row.attending_type,
        description=row.description,
        notes=row.notes,
    )


def _provenance(row: m.Service) -> Provenance:
    return Provenance(
        source=row.source,
        source_id=row.source_id,
        first_seen_at=row.first_seen_at,
        not_seen_since=row.not_seen_since,
        verified_at=row.verified_at,
        verified_by=row.verified_by,
        verified_how=VerifiedHow(row.verified_how),
    )
