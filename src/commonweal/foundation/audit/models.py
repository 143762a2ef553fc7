"""The audit entries as the application may read them; only ``guard.append_audit`` writes."""

from django.db import models


class AuditEntry(models.Model):
    """One act or reading. ``chain`` is the organization's id, or ``table`` for acts of nobody's organization.

    ``number`` counts within the chain from 1; ``hash`` covers the entry's content and ``previous``.
    """

    id = models.UUIDField(primary_key=True)
    chain = models.TextField()
    number = models.BigIntegerField()
    recorded_at = models.DateTimeField()
    # When it happened, where that was earlier than when it was written; else empty.
    occurred_at = models.DateTimeField(null=True)
    kind = models.TextField()  # act or read or refused
    verb = models.TextField()
    actor_account_id = models.UUIDField(null=True)
    actor_partner_id = models.UUIDField(null=True)
    actor_role = models.TextField()
    actor_name = models.TextField()
    purpose = models.TextField()
    person_id = models.UUIDField(null=True)
    subject_kind = models.TextField()
    subject_id = models.TextField()
    words = models.TextField()
    because = models.TextField()
    details = models.JSONField()
    previous = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        db_table = "audit_entry"
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="audit_entry_place")]
        indexes = [models.Index(fields=["person_id", "recorded_at"], name="audit_entry_person")]


class AuditHead(models.Model):
    """The last entry of each chain; the row that appenders lock."""

    chain = models.TextField(primary_key=True)
    number = models.BigIntegerField()
    hash = models.BinaryField()

    class Meta:
        db_table = "audit_head"


class AuditAnchor(models.Model):
    """That line ``number`` of the heads file ``log`` was signed, with the line's hash."""

    id = models.UUIDField(primary_key=True)
    log = models.TextField()
    number = models.BigIntegerField()
    line_hash = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        db_table = "audit_anchor"
        constraints = [models.UniqueConstraint(fields=["log", "number"], name="audit_anchor_once")]
