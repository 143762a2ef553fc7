"""Jobs: the digest before a meeting, and a word to those whose action items are due.

They run as the platform, which a private body's rows are closed to: its members look for themselves.
"""

from datetime import timedelta

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.jobs import job
from commonweal.kernel.clock import now, today
from commonweal.partners.actions import reminding
from commonweal.partners.queries import work

SERVICE = Actor(Role.OPERATOR, Purpose.ADMIN, name="Commonweal")
SOON = timedelta(days=3)


@job(name="partners.before_meetings", cron="5 * * * *")
def before_meetings(timestamp: int = 0) -> None:
    """Send the digest two days before each meeting, once."""
    with acting(SERVICE):
        for meeting_id in reminding.soon(now()):
            reminding.remind(meeting_id, by=SERVICE)


@job(name="partners.nudge", cron="30 14 * * 1-5")
def nudge(timestamp: int = 0) -> None:
    """Remind of what is due within three days, and once a week of what is late. Safe to run twice."""
    with acting(SERVICE):
        day = today()
        for action in work.due_by(day + SOON):
            reminding.nudge(action.id, day, by=SERVICE)
