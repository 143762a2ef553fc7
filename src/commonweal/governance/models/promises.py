"""Tables of promises: what was said stays as it was said; what came of it is written behind it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from commonweal.governance.vocabulary_promises import PromiseState
from commonweal.kernel.clock import now
from commonweal.kernel.ids import new_id


class Promise(models.Model):
    """A public promise. It belongs to a seat or a partner, and so outlives whoever said it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    words = models.CharField(max_length=400)
    to_whom = models.CharField(max_length=200)
    seat = models.ForeignKey(
        "partners.Seat", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    partner = models.ForeignKey(
        "partners.Partner", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    said_by = models.CharField(max_length=200)
    said_on = models.DateField()
    first_due_on = models.DateField()
    due_on = models.DateField()
    state = models.CharField(
        max_length=12,
        choices=[(s.value, s.value) for s in PromiseState],
        default=PromiseState.OPEN.value,
    )
    meeting = models.ForeignKey(
        "partners.Meeting", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decision = models.ForeignKey(
        "governance.Decision", on_delete=models.PROTECT, null=True, blank=True, related_name="promises"
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["-said_on", "-recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in PromiseState]), name="promise_state_known"
            ),
            models.CheckConstraint(
                condition=Q(seat__isnull=False) | Q(partner__isnull=False), name="promise_has_owner"
            ),
            models.CheckConstraint(condition=Q(due_on__gte=F("first_due_on")), name="promise_moves_later"),
        ]

    def __str__(self) -> str:
        return self.words


class PromiseWord(models.Model):
    """What was said about a promise later: kept, broken, withdrawn, a new day; always with its reason."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    promise = models.ForeignKey(Promise, on_delete=models.PROTECT, related_name="history")
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in PromiseState])
    words = models.CharField(max_length=500)
    due_on = models.DateField(null=True, blank=True)
    author_name = models.CharField(max_length=200, blank=True, default="")
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="promise_word_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.state}: {self.words[:60]}"
