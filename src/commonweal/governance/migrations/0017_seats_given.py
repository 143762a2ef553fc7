"""A seat may come with an admission, or be given away; who controls whom is written by a decision."""

from django.db import migrations

from commonweal.foundation.sqlfiles import read_sql

FORWARD = read_sql("commonweal.governance", "sql/seats_given.sql")


class Migration(migrations.Migration):
    dependencies = [("governance", "0016_others_judge")]

    # Back: the functions of before are laid down again by going back to the migration that made them.
    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
