"""Votes as the bylaws ask for them, whatever goes around the application.

A proxy that names another day than the clock's tells a story and carries nothing in a vote of today; who is
away does not cast where the bylaws want one in the room; and who takes notes in a meeting, named by who runs
it, writes down what is called out there. The way back puts the functions of ``0013`` in place again, with the
day of ``0023``.
"""

import re

from django.db import migrations, models

from commonweal.foundation.sqlfiles import read_sql

SQL = read_sql("commonweal.governance", "sql/votes_as_ruled.sql")
BEFORE = read_sql("commonweal.governance", "sql/hands_hold.sql")
ANEW = ("governance_hand_may_not", "governance_own_hand_may_not", "governance_said_as_voter")
OF_THE_PAST = """
alter table governance_proxy disable trigger user;
update governance_proxy x set tells_history = true where exists (
  select 1 from governance_poll p where p.proposal_id = x.proposal_id and p.closes_at <= p.entered_at);
alter table governance_proxy enable trigger user;
"""


def _as_before(name: str) -> str:
    start = BEFORE.index(f"create or replace function {name}(")
    told = BEFORE[start : BEFORE.index("end $$;", start)] + "end $$;\n"
    return re.sub(r"\(([\w.]+) at time zone 'UTC'\)::date", r"guard.day_of(\1)", told)


BACK = (
    "".join(map(_as_before, ANEW))
    + """
drop trigger given_by_who_runs on partners_meetingrole;
drop function governance_part_given, governance_is_heard, governance_keeps_record;
"""
)


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0025_obligations"),
        ("partners", "0012_points_of_volunteers"),
        ("access", "0004_one_day"),
    ]

    operations = [
        migrations.AddField("proxy", "tells_history", models.BooleanField(default=False, editable=False)),
        migrations.RunSQL(OF_THE_PAST, migrations.RunSQL.noop),
        migrations.RunSQL(SQL, BACK),
    ]
