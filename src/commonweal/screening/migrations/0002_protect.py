"""Row-level security for every row about a person; a holder is a partner; what was said stays said."""

from django.db import migrations

from commonweal.foundation.access.protect import protect
from commonweal.foundation.access.vocabulary import DataClass

TABLES = (
    "screening_response",
    "screening_answer",
    "screening_determination",
    "screening_need",
    "screening_need_move",
)

_HOLDERS = "\n".join(
    f"alter table {table} add constraint {table}_holder_exists foreign key (holder_id) "
    "references partners_partner (id) deferrable initially deferred;"
    for table in TABLES
)
_HOLDERS_BACK = "\n".join(f"alter table {table} drop constraint {table}_holder_exists;" for table in TABLES)

# A stored questionnaire is what was asked: it may be retired, never rewritten. A finished screening's
# answers and findings stay as they were; only what the person wishes may still be written to a finding.
KEEP = """
create function screening_keep_instrument() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if (to_jsonb(new) - 'retired_at') is distinct from (to_jsonb(old) - 'retired_at') then
    raise exception 'a loaded form is never changed, only retired' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger keep_instrument before update on screening_instrument
  for each row execute function screening_keep_instrument();

create function screening_keep_answer() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if exists (select 1 from fresh f where not exists (
       select 1 from public.screening_response r where r.id = f.response_id and r.status = 'in-progress')) then
    raise exception 'the answers of a finished screening stay as they were said' using errcode = '42501';
  end if;
  return null;
end $$;
create trigger keep_answer_new after insert on screening_answer
  referencing new table as fresh for each statement execute function screening_keep_answer();
create trigger keep_answer_old after update on screening_answer
  referencing new table as fresh for each statement execute function screening_keep_answer();

create function screening_keep_finding() returns trigger language plpgsql set search_path = pg_catalog as $$
declare wished text[] := array['wish', 'wished_at', 'agreed', 'wish_recorded_by'];
begin
  if (to_jsonb(new) - wished) is distinct from (to_jsonb(old) - wished) then
    raise exception 'a finding is never changed, only what the person wishes' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger keep_finding before update on screening_determination
  for each row execute function screening_keep_finding();

create function screening_keep_move() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  raise exception 'what happened to a need stays written' using errcode = '42501';
end $$;
create trigger keep_move before update on screening_need_move
  for each row execute function screening_keep_move();
"""
KEEP_BACK = """
drop trigger keep_instrument on screening_instrument; drop function screening_keep_instrument();
drop trigger keep_answer_new on screening_answer; drop trigger keep_answer_old on screening_answer;
drop function screening_keep_answer();
drop trigger keep_finding on screening_determination; drop function screening_keep_finding();
drop trigger keep_move on screening_need_move; drop function screening_keep_move();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("screening", "0001_initial"),
        ("access", "0002_guard"),
        ("partners", "0002_memberships_name_a_partner"),
    ]

    operations = [
        *(operation for table in TABLES for operation in protect(table, DataClass.D4)),
        migrations.RunSQL(_HOLDERS, _HOLDERS_BACK),
        migrations.RunSQL(KEEP, KEEP_BACK),
    ]
