"""An empty search is filled first and indexed after."""

from django.db import migrations

from commonweal.foundation.sqlfiles import read_sql


class Migration(migrations.Migration):
    dependencies = [("directory", "0007_cards")]

    operations = [
        migrations.RunSQL(
            read_sql("commonweal.directory", "sql/filling.sql"),
            "drop function guard.begin_search(); drop function guard.measure_directory();",
        ),
    ]
