"""How many people said that a service helped: told by the referrals, shown with every search."""

from datetime import date
from uuid import UUID

from django.db import transaction

from commonweal.directory.actions.search_index import refresh_search
from commonweal.directory.models_search import HelpedTally
from commonweal.foundation import audit
from commonweal.foundation.access import Actor
from commonweal.kernel.periods import Month
from commonweal.kernel.words import N_


@transaction.atomic
def tell_helped(service_id: UUID, month: Month, *, helped: int, asked: int, by: Actor) -> None:
    """Replace the counts of one month. Small counts are kept but never shown (see ``rules.reasons``)."""
    HelpedTally.objects.update_or_create(
        service_id=service_id,
        month=date(month.year, month.month, 1),
        defaults={"helped": helped, "asked": asked},
    )
    refresh_search([service_id])
    audit.record(
        "directory.helped-told",
        by=by,
        subject=("service", service_id),
        words=N_("counted how many say that a service helped"),
        details={"month": str(month)},
    )
