"""Jobs of voice."""

from commonweal.foundation.access import acting
from commonweal.foundation.jobs import job
from commonweal.voice.access import TELLER
from commonweal.voice.actions import mailing


@job(name="voice.write_to_authors")
def write_to_authors(nodes: list[str]) -> None:
    """Write to authors who asked for it what became of what they said. Twice tells once."""
    with acting(TELLER):
        mailing.write_to_authors(nodes, by=TELLER)
