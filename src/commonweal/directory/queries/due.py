"""Whose entries are due for a check and may be asked about now; who was asked and has not answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from commonweal.directory.models import Organization, Service
from commonweal.directory.models_search import VerificationRequest
from commonweal.directory.queries.owners import organization_of
from commonweal.directory.queries.pace import pace
from commonweal.directory.vocabulary import ServiceStatus
from commonweal.partners import facade as partners

_NEVER = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


@dataclass(frozen=True, slots=True)
class Silent:
    """An organization that was asked and has not answered: when, where, about how many entries."""

    organization: str
    service_id: UUID
    sent_to: str
    asked_at: datetime
    services: int
    is_lost: bool
    is_over: bool


def due_services(moment: datetime) -> QuerySet[Service]:
    """Entries that nobody checked for as long as the pace says, or ever."""
    return Service.objects.filter(
        Q(verified_at__isnull=True) | Q(verified_at__lt=moment - pace().check_due),
        status=ServiceStatus.ACTIVE,
        not_seen_since__isnull=True,
    )


def organizations_to_ask(moment: datetime) -> QuerySet[Service, UUID]:
    """Organizations with due entries and an address, not asked of late; the longest unchecked first."""
    recent = VerificationRequest.objects.filter(sent_at__gt=moment - pace().check_again)
    asked = recent.filter(service__organization__isnull=False).values("service__organization_id")
    mailed = [p.id for p in partners.all_partners() if p.email]
    reachable = ~Q(email="") | ~Q(organization__email="") | Q(organization__partner_id__in=mailed)
    rows = due_services(moment).filter(reachable, organization__isnull=False)
    groups = rows.exclude(organization_id__in=asked).values("organization_id")
    ordered = groups.annotate(oldest=Min(Coalesce("verified_at", _NEVER))).order_by(
        "oldest", "organization_id"
    )
    return ordered.values_list("organization_id", flat=True)


def organizations_asked_since(moment: datetime) -> int:
    """How many organizations were asked from this moment on."""
    rows = VerificationRequest.objects.filter(sent_at__gte=moment, service__organization__isnull=False)
    return rows.values("service__organization_id").distinct().count()


def was_asked_since(organization_id: UUID, moment: datetime) -> bool:
    """Whether the organization was asked about any entry after this moment."""
    return VerificationRequest.objects.filter(
        service__organization_id=organization_id, sent_at__gt=moment
    ).exists()


def address_of(organization: Organization, services: Iterable[Service]) -> str:
    """Where an organization is asked about all its entries: its own address, its partner's, an entry's."""
    partner = partners.partner(organization.partner_id) if organization.partner_id else None
    own = organization.email or (partner.email if partner else "")
    return own or next((s.email for s in services if s.email), "")


def entries_of(organization_id: UUID) -> list[UUID]:
    """The entries that an organization's link leads to, by name."""
    rows = Service.objects.filter(
        organization_id=organization_id, status=ServiceStatus.ACTIVE, not_seen_since__isnull=True
    )
    return list(rows.order_by("name", "id").values_list("id", flat=True))


def silent_ones(moment: datetime, partner_id: UUID | None, most: int = 50) -> list[Silent]:
    """Who was asked and has not answered, longest first; of one partner's services, of all for ``None``."""
    newer = VerificationRequest.objects.filter(service=OuterRef("service"), sent_at__gt=OuterRef("sent_at"))
    rows = VerificationRequest.objects.filter(
        Q(service__verified_at__isnull=True) | Q(service__verified_at__lt=F("sent_at")),
        ~Exists(newer),
        answered_at__isnull=True,
        service__status=ServiceStatus.ACTIVE,
    )
    if partner_id is not None:
        rows = rows.filter(service__organization__partner_id=partner_id)
    groups: dict[tuple[UUID, datetime], list[VerificationRequest]] = {}
    for row in rows.select_related("service__organization").order_by("sent_at", "id")[: most * 20]:
        groups.setdefault((row.service.organization_id or row.service_id, row.sent_at), []).append(row)
    return [_silent(group, moment) for group in list(groups.values())[:most]]


def _silent(group: list[VerificationRequest], moment: datetime) -> Silent:
    first = group[0]
    organization = organization_of(first.service)
    return Silent(
        organization.name if organization else first.service.name,
        first.service_id,
        first.sent_to,
        first.sent_at,
        len(group),
        first.undelivered_at is not None,
        first.expires_at <= moment,
    )
