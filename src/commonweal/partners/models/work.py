"""Tables of the work between meetings: who does what by when, and what came of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from commonweal.kernel.clock import now
from commonweal.kernel.ids import new_id
from commonweal.partners.models.bodies import Body, Seat
from commonweal.partners.models.meetings import Meeting
from commonweal.partners.vocabulary_meetings import ActionState


class ActionItem(models.Model):
    """Something that a seat took on. It belongs to the seat, and so outlives whoever sits there."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="actions")
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=300)
    # What of a meeting it is to arrange ("child-care", "interpreter:es"): then the software wrote its words.
    need = models.CharField(max_length=32, blank=True, default="")
    due_on = models.DateField()
    state = models.CharField(
        max_length=8, choices=[(s.value, s.value) for s in ActionState], default=ActionState.OPEN.value
    )
    blocker = models.CharField(max_length=300, blank=True, default="")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_words = models.CharField(max_length=300, blank=True, default="")
    nudged_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["due_on", "recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in ActionState]), name="action_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=ActionState.BLOCKED.value) | ~Q(blocker=""), name="action_blocked_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(state=ActionState.DROPPED.value) | ~Q(settled_words=""),
                name="action_dropped_says_why",
            ),
            models.UniqueConstraint(
                fields=["meeting", "need"],
                condition=~Q(need="") & Q(state__in=[ActionState.OPEN.value, ActionState.BLOCKED.value]),
                name="action_need_once",
            ),
        ]
        indexes = [
            models.Index(fields=["seat", "state"], name="action_of_seat"),
            models.Index(fields=["body", "state"], name="action_of_body"),
        ]

    def __str__(self) -> str:
        return self.words


class ActionEvent(models.Model):
    """What happened to an action item, in the order in which it happened."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    action = models.ForeignKey(ActionItem, on_delete=models.PROTECT, related_name="events")
    state = models.CharField(max_length=8)
    words = models.CharField(max_length=300, blank=True, default="")
    due_on = models.DateField(null=True, blank=True)
    author_name = models.CharField(max_length=200, blank=True, default="")
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["recorded_at", "id"]

    def __str__(self) -> str:
        return self.state
