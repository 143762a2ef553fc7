"""Tables of minutes: lines as they are written, and whole versions that stay as they were."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from commonweal.kernel.clock import now
from commonweal.kernel.ids import new_id
from commonweal.partners.models.bodies import Seat
from commonweal.partners.models.meetings import AgendaItem, Meeting
from commonweal.partners.vocabulary_meetings import LineKind


class MinuteLine(models.Model):
    """One line of the minutes. A line is struck, with its reason, and never rewritten.

    ``details`` of a motion: mover, seconder, yes, no, abstain, and who was there at that minute. Of an
    action or a promise: owner and day. ``made`` is the id of what it made.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="lines")
    item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="lines"
    )
    kind = models.CharField(max_length=8, choices=[(k.value, k.value) for k in LineKind])
    words = models.TextField()
    details = models.JSONField(default=dict, blank=True)
    made = models.UUIDField(null=True, blank=True)
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_why = models.CharField(max_length=300, blank=True, default="")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    occurred_at = models.DateTimeField(default=now)
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["occurred_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[k.value for k in LineKind]), name="minute_line_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(struck_at__isnull=True) | ~Q(struck_why=""), name="minute_line_struck_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.words[:60]


class MinutesVersion(models.Model):
    """The minutes as a whole, at one moment. A correction is the next version; none is rewritten."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveSmallIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    why = models.CharField(max_length=300, blank=True, default="")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(default=now, editable=False)
    approved_in = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="approved"
    )
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "version"], name="minutes_version_once"),
            models.CheckConstraint(condition=Q(version=1) | ~Q(why=""), name="minutes_correction_has_reason"),
        ]

    def __str__(self) -> str:
        return f"Version {self.version}"


class PulseTally(models.Model):
    """How often one side gave one answer to "was it worth your time?". No answer stands alone in a row."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="pulse")
    side = models.CharField(max_length=12)
    worth = models.CharField(max_length=8)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "side", "worth"], name="pulse_tally_once")]

    def __str__(self) -> str:
        return f"{self.side} {self.worth}"


class PulseTurnout(models.Model):
    """That a seat has answered, and neither what nor when."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="turnout")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "seat"], name="pulse_answered_once")]

    def __str__(self) -> str:
        return str(self.seat_id)
