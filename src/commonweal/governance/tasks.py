"""The timetable of mandates. What has run out is inert already; this lets begin and tidies."""

from commonweal.foundation.access import acting
from commonweal.foundation.jobs import job
from commonweal.governance.access import THE_COUNT
from commonweal.governance.actions import effects


@job(name="governance.turn", cron="* * * * *")
def turn(timestamp: int | None = None) -> None:
    """Each minute: mandates whose day has come act, those that ran out are undone. Safe to run twice."""
    with acting(THE_COUNT):
        effects.undo_due(by=THE_COUNT)
        effects.start_due(by=THE_COUNT)
