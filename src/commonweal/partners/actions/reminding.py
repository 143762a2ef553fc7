"""Acts of the clock: the digest before a meeting, a word about what is due."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from commonweal.foundation import audit
from commonweal.foundation.access import Actor
from commonweal.kernel.clock import now
from commonweal.kernel.words import N_
from commonweal.partners.actions import inviting, work
from commonweal.partners.models import ActionItem, Meeting
from commonweal.partners.queries import work as reading
from commonweal.partners.vocabulary_meetings import MeetingStage

BEFORE = timedelta(days=2)
AGAIN = timedelta(days=7)


def soon(moment: datetime) -> list[UUID]:
    """Meetings within two days whose digest has not gone out."""
    rows = Meeting.objects.filter(
        stage=MeetingStage.CALLED.value,
        reminded_at=None,
        starts_at__gt=moment,
        starts_at__lte=moment + BEFORE,
    )
    return list(rows.values_list("pk", flat=True))


@transaction.atomic
def remind(meeting_id: UUID, *, by: Actor) -> bool:
    """Send the digest before a meeting, unless it went out already."""
    fresh = Meeting.objects.filter(pk=meeting_id, reminded_at=None).update(reminded_at=now())
    if not fresh:
        return False
    inviting.send_before(meeting_id)
    audit.record(
        "meeting.reminded",
        by=by,
        subject=("meeting", meeting_id),
        words=N_("Sent the agenda to those who meet."),
    )
    return True


@transaction.atomic
def nudge(action_id: UUID, on: date, *, by: Actor) -> bool:
    """Remind a seat of what it took on, once before its day and once a week after it."""
    row = ActionItem.objects.select_for_update().filter(pk=action_id).first()
    shape = reading.one(action_id)
    if row is None or shape is None or not shape.is_open:
        return False
    late = shape.is_late(on)
    if row.nudged_on is not None and not (late and row.nudged_on + AGAIN <= on):
        was_before = row.nudged_on <= row.due_on
        if not (late and was_before):
            return False
    inviting.send_nudge(shape, late=late)
    work.nudged(action_id, on, by=by)
    return True
