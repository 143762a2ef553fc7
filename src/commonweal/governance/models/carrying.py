"""The table of what came of decisions: the work that was taken on, the measures by which it is seen."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from commonweal.governance.models.decisions import Decision, Mandate
from commonweal.kernel.clock import now
from commonweal.kernel.ids import new_id


class FollowUp(models.Model):
    """Something that came of a decision: an action item, or the mandate of a measure or target by which one
    sees whether it worked. Promises name their decision themselves."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="follow_ups")
    action = models.ForeignKey(
        "partners.ActionItem", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    measure = models.ForeignKey(Mandate, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(action__isnull=True, measure__isnull=False)
                | Q(action__isnull=False, measure__isnull=True),
                name="follow_up_of_one_kind",
            ),
            models.UniqueConstraint(
                fields=["decision", "action"], condition=Q(action__isnull=False), name="follow_up_action_once"
            ),
            models.UniqueConstraint(
                fields=["decision", "measure"],
                condition=Q(measure__isnull=False),
                name="follow_up_measure_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id}: {self.action_id or self.measure_id}"
