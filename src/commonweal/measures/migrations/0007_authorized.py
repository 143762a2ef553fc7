"""An analysis runs, and is read, while the table's decision and each holder's yes live: asked at every read."""

from django.db import migrations

from commonweal.foundation.sqlfiles import read_sql

FORWARD = read_sql("commonweal.measures", "sql/authorized.sql")
BACK = """
drop policy read_in_body on measures_analysisfigure;
drop policy counting on measures_analysisfigure;
alter table measures_analysisfigure no force row level security;
alter table measures_analysisfigure disable row level security;
drop policy read_in_body on measures_analysisrun;
drop policy counting on measures_analysisrun;
alter table measures_analysisrun no force row level security;
alter table measures_analysisrun disable row level security;
drop policy said_by_own on measures_analysisanswer;
drop policy read_by_table on measures_analysisanswer;
alter table measures_analysisanswer no force row level security;
alter table measures_analysisanswer disable row level security;
drop trigger authorized on measures_analysisfigure;
drop trigger authorized on measures_analysisrun;
drop trigger frozen on measures_analysisfigure;
drop trigger frozen on measures_analysisrun;
drop trigger frozen on measures_analysisanswer;
drop trigger frozen on measures_analysis;
drop function measures_figure_added, measures_run_added, measures_run_is_open, measures_holder_says_yes,
  measures_analysis_lives, measures_mandate_lives;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("measures", "0006_analyses"),
        ("governance", "0019_closed_doors_hold"),
        ("partners", "0006_closed_rooms"),
        ("access", "0002_guard"),
    ]

    operations = [migrations.RunSQL(FORWARD, BACK)]
