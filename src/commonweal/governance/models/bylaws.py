"""The bylaws as data: each version whole, with the day from which it holds. Versions are never rewritten."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from commonweal.governance.models.decisions import Mandate
from commonweal.kernel.clock import now
from commonweal.kernel.ids import new_id


class BylawsQuery(models.QuerySet["Bylaws"]):
    """Versions of the bylaws."""

    def in_force(self, at: datetime) -> "Bylaws | None":
        """The version in force at a moment: the latest that has started, whose trial has not ended and whose
        mandate was not withdrawn. None: the table is still being founded, and nobody is bound."""
        standing = Q(mandate=None) | Q(mandate__withdrawn_at=None) | Q(mandate__withdrawn_at__gt=at)
        started = Q(starts_at__lte=at) & (Q(trial_ends_at=None) | Q(trial_ends_at__gt=at))
        return self.filter(started, standing).order_by("-version").first()


class Bylaws(models.Model):
    """One version of the bylaws: the file as written, and its digest.

    The first version is laid down when the table is founded; each later one lives under a mandate of an
    amendment, and a trial ends by itself at ``trial_ends_at``.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.PositiveIntegerField(unique=True)
    starts_at = models.DateTimeField()
    trial_ends_at = models.DateTimeField(null=True, blank=True)
    text = models.TextField()
    digest = models.CharField(max_length=64)
    words = models.CharField(max_length=300, blank=True, default="")
    mandate = models.ForeignKey(
        Mandate, on_delete=models.PROTECT, null=True, blank=True, related_name="bylaws"
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(default=now, editable=False)

    objects = BylawsQuery.as_manager()

    class Meta:
        ordering = ["-version"]
        verbose_name_plural = "bylaws"
        constraints = [
            models.CheckConstraint(
                condition=Q(trial_ends_at__isnull=True) | Q(trial_ends_at__gt=F("starts_at")),
                name="bylaws_trial_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(version=1) | Q(mandate__isnull=False), name="bylaws_amended_under_mandate"
            ),
        ]

    def __str__(self) -> str:
        return f"Bylaws, version {self.version}"
