"""A holder's words are its own, and stay as they were said; ranges are written by the counting program."""

from django.db import migrations

COUNTING = "(select guard.role()) in ('backend_service', 'analyst') and (select guard.purpose()) = 'OPS'"
CLOSE = f"""
create trigger frozen before update or delete on measures_holdernote
  for each row execute function measures_frozen();
alter table measures_holdernote enable row level security;
alter table measures_holdernote force row level security;
create policy read_by_all on measures_holdernote for select using (true);
create policy said_by_own on measures_holdernote for insert
  with check (partner_id = (select guard.partner()) and (select guard.purpose()) = 'GOV');
alter table measures_completeness enable row level security;
alter table measures_completeness force row level security;
create policy read_by_all on measures_completeness for select using (true);
create policy counting on measures_completeness using ({COUNTING}) with check ({COUNTING});
"""
OPEN = """
drop policy counting on measures_completeness;
drop policy read_by_all on measures_completeness;
alter table measures_completeness no force row level security;
alter table measures_completeness disable row level security;
drop policy said_by_own on measures_holdernote;
drop policy read_by_all on measures_holdernote;
alter table measures_holdernote no force row level security;
alter table measures_holdernote disable row level security;
drop trigger frozen on measures_holdernote;
"""


class Migration(migrations.Migration):
    dependencies = [("measures", "0004_dictionary"), ("access", "0002_guard")]

    operations = [migrations.RunSQL(CLOSE, OPEN)]
