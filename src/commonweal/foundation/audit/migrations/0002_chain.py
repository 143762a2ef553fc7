from django.db import migrations

from commonweal.foundation.sqlfiles import read_sql


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial"), ("access", "0002_guard")]
    operations = [
        migrations.RunSQL(read_sql("commonweal.foundation.audit", "audit.sql"), migrations.RunSQL.noop),
    ]
