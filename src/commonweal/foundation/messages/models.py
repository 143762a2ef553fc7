"""What is to be sent."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from commonweal.kernel.ids import new_id


class Outbound(models.Model):
    """One message, rendered when it was asked for; its body is wiped once it left, was dropped or failed."""

    class State(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"
        DROPPED = "dropped"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    holder_id = models.UUIDField(null=True)
    channel = models.TextField(choices=[("email", "email"), ("sms", "sms")])
    to = models.TextField()
    subject = models.TextField(blank=True, default="")
    text = models.TextField(blank=True, default="")
    html = models.TextField(blank=True, default="")
    calendar = models.TextField(blank=True, default="", db_default="")
    template = models.TextField()
    person_id = models.UUIDField(null=True)
    recheck = models.JSONField(null=True)
    concerns = models.JSONField(null=True)
    state = models.TextField(choices=State.choices, default=State.WAITING)
    why = models.TextField(blank=True, default="")
    attempts = models.PositiveSmallIntegerField(default=0, db_default=0)
    queued_at = models.DateTimeField(db_default=Now())
    settled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "outbound"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="waiting") | Q(text="", html="", settled_at__isnull=False),
                name="outbound_body_only_while_waiting",
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["queued_at"],
                name="outbound_undelivered",
                condition=Q(state__in=["waiting", "failed"]),
            )
        ]
