from django.db import migrations

from commonweal.foundation.sqlfiles import read_sql


class Migration(migrations.Migration):
    dependencies = [("letters", "0001_initial"), ("access", "0002_guard")]
    operations = [
        migrations.RunSQL(read_sql("commonweal.foundation.messages", "outbound.sql"), migrations.RunSQL.noop),
    ]
