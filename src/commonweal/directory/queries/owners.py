"""Whose a service is, where it is asked, and in which language."""

from collections.abc import Iterable
from typing import cast
from uuid import UUID

from commonweal.directory.models import Language, Organization, Service
from commonweal.directory.rules.owners import mail_language
from commonweal.partners import facade as partners


def organization_of(service: Service) -> Organization | None:
    """The organization that offers the service."""
    return cast("Organization | None", service.organization)


def partner_of(service: Service) -> UUID | None:
    """The partner behind the organization, ``None`` where it is not at the table."""
    organization = organization_of(service)
    return organization.partner_id if organization else None


def address_to_ask(service: Service) -> str:
    """The e-mail address at which the organization can be asked; empty where there is none."""
    return addresses_to_ask([service])[service.pk]


def addresses_to_ask(services: Iterable[Service]) -> dict[UUID, str]:
    """The address of each: the service's own, its organization's, or the one its partner gave the table."""
    rows = list(services)
    known = partners.partners([p for p in map(partner_of, rows) if p])
    found = {}
    for row in rows:
        organization, partner = organization_of(row), known.get(partner_of(row) or UUID(int=0))
        theirs = organization.email if organization else ""
        found[row.pk] = row.email or theirs or (partner.email if partner else "")
    return found


def language_of(organization: Organization | None, service_ids: Iterable[UUID]) -> str:
    """In which of our languages an organization is written to, by what it or its services speak."""
    partner = partners.partner(organization.partner_id) if organization and organization.partner_id else None
    if partner and partner.languages:
        return mail_language(partner.languages)
    spoken = Language.objects.filter(service_id__in=list(service_ids)).values_list("code", flat=True)
    return mail_language(spoken)
