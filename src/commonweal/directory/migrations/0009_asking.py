"""Whether there is room is asked; how many wait is told; letters that never arrived are known."""

import django.db.models.deletion
from django.db import migrations, models

import commonweal.kernel.clock
import commonweal.kernel.ids


class Migration(migrations.Migration):
    dependencies = [("directory", "0008_filling")]

    operations = [
        migrations.AddField(
            model_name="capacityreport", name="waiting", field=models.PositiveIntegerField(blank=True, null=True)
        ),
        migrations.AddField(
            model_name="verificationrequest",
            name="undelivered_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.CreateModel(
            name="RoomQuestion",
            fields=[
                ("id", models.UUIDField(default=commonweal.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("account_id", models.UUIDField(blank=True, null=True)),
                ("partner_id", models.UUIDField(blank=True, null=True)),
                ("asked_at", models.DateTimeField(default=commonweal.kernel.clock.now)),
                ("sent_to", models.TextField(blank=True, default="")),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("undelivered_at", models.DateTimeField(blank=True, null=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("service", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.service")),
            ],
            options={
                "indexes": [models.Index(fields=["service", "-sent_at"], name="dir_room_question_i")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("account_id__isnull", False), ("answered_at__isnull", True)),
                        fields=("service", "account_id"),
                        name="dir_room_question_once",
                    )
                ],
            },
        ),
    ]
