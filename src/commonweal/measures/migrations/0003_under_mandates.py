"""Targets and releases stand under mandates: the database asks for one before it takes them."""

from django.db import migrations

FORWARD = """
create trigger needs_mandate before insert on measures_target
  for each row execute function governance_beside_mandate('target', 'target.set', 'measure');
create or replace function measures_release_needs_mandate() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
begin
  if not exists (
    select 1 from governance_mandate m join governance_decision d on d.id = m.decision_id and d.adopted
    where m.matter = 'measure' and m.effect in ('', 'measure.adopt') and m.withdrawn_at is null
      and (m.ends_at is null or m.ends_at > now())) then
    raise exception 'nothing is published of which no measure was adopted' using errcode = '42501';
  end if;
  return null;
end $$;
create trigger needs_mandate before insert on measures_release
  for each statement execute function measures_release_needs_mandate();
create trigger needs_mandate before insert on measures_releasedfigure
  for each statement execute function measures_release_needs_mandate();
"""
BACK = """
drop trigger needs_mandate on measures_releasedfigure;
drop trigger needs_mandate on measures_release;
drop function measures_release_needs_mandate();
drop trigger needs_mandate on measures_target;
"""


class Migration(migrations.Migration):
    dependencies = [("measures", "0002_frozen"), ("governance", "0008_mandates_bind")]

    operations = [migrations.RunSQL(FORWARD, BACK)]
