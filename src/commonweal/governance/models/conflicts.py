"""What each of the others holds of a disclosed interest."""

from django.conf import settings
from django.db import models

from commonweal.governance.models.polls import Recusal
from commonweal.kernel.clock import now
from commonweal.kernel.ids import new_id


class ConflictWord(models.Model):
    """One uninvolved voter's word on an interest: a conflict, or none. Each unit has one, and keeps it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    recusal = models.ForeignKey(Recusal, on_delete=models.PROTECT, related_name="said")
    voter = models.CharField(max_length=60)
    voter_name = models.CharField(max_length=200)
    unit = models.CharField(max_length=60)
    is_conflict = models.BooleanField()
    why = models.CharField(max_length=500)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["recorded_at"]
        constraints = [models.UniqueConstraint(fields=["recusal", "unit"], name="conflict_word_once_a_unit")]

    def __str__(self) -> str:
        return f"{self.voter_name}: {'a conflict' if self.is_conflict else 'none'}"
