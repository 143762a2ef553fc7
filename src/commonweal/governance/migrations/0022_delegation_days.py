"""A report that is due today is not overdue because it is tomorrow at Greenwich."""

from django.db import migrations

from commonweal.foundation.sqlfiles import read_sql

FORWARD = read_sql("commonweal.governance", "sql/delegation_days.sql")


class Migration(migrations.Migration):
    dependencies = [("governance", "0021_amendments_change_effects")]

    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
