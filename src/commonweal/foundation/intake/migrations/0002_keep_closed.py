"""Held rows may say what is not public: only whoever brings data in, or keeps the directory, sees them."""

from django.db import migrations

PROTECT = """
alter table intake_heldrow enable row level security;
alter table intake_heldrow force row level security;
create policy keeping on intake_heldrow for all
  using ((select guard.role()) in ('operator', 'coordinator') and (select guard.purpose()) = 'ADMIN')
  with check ((select guard.role()) in ('operator', 'coordinator') and (select guard.purpose()) = 'ADMIN');
"""
UNPROTECT = """
drop policy keeping on intake_heldrow;
alter table intake_heldrow no force row level security;
alter table intake_heldrow disable row level security;
"""


class Migration(migrations.Migration):
    dependencies = [("intake", "0001_initial"), ("access", "0002_guard")]

    operations = [migrations.RunSQL(PROTECT, UNPROTECT)]
