"""Work of the directory that nobody waits for."""

from commonweal.directory.actions import search_index
from commonweal.foundation.jobs import job


@job(name="directory.refresh-due", cron="15 5 * * *")
def refresh_due(timestamp: int = 0) -> None:
    """Each night: look again at hours that end, begin or are not the same every week."""
    search_index.refresh_due()


@job(name="directory.fill-cards")
def fill_cards() -> None:
    """After a large delivery: make the cards that the first searches would otherwise have to."""
    search_index.fill_cards()
