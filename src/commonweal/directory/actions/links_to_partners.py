"""Which organization of the directory is which partner of the table."""

from uuid import UUID

from django.db import transaction

from commonweal.directory import access
from commonweal.directory.actions.search_index import KEEPER, refresh_search
from commonweal.directory.models import Organization, Service
from commonweal.foundation import audit
from commonweal.foundation.access import Actor, acting
from commonweal.kernel.errors import NotFound, Refused
from commonweal.kernel.words import N_


@transaction.atomic
def link_partner(organization_id: UUID, partner_id: UUID | None, *, by: Actor) -> None:
    """Say that an organization is a partner, or no longer: its services can then be asked by referral."""
    verdict = access.may_edit_words(by)
    if not verdict:
        raise Refused(verdict)
    with acting(KEEPER):
        if not Organization.objects.filter(pk=organization_id).update(partner_id=partner_id):
            raise NotFound("organization")
        services = Service.objects.filter(organization_id=organization_id)
        refresh_search(list(services.values_list("id", flat=True)))
    audit.record(
        "directory.partner-linked",
        by=by,
        subject=("organization", organization_id),
        words=N_("said which partner an organization is"),
        details={"partner": partner_id},
        because=verdict.rule,
    )
