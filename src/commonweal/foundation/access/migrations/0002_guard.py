from django.db import migrations

from commonweal.foundation.sqlfiles import read_sql

ACCESS = "commonweal.foundation.access"


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial"), ("accounts", "0001_initial")]
    operations = [
        migrations.RunSQL(read_sql(ACCESS, "sql/guard.sql"), migrations.RunSQL.noop),
        migrations.RunSQL(read_sql(ACCESS, "sql/facts.sql"), migrations.RunSQL.noop),
        migrations.RunSQL(read_sql(ACCESS, "sql/fact_policies.sql"), migrations.RunSQL.noop),
    ]
