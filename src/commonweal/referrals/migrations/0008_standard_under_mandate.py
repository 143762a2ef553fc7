"""The days of the answer stand under a mandate: the database asks for it, and rewrites none."""

from django.db import migrations

FORWARD = """
create trigger needs_mandate before insert on referrals_answerstandard
  for each row execute function governance_beside_mandate('service-standard', 'service-standard.set', '');
create trigger keep before update or delete on referrals_answerstandard
  for each row execute function governance_keep();
"""
BACK = """
drop trigger keep on referrals_answerstandard;
drop trigger needs_mandate on referrals_answerstandard;
"""


class Migration(migrations.Migration):
    dependencies = [("referrals", "0007_ending"), ("governance", "0008_mandates_bind")]

    operations = [migrations.RunSQL(FORWARD, BACK)]
