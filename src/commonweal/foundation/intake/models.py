"""Tables of import runs and of the quarantine.

They hold rows about services and places, not about persons: imports about persons bring tables of
their own that are under row-level security.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from commonweal.foundation.intake.vocabulary import HeldState, RunState
from commonweal.kernel.clock import now
from commonweal.kernel.ids import new_id


class ImportRun(models.Model):
    """One delivery brought in. ``kind`` names the format (``hsds``); ``report`` is what was counted.

    ``files`` holds names for people to read, never used as paths. ``fingerprint`` is of the content.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.TextField()
    source = models.TextField()
    delivery = models.TextField(blank=True, default="")
    files = models.JSONField(default=list)
    fingerprint = models.TextField(blank=True, default="")
    state = models.TextField(default=RunState.RUNNING)
    started_at = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True, blank=True)
    by_role = models.TextField(blank=True, default="")
    report = models.JSONField(default=dict)
    problem = models.TextField(blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="intake_run_state", condition=Q(state__in=[s.value for s in RunState])
            ),
            models.CheckConstraint(
                name="intake_run_ended", condition=Q(state=RunState.RUNNING) | Q(ended_at__isnull=False)
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["kind", "source", "-started_at"], name="intake_run_i")]

    def __str__(self) -> str:
        return f"{self.kind} {self.source} {self.started_at:%Y-%m-%d %H:%M}"


class HeldRow(models.Model):
    """A row that could not go in, whole.

    ``cells`` is the row by the names of its header; ``faults`` a list of ``{field, reason, value, words}``.
    ``key`` names the row by its content, so that the same row is held once however often it comes;
    ``row`` is its number where it was last seen (the header is 1).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.TextField()
    source = models.TextField()
    record_type = models.TextField()
    record_id = models.TextField(blank=True, default="")
    key = models.UUIDField()
    file = models.TextField()
    row = models.IntegerField()
    times = models.IntegerField(default=1)
    cells = models.JSONField()
    faults = models.JSONField()
    reason = models.TextField()
    state = models.TextField(default=HeldState.WAITING)
    mended = models.JSONField(null=True, blank=True)
    first_held_at = models.DateTimeField(default=now)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "source", "record_type", "key"], name="intake_held_once"),
            models.CheckConstraint(
                name="intake_held_state", condition=Q(state__in=[s.value for s in HeldState])
            ),
            models.CheckConstraint(
                name="intake_held_mended", condition=~Q(state=HeldState.MENDED) | Q(mended__isnull=False)
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["kind", "source", "record_type"],
                name="intake_held_waiting_i",
                condition=Q(state=HeldState.WAITING),
            )
        ]

    def __str__(self) -> str:
        return f"{self.file} row {self.row}: {self.reason}"
