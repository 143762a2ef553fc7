"""Who checked what and when; what waits for a check or for a decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import F

from commonweal.directory.models import DirectorySource, Service
from commonweal.directory.models_search import SuggestedCorrection, VerificationRequest
from commonweal.directory.queries.due import due_services
from commonweal.directory.queries.owners import addresses_to_ask, organization_of


@dataclass(frozen=True, slots=True)
class Check:
    """One answer of an organization: the facts it confirmed and those it wants changed."""

    at: datetime
    confirmed: tuple[str, ...]
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A suggestion in the queue, with the service it is about."""

    id: UUID
    service_id: UUID
    service: str
    organization: str
    fact: str
    said: str
    from_organization: bool
    recorded_at: datetime
    published: str


@dataclass(frozen=True, slots=True)
class Due:
    """An entry that should be checked."""

    service_id: UUID
    service: str
    organization: str
    verified_at: datetime | None
    can_be_asked: bool
    asked_at: datetime | None


def checks_of(service_id: UUID, most: int = 3) -> list[Check]:
    """The last answers of the organization, newest first."""
    answered = VerificationRequest.objects.filter(service_id=service_id, answered_at__isnull=False)
    return [
        Check(row.answered_at, tuple(row.confirmed), tuple(row.changed))
        for row in answered.order_by("-answered_at")[:most]
        if row.answered_at
    ]


def source_name(slug: str) -> str:
    """What the source of an entry calls itself; empty for entries made here."""
    return DirectorySource.objects.filter(slug=slug).values_list("name", flat=True).first() or ""


def is_confidential(service_id: UUID) -> bool:
    """Whether the service is shown without its place because the address is kept secret."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select c.card::json ->> 'confidential' = 'true' from directory_searchentry e"
            " join directory_searchcard c on c.id = e.id"
            " where e.service_id = %s and e.location_id is null limit 1",
            [service_id],
        )
        row = cursor.fetchone()
    return bool(row and row[0])


def waiting_corrections(partner_id: UUID | None, most: int = 100) -> list[Waiting]:
    """Suggestions that wait, oldest first; of one partner's services, or of all for ``None``."""
    rows = SuggestedCorrection.objects.filter(state=SuggestedCorrection.State.WAITS)
    if partner_id is not None:
        rows = rows.filter(service__organization__partner_id=partner_id)
    return [
        Waiting(
            row.id,
            row.service_id,
            row.service.name,
            name_of(row.service),
            row.fact,
            row.said,
            row.from_organization,
            row.recorded_at,
            published_text(row.service, row.fact),
        )
        for row in rows.select_related("service__organization").order_by("recorded_at", "id")[:most]
    ]


def name_of(service: Service) -> str:
    """The organization's name, empty without one."""
    organization = organization_of(service)
    return organization.name if organization else ""


def published_text(service: Service, fact: str) -> str:
    """What is published about a fact that is one text of the service; empty for the others."""
    field = {"offer": "description", "who": "eligibility_description", "cost": "fees_description"}.get(fact)
    return str(getattr(service, field)) if field else ""


def due_for_check(moment: datetime, partner_id: UUID | None, most: int = 100) -> tuple[list[Due], int]:
    """Entries unchecked for as long as the pace says, the oldest first, and how many there are in all."""
    rows = due_services(moment)
    if partner_id is not None:
        rows = rows.filter(organization__partner_id=partner_id)
    page = list(
        rows.select_related("organization").order_by(F("verified_at").asc(nulls_first=True), "name", "id")[
            :most
        ]
    )
    asked, addresses = _last_asked([row.id for row in page]), addresses_to_ask(page)
    due = [
        Due(
            row.id,
            row.name,
            name_of(row),
            row.verified_at,
            bool(addresses[row.id]),
            asked.get(row.id),
        )
        for row in page
    ]
    return due, rows.count()


def _last_asked(service_ids: Sequence[UUID]) -> dict[UUID, datetime]:
    sent = VerificationRequest.objects.filter(service_id__in=service_ids).order_by("sent_at")
    return dict(sent.values_list("service_id", "sent_at"))
