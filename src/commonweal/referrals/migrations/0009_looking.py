"""The calendar looks at specially protected requests too, without seeing them."""

from importlib import resources

from django.db import migrations


def _sql(name: str) -> str:
    return resources.files("commonweal.referrals").joinpath("sql", name).read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("referrals", "0008_standard_under_mandate")]

    operations = [migrations.RunSQL(_sql("looking.sql"), _sql("looking_undo.sql"))]
