"""What a point of an agenda is called in each language, where the software composed its title."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partners", "0009_names_in_languages")]

    operations = [migrations.AddField("agendaitem", "translations", models.JSONField(blank=True, default=dict))]
