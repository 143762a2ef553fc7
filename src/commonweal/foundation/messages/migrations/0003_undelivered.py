"""Tries are counted, failures told, and a body is kept only while it waits."""

from django.db import migrations, models

from commonweal.foundation.sqlfiles import read_sql


class Migration(migrations.Migration):
    dependencies = [("letters", "0002_holder")]

    operations = [
        migrations.AddField(
            model_name="outbound", name="attempts", field=models.PositiveSmallIntegerField(db_default=0, default=0)
        ),
        migrations.AddField(model_name="outbound", name="concerns", field=models.JSONField(null=True)),
        migrations.AddConstraint(
            model_name="outbound",
            constraint=models.CheckConstraint(
                condition=models.Q(state="waiting") | models.Q(text="", html="", settled_at__isnull=False),
                name="outbound_body_only_while_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="outbound",
            index=models.Index(
                fields=["queued_at"], name="outbound_undelivered", condition=models.Q(state__in=["waiting", "failed"])
            ),
        ),
        migrations.RunSQL(
            read_sql("commonweal.foundation.messages", "undelivered.sql"),
            "drop function guard.undelivered(timestamptz, timestamptz); drop policy counting on outbound;",
        ),
    ]
