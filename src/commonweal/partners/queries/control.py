"""Which organization controls which: those under common control are one voter (DOMAIN §7.2)."""

from uuid import UUID

from commonweal.partners.models import Partner


def controller_of(partner_id: UUID) -> UUID | None:
    """Who controls a partner, as it is written down; None: nobody."""
    return Partner.objects.filter(pk=partner_id).values_list("controlled_by_id", flat=True).first()


def controllers_above(partner_id: UUID) -> set[UUID]:
    """A partner, and everyone who controls it, however far above."""
    above = dict(Partner.objects.values_list("pk", "controlled_by_id"))
    seen: set[UUID] = set()
    here: UUID | None = partner_id
    while here is not None and here not in seen:
        seen.add(here)
        here = above.get(here)
    return seen
