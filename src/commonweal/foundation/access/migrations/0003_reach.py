"""The guard's functions as policies ask them now, before a later migration writes such a policy."""

from django.db import migrations

from commonweal.foundation.sqlfiles import read_sql

ACCESS = "commonweal.foundation.access"


class Migration(migrations.Migration):
    dependencies = [("access", "0002_guard")]
    operations = [
        migrations.RunSQL(read_sql(ACCESS, "sql/guard.sql"), migrations.RunSQL.noop),
        migrations.RunSQL(read_sql(ACCESS, "sql/facts.sql"), migrations.RunSQL.noop),
    ]
