"""A decision is looked at again, and what was found stands beside it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

import commonweal.kernel.clock
import commonweal.kernel.ids

KEEP = """
create trigger keep before update or delete on governance_review
  for each row execute function governance_keep();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0017_seats_given"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=commonweal.kernel.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("looked_on", models.DateField()),
                ("words", models.CharField(max_length=500)),
                ("next_on", models.DateField(blank=True, null=True)),
                ("author_name", models.CharField(max_length=200)),
                ("recorded_at", models.DateTimeField(default=commonweal.kernel.clock.now, editable=False)),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "mandate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="governance.mandate",
                    ),
                ),
            ],
            options={
                "ordering": ["recorded_at", "id"],
                "constraints": [
                    models.CheckConstraint(condition=~Q(words=""), name="review_says_something"),
                    models.CheckConstraint(
                        condition=Q(next_on__isnull=True) | Q(next_on__gt=F("looked_on")),
                        name="review_next_is_later",
                    ),
                ],
            },
        ),
        migrations.RunSQL(KEEP, "drop trigger keep on governance_review;"),
    ]
