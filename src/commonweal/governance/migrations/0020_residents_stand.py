"""Who works for a partner by now sits for residents no more."""

from django.db import migrations

from commonweal.foundation.sqlfiles import read_sql


class Migration(migrations.Migration):
    dependencies = [("governance", "0019_closed_doors_hold"), ("partners", "0008_seats_closed")]

    operations = [
        migrations.RunSQL(
            read_sql("commonweal.governance", "sql/residents_stand.sql"), migrations.RunSQL.noop
        )
    ]
