"""The job that settles one message."""

from uuid import UUID

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.jobs import job
from commonweal.foundation.messages import actions


@job(name="messages.settle", retry=8)
def settle_message(message_id: str, holder_id: str | None) -> None:
    """Send or drop one message, as the partner that asked for it."""
    if holder_id is None:
        actor = Actor(Role.OPERATOR, Purpose.ADMIN, name="Commonweal")
    else:
        actor = Actor(Role.BACKEND_SERVICE, Purpose.COORD, UUID(holder_id), name="Commonweal")
    with acting(actor):
        actions.settle(UUID(message_id))
