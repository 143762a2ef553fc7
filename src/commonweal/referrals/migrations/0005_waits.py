"""Counting what waits too long, without names, for the homes of those who administer."""

from importlib import resources

from django.db import migrations


def _sql(name: str) -> str:
    return resources.files("commonweal.referrals").joinpath("sql", name).read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("referrals", "0004_after_yes")]

    operations = [migrations.RunSQL(_sql("waits.sql"), _sql("waits_undo.sql"))]
