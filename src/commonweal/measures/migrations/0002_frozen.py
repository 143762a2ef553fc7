"""Results and releases are written once: what was published stays as it was said."""

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
"""
THAW = """
drop trigger frozen on measures_result;
drop trigger frozen on measures_release;
drop trigger frozen on measures_releasedfigure;
drop trigger frozen on measures_target;
drop function measures_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("measures", "0001_initial")]

    operations = [migrations.RunSQL(FREEZE, THAW)]
