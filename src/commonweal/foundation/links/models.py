"""Tokens by their hash."""

from django.db import models
from django.db.models.functions import Now

from commonweal.kernel.ids import new_id


class SignedLink(models.Model):
    """What a token opens. ``subject_id`` means something to the context that issued it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    token_hash = models.BinaryField(unique=True)
    kind = models.TextField()
    subject_id = models.UUIDField()
    partner_id = models.UUIDField(null=True)
    issued_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()
    uses_left = models.IntegerField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_why = models.TextField(blank=True, default="")
    last_opened_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "subject_id"], name="signed_link_subject")]
