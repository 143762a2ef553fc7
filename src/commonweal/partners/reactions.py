"""What partners does when something happens below."""

from commonweal.foundation.accounts.events import SeatTaken
from commonweal.foundation.bus import when
from commonweal.partners import actions


@when(SeatTaken)
def when_seat_taken(event: SeatTaken) -> None:
    """Whoever accepted a partner's invitation takes part for it."""
    if event.partner_id is not None:
        actions.welcome(event.account_id, event.partner_id)
