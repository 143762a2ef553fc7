"""A conflict of interest is the judgement of the others, not of the one who leads."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import commonweal.kernel.clock
import commonweal.kernel.ids
from commonweal.foundation.sqlfiles import read_sql

FORWARD = read_sql("commonweal.governance", "sql/others_judge.sql")

BACK = """
drop trigger judged_by_others on governance_recusal;
drop policy heard on governance_conflictword;
drop trigger keep on governance_conflictword;
drop trigger said_by_others on governance_conflictword;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0015_notice_keeps_its_bylaws"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ConflictWord",
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
                ("voter", models.CharField(max_length=60)),
                ("voter_name", models.CharField(max_length=200)),
                ("unit", models.CharField(max_length=60)),
                ("is_conflict", models.BooleanField()),
                ("why", models.CharField(max_length=500)),
                (
                    "recorded_at",
                    models.DateTimeField(default=commonweal.kernel.clock.now, editable=False),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recusal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="said",
                        to="governance.recusal",
                    ),
                ),
            ],
            options={
                "ordering": ["recorded_at"],
                "constraints": [
                    models.UniqueConstraint(fields=("recusal", "unit"), name="conflict_word_once_a_unit")
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACK),
    ]
