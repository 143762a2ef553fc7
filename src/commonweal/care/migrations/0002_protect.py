"""Row-level security for care teams; one lead, ended unseen."""

from importlib import resources

from django.db import migrations

from commonweal.foundation.access.protect import protect
from commonweal.foundation.access.vocabulary import DataClass


def _sql(name: str) -> str:
    return resources.files("commonweal.care").joinpath("sql", name).read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("care", "0001_tables"), ("access", "0002_guard"), ("people", "0002_protect")]

    operations = [
        *protect("care_careteammember", DataClass.D4),
        migrations.RunSQL(_sql("lead.sql"), _sql("lead_undo.sql")),
    ]
