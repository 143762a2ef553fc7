"""Free words about one person's place leave the page of gaps."""

from importlib import resources

from django.db import migrations

_SQL = resources.files("commonweal.referrals").joinpath("sql", "gap_places.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("referrals", "0002_protect")]

    operations = [migrations.RunSQL(_SQL, migrations.RunSQL.noop)]
