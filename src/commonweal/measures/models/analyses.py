"""An analysis that was asked for, each holder's answer about its own rows, and what was told of it.

What is told is read by those who sit in the body that it was asked for, while the table's decision and every
holder's yes live: row-level security asks at each read (migration 0007).
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from commonweal.kernel.clock import now
from commonweal.kernel.ids import new_id
from commonweal.measures.vocabulary import Shown
from commonweal.measures.vocabulary_data import FEWEST_HOLDERS, Population, Says, Told


class Analysis(models.Model):
    """What is asked: why, of which rows, how far down, who will see, up to when. Written once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.PositiveIntegerField(unique=True)
    title = models.CharField(max_length=200)
    question = models.CharField(max_length=500)
    purpose = models.CharField(max_length=500)
    population = models.CharField(max_length=12)
    elements = models.JSONField(default=list)
    first_quarter = models.DateField()
    last_quarter = models.DateField()
    told = models.CharField(max_length=12)
    fewest = models.PositiveSmallIntegerField(default=FEWEST_HOLDERS)
    body = models.ForeignKey("partners.Body", on_delete=models.PROTECT, related_name="+")
    holders = models.JSONField(default=list)
    expires_on = models.DateField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_by_name = models.CharField(max_length=200, blank=True, default="")
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(fewest__gte=FEWEST_HOLDERS), name="analysis_blind_below_three"
            ),
            models.CheckConstraint(
                condition=Q(last_quarter__gte=F("first_quarter")), name="analysis_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(population__in=[p.value for p in Population]), name="analysis_population_known"
            ),
            models.CheckConstraint(condition=Q(told__in=[t.value for t in Told]), name="analysis_told_known"),
            models.CheckConstraint(condition=~Q(purpose="") & ~Q(question=""), name="analysis_says_why"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def scope(self) -> str:
        """The scope of the mandate under which it may run and be read."""
        return f"analysis:{self.number}"


class AnalysisAnswer(models.Model):
    """A holder's answer about its own rows. Added to, never changed: the last one holds.

    ``only_together``: its own figures are never told alone. ``until``: its yes ends on this day.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    analysis = models.ForeignKey(Analysis, on_delete=models.PROTECT, related_name="answers")
    partner = models.ForeignKey("partners.Partner", on_delete=models.PROTECT, related_name="+")
    turn = models.PositiveIntegerField()
    says = models.CharField(max_length=4)
    only_together = models.BooleanField(default=False)
    until = models.DateField(null=True, blank=True)
    words = models.CharField(max_length=500, blank=True, default="")
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    said_by_name = models.CharField(max_length=200, blank=True, default="")
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["analysis", "partner", "turn"]
        constraints = [
            models.UniqueConstraint(fields=["analysis", "partner", "turn"], name="analysis_answer_in_turn"),
            models.CheckConstraint(
                condition=Q(says__in=[s.value for s in Says]), name="analysis_answer_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner_id}: {self.says}"


class AnalysisRun(models.Model):
    """One running: under which mandate, over whose rows (``contributors``: ids of partners)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    analysis = models.ForeignKey(Analysis, on_delete=models.PROTECT, related_name="runs")
    mandate = models.ForeignKey("governance.Mandate", on_delete=models.PROTECT, related_name="+")
    contributors = models.JSONField(default=list)
    policy = models.CharField(max_length=80)
    as_of = models.DateTimeField()
    not_told = models.JSONField(default=list)
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["recorded_at"]

    def __str__(self) -> str:
        return f"{self.analysis_id} {self.as_of:%Y-%m-%d}"


class AnalysisFigure(models.Model):
    """One count that was told or held back; ``who`` a partner's id, empty for all together."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    run = models.ForeignKey(AnalysisRun, on_delete=models.PROTECT, related_name="figures")
    starts_on = models.DateField()
    who = models.CharField(max_length=36, blank=True, default="")
    what = models.CharField(max_length=100)
    state = models.CharField(max_length=12)
    value = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "starts_on", "who", "what"], name="analysis_figure_once"),
            models.CheckConstraint(
                condition=Q(state=Shown.SHOWN.value, value__isnull=False)
                | Q(state=Shown.HELD.value, value__isnull=True),
                name="analysis_held_has_no_number",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value=0) | Q(value__gte=11),
                name="analysis_figure_not_small",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} {self.what}"
