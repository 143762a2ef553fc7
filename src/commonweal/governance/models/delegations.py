"""What was done under a delegation, and what was told about it. Written once, never rewritten."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from commonweal.governance.models.decisions import Decision
from commonweal.governance.models.mandated import Delegation
from commonweal.kernel.clock import now
from commonweal.kernel.ids import new_id


class DelegatedAct(models.Model):
    """One decision of a delegate, and what it cost. The decision itself holds its words and reasons.

    The database locks the delegation while it adds up what was spent, so that two acts at once can't spend
    more than is left.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    delegation = models.ForeignKey(Delegation, on_delete=models.PROTECT, related_name="acts")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="delegated_act")
    amount_cents = models.BigIntegerField(default=0)
    acted_on = models.DateField()
    effect = models.CharField(max_length=40, blank=True, default="")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_by_name = models.CharField(max_length=200, blank=True, default="")
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["acted_on", "recorded_at"]
        constraints = [
            models.CheckConstraint(condition=Q(amount_cents__gte=0), name="delegated_act_amount_is_one")
        ]

    def __str__(self) -> str:
        return f"{self.delegation}: {self.amount_cents}"


class DelegationReport(models.Model):
    """What a delegate told the table, for one due day. Money and uses: as of its moment."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    delegation = models.ForeignKey(Delegation, on_delete=models.PROTECT, related_name="reports")
    due_on = models.DateField()
    words = models.TextField()
    spent_cents = models.BigIntegerField()
    uses = models.PositiveIntegerField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_by_name = models.CharField(max_length=200, blank=True, default="")
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["due_on"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="delegation_report_says_something"),
            models.UniqueConstraint(fields=["delegation", "due_on"], name="delegation_report_once_a_day_due"),
        ]

    def __str__(self) -> str:
        return f"{self.delegation}, {self.due_on}"


class ReportReading(models.Model):
    """Somebody with a seat on the body that delegated read a report for it, and said something, or not."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    report = models.OneToOneField(DelegationReport, on_delete=models.PROTECT, related_name="reading")
    words = models.CharField(max_length=1000, blank=True, default="")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_by_name = models.CharField(max_length=200, blank=True, default="")
    recorded_at = models.DateTimeField(default=now, editable=False)

    def __str__(self) -> str:
        return f"{self.report}: {self.recorded_by_name}"
