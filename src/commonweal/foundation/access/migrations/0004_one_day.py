"""The day of the place, which functions of later migrations ask for."""

from django.db import migrations

from commonweal.foundation.sqlfiles import read_sql

GUARD = read_sql("commonweal.foundation.access", "sql/guard.sql")


class Migration(migrations.Migration):
    dependencies = [("access", "0003_reach")]
    operations = [migrations.RunSQL(GUARD, migrations.RunSQL.noop)]
