"""Rows of an invented directory, made one by one for the tests that search it."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

from commonweal.directory import models as m
from commonweal.directory.actions.search_index import KEEPER, refresh_places, refresh_search
from commonweal.foundation.access import acting

NOW = datetime(2026, 11, 24, 17, tzinfo=UTC)
"""Tuesday, noon in New York."""
MakeService = Callable[..., UUID]


def make_service(
    name: str = "Food pantry",
    *,
    organization: str = "Quarry Hill Neighbors",
    where: tuple[float, float] | None = (41.80, -77.95),
    town: str = "Alder Falls",
    street: str = "12 Ferry Street",
    area: str = "",
    hours: str | None = "MO,TU,WE,TH,FR",
    opens: tuple[int, int] = (9, 17),
    languages: tuple[str, ...] = ("eng",),
    documents: tuple[str, ...] = (),
    access: str = "",
    phone: str = "555-0127",
    needs: tuple[str, ...] = (),
    hidden: str = "",
    place_hidden: str = "",
    visibility: str = "public",
    partner_id: UUID | None = None,
    days_unchecked: int | None = 5,
    email: str = "",
    **fields: Any,
) -> UUID:
    with acting(KEEPER):
        house, _ = m.Organization.objects.get_or_create(
            name=organization, partner_id=partner_id, visibility=visibility if hidden else "public"
        )
        checked = None if days_unchecked is None else NOW - timedelta(days=days_unchecked)
        service = m.Service.objects.create(
            organization=house,
            name=name,
            email=email,
            visibility="private" if hidden else visibility,
            hidden_reason=hidden,
            verified_at=checked,
            verified_how="call" if checked else "",
            **fields,
        )
        row = {"visibility": service.visibility}
        if where is not None:
            _place(service, house, where, town, street, area, access, place_hidden, row["visibility"])
        if hours:
            m.Schedule.objects.create(
                service=service,
                freq="WEEKLY",
                byday=hours,
                opens_at=time(opens[0]),
                closes_at=time(opens[1]),
                **row,
            )
        for code in languages:
            m.Language.objects.create(service=service, code=code, **row)
        for document in documents:
            m.RequiredDocument.objects.create(service=service, document=document, **row)
        for need in needs:
            m.ServiceNeedDomain.objects.create(service=service, domain=need, provenance="hand")
        if phone:
            m.Phone.objects.create(service=service, number=phone, **row)
        refresh_search([service.pk])
        refresh_places()
    return UUID(str(service.pk))


def _place(
    service: Any,
    house: Any,
    where: tuple[float, float],
    town: str,
    street: str,
    area: str,
    access: str,
    hidden: str,
    visibility: str,
) -> None:

    row = {"visibility": "private" if hidden else visibility, "hidden_reason": hidden}
    place = m.Location.objects.create(
        organization=house, latitude=where[0], longitude=where[1], timezone="America/New_York", **row
    )
    m.ServiceAtLocation.objects.create(service=service, location=place, visibility=row["visibility"])
    m.Address.objects.create(
        location=place,
        address_1=street,
        city=town,
        region=area,
        state_province="NY",
        postal_code="14991" if town == "Alder Falls" else "14555",
        country="US",
        **row,
    )
    if access:
        m.Accessibility.objects.create(location=place, description=access, visibility=row["visibility"])
