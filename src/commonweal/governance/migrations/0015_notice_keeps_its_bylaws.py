"""A notice keeps the bylaws under which it was given."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("governance", "0014_delegations_are_used")]

    operations = [
        migrations.AddField(
            model_name="proposal",
            name="noticed_version",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
    ]
