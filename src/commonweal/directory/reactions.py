"""What the search does when something in the directory happened."""

from commonweal.directory.actions import search_index
from commonweal.directory.events import DirectoryImported, ServiceChanged
from commonweal.foundation.bus import when


@when(DirectoryImported)
def when_directory_imported(event: DirectoryImported) -> None:
    """Bring the entries of all that changed up to date."""
    search_index.refresh_changed(event.changed_since)


@when(ServiceChanged)
def when_service_changed(event: ServiceChanged) -> None:
    """Bring the entries of one service up to date."""
    search_index.refresh_search([event.service_id])
