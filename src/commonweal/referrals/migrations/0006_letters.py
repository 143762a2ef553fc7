"""A letter that did not arrive is a line in the thread."""

from django.db import migrations, models

KINDS = [
    "drafted",
    "sent",
    "claimed",
    "seen",
    "accepted",
    "declined",
    "held",
    "started",
    "completed",
    "failed",
    "cancelled",
    "voided",
    "asked",
    "replied",
    "suggested",
    "full",
    "reminded",
    "late",
    "escalated",
    "expired",
    "met-together",
    "person-confirmed",
    "consent-ended",
    "person-asked",
    "given-up",
    "goes-on",
    "not-them",
    "not-delivered",
    "text-lost",
]


class Migration(migrations.Migration):
    dependencies = [("referrals", "0005_waits")]

    operations = [
        migrations.RemoveConstraint(model_name="taskevent", name="event_kind_known"),
        migrations.AddConstraint(
            model_name="taskevent",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", KINDS)), name="event_kind_known"
            ),
        ),
    ]
