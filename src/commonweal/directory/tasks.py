"""Work of the directory that nobody waits for."""

from commonweal.directory.actions import asking_checks, search_index
from commonweal.directory.actions.search_index import KEEPER
from commonweal.foundation.access import acting
from commonweal.foundation.jobs import job


@job(name="directory.refresh-due", cron="15 5 * * *")
def refresh_due(timestamp: int = 0) -> None:
    """Each night: look again at hours that end, begin or are not the same every week."""
    search_index.refresh_due()


@job(name="directory.fill-cards")
def fill_cards() -> None:
    """After a large delivery: make the cards that the first searches would otherwise have to."""
    search_index.fill_cards()


@job(name="directory.ask-due", cron="0 14 * * 1-5")
def ask_due(timestamp: int = 0) -> None:
    """Each working day: ask some organizations whether their entries still hold (``rules.asking.Pace``)."""
    with acting(KEEPER):
        asking_checks.ask_todays(by=KEEPER)
