"""The platform ends a specially protected request that nobody may see any more, without seeing it."""

from importlib import resources

from django.db import migrations


def _sql(name: str) -> str:
    return resources.files("commonweal.referrals").joinpath("sql", name).read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("referrals", "0006_letters"), ("audit", "0003_occurred")]

    operations = [migrations.RunSQL(_sql("ending.sql"), _sql("ending_undo.sql"))]
