"""Another wording may also be another effect: what a yes would do, and its days."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("governance", "0020_residents_stand")]

    operations = [
        migrations.AlterField("amendment", "text", models.TextField(blank=True)),
        migrations.AddField("amendment", "change", models.JSONField(blank=True, default=dict)),
    ]
