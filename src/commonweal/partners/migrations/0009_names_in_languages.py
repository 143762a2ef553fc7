"""What a table calls its bodies and seats, in each language in which it wrote it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partners", "0008_seats_closed")]

    operations = [
        migrations.AddField("body", "translations", models.JSONField(blank=True, default=dict)),
        migrations.AddField("seat", "translations", models.JSONField(blank=True, default=dict)),
    ]
