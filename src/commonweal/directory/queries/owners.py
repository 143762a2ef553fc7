"""Whose a service is."""

from typing import cast
from uuid import UUID

from commonweal.directory.models import Organization, Service


def organization_of(service: Service) -> Organization | None:
    """The organization that offers the service."""
    return cast("Organization | None", service.organization)


def partner_of(service: Service) -> UUID | None:
    """The partner behind the organization, ``None`` where it is not at the table."""
    organization = organization_of(service)
    return organization.partner_id if organization else None


def address_to_ask(service: Service) -> str:
    """The e-mail address at which the organization can be asked; empty where there is none."""
    organization = organization_of(service)
    return service.email or (organization.email if organization else "")
