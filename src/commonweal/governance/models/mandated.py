"""What lives under a mandate here: delegations, initiatives, and how mandates were stopped."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from commonweal.governance.models.decisions import Mandate
from commonweal.governance.vocabulary import StoppedBy
from commonweal.kernel.clock import now
from commonweal.kernel.ids import new_id


class Stop(models.Model):
    """A mandate was stopped, or a partner stopped telling under it: by whom, on what ground, and why.

    ``partner``: the party that ended what it tells. ``under``: the mandate of the decision that ordered it.
    ``until`` and ``review_on`` bound a stop in an emergency.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="stops")
    ground = models.CharField(max_length=12, choices=[(g.value, g.value) for g in StoppedBy])
    why = models.CharField(max_length=500)
    partner = models.ForeignKey(
        "partners.Partner", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    under = models.ForeignKey(Mandate, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    until = models.DateTimeField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_by_name = models.CharField(max_length=200, blank=True, default="")
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ground__in=[g.value for g in StoppedBy]), name="stop_ground_known"
            ),
            models.CheckConstraint(condition=~Q(why=""), name="stop_has_reason"),
            models.CheckConstraint(
                condition=~Q(ground=StoppedBy.PARTY.value) | Q(partner__isnull=False),
                name="stop_party_is_named",
            ),
            models.CheckConstraint(
                condition=~Q(ground=StoppedBy.EMERGENCY.value)
                | Q(until__isnull=False, review_on__isnull=False),
                name="stop_emergency_ends_and_is_reviewed",
            ),
            models.UniqueConstraint(
                fields=["mandate", "partner"],
                condition=Q(ground=StoppedBy.PARTY.value),
                name="stop_once_a_party",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ground}: {self.mandate}"


class Delegation(models.Model):
    """What a partner, mostly the backbone, may do alone while the mandate lives, and when it reports back.

    Money in cents: ``limit_cents`` in all (None: it may spend nothing), ``act_limit_cents`` at most in one
    act. ``carries``: kinds of effects that it may put into effect. ``report_every_days``: after the first
    report; None: one report. ``overdue_suspends``: as the bylaws said when it was given.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    mandate = models.OneToOneField(Mandate, on_delete=models.PROTECT, related_name="delegation")
    partner = models.ForeignKey("partners.Partner", on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=500)
    limit_cents = models.BigIntegerField(null=True, blank=True)
    act_limit_cents = models.BigIntegerField(null=True, blank=True)
    report_on = models.DateField()
    report_every_days = models.PositiveIntegerField(null=True, blank=True)
    overdue_suspends = models.BooleanField(default=False)
    carries = models.JSONField(default=list, blank=True)
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["report_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(limit_cents__isnull=True) | Q(limit_cents__gt=0), name="delegation_limit_positive"
            ),
            models.CheckConstraint(
                condition=Q(act_limit_cents__isnull=True) | Q(act_limit_cents__gt=0),
                name="delegation_act_limit_positive",
            ),
            models.CheckConstraint(
                condition=Q(report_every_days__isnull=True) | Q(report_every_days__gt=0),
                name="delegation_reports_apart",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="delegation_says_what"),
        ]

    def __str__(self) -> str:
        return self.words[:60]


class Initiative(models.Model):
    """Work that the table decided to begin: its goal, who carries it, its budget in cents, when it ends."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    mandate = models.OneToOneField(Mandate, on_delete=models.PROTECT, related_name="initiative")
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    owner = models.ForeignKey("partners.Partner", on_delete=models.PROTECT, related_name="+")
    goal = models.TextField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    budget_cents = models.BigIntegerField(null=True, blank=True)
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="initiative_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(budget_cents__isnull=True) | Q(budget_cents__gt=0),
                name="initiative_budget_positive",
            ),
        ]

    def __str__(self) -> str:
        return self.title
