"""What governance does when something happens below."""

from commonweal.foundation.access.facts import end_terms
from commonweal.foundation.bus import when
from commonweal.partners.events import PartnerLeft


@when(PartnerLeft)
def when_partner_left(event: PartnerLeft) -> None:
    """Nothing is told to or by a partner that left, whatever agreements name it."""
    end_terms(partner_id=event.partner_id)
