"""What a private body decided for itself, and how it answered others, stays behind its door.

Its decision and the mandate that is only its word are read by those who sit there; a decision that governs
something is everybody's. Of a private body that others asked, everyone learns the answer (it stands in the
certificate) and nobody else the tally. Held by the database, as its ballots are.
"""

from django.db import migrations, models

from commonweal.foundation.sqlfiles import read_sql

FORWARD = read_sql("commonweal.governance", "sql/closed_doors.sql")

BACK = """
drop policy heard on governance_ratification;
alter table governance_ratification no force row level security;
alter table governance_ratification disable row level security;
drop policy heard on governance_turnout;
alter table governance_turnout no force row level security;
alter table governance_turnout disable row level security;
drop policy heard on governance_poll;
create policy heard on governance_poll for all
  using (proposal_id in (select q.id from governance_proposal q))
  with check (proposal_id in (select q.id from governance_proposal q));
drop policy heard on governance_mandate;
alter table governance_mandate no force row level security;
alter table governance_mandate disable row level security;
drop policy heard on governance_decision;
alter table governance_decision no force row level security;
alter table governance_decision disable row level security;
drop trigger a_private on governance_mandate;
drop trigger a_private on governance_decision;
drop function governance_mandate_is_private, governance_decision_is_private;
"""


class Migration(migrations.Migration):
    dependencies = [("governance", "0018_looked_at_again")]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="is_private",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="mandate",
            name="is_private",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.RunSQL(FORWARD, BACK),
    ]
