"""Results and releases are written once: what was published stays as it was said.

Results hold small counts, so that the database gives them to the counting program alone.
"""

from django.db import migrations

FREEZE = """
create function measures_frozen() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  raise exception 'what was counted and released is never changed' using errcode = '42501';
end $$;
create trigger frozen before update or delete on measures_result
  for each row execute function measures_frozen();
create trigger frozen before update or delete on measures_release
  for each row execute function measures_frozen();
create trigger frozen before update or delete on measures_releasedfigure
  for each row execute function measures_frozen();
create trigger frozen before update or delete on measures_target
  for each row execute function measures_frozen();
alter table measures_result enable row level security;
alter table measures_result force row level security;
create policy counting on measures_result
  using ((select guard.role()) in ('backend_service', 'analyst') and (select guard.purpose()) = 'OPS')
  with check ((select guard.role()) in ('backend_service', 'analyst') and (select guard.purpose()) = 'OPS');
"""
THAW = """
drop policy counting on measures_result;
alter table measures_result no force row level security;
alter table measures_result disable row level security;
drop trigger frozen on measures_result;
drop trigger frozen on measures_release;
drop trigger frozen on measures_releasedfigure;
drop trigger frozen on measures_target;
drop function measures_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("measures", "0001_initial"), ("access", "0002_guard")]

    operations = [migrations.RunSQL(FREEZE, THAW)]
