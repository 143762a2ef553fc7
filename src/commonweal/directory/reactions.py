"""What the search does when something in the directory happened."""

from commonweal.directory.actions import asking_checks, asking_room, search_index
from commonweal.directory.actions.search_index import KEEPER
from commonweal.directory.actions.verification import CHECK, CHECK_ALL
from commonweal.directory.events import CapacityReported, DirectoryImported, ServiceChanged
from commonweal.foundation.access import acting
from commonweal.foundation.bus import when
from commonweal.foundation.messages.events import MessageFailed


@when(DirectoryImported)
def when_directory_imported(event: DirectoryImported) -> None:
    """Bring the entries of all that changed up to date."""
    search_index.refresh_changed(event.changed_since)


@when(ServiceChanged)
def when_service_changed(event: ServiceChanged) -> None:
    """Bring the entries of one service up to date."""
    search_index.refresh_search([event.service_id])


@when(CapacityReported)
def when_capacity_reported(event: CapacityReported) -> None:
    """Whoever asked of late whether there is room hears it."""
    with acting(KEEPER):
        asking_room.tell_askers(event.service_id, by=KEEPER)


@when(MessageFailed)
def when_message_failed(event: MessageFailed) -> None:
    """A question never arrived: whoever asked has to call."""
    concerns = event.concerns
    if concerns is None:
        return
    with acting(KEEPER):
        if concerns.kind == asking_room.CONCERNS:
            asking_room.room_question_lost(concerns.id, by=KEEPER)
        elif concerns.kind in (CHECK, CHECK_ALL):
            asking_checks.check_lost(concerns.kind, concerns.id, by=KEEPER)
