"""Counting occasions to screen without names: the owner's function reads for those who may count.

Only what was recorded by a given moment is read, so that the same moment always gives the same rows.
Findings about safety stand in rows of another segment, which the policy leaves out.
"""

from django.db import migrations

COUNT = """
create function guard.may_count_screenings() returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select guard.role() in ('backend_service', 'analyst') and guard.purpose() = 'OPS'
$$;
create policy counting on screening_response for select to current_user using (
  (select guard.may_count_screenings()) and segment = 'general');
create policy counting on screening_determination for select to current_user using (
  (select guard.may_count_screenings()) and segment = 'general');

create function guard.screening_occasions(first date, until date, as_of timestamptz, salt text)
returns table (person text, holder uuid, asked_on date, outcome text, domains text[])
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  if not coalesce(guard.may_count_screenings(), false) then
    raise exception 'only the measures of the table count screenings' using errcode = '42501';
  end if;
  return query
  select
    left(encode(sha256(convert_to(salt || ':person:' || r.person_id::text, 'UTF8')), 'hex'), 32),
    r.holder_id, r.asked_on, r.outcome::text,
    coalesce((select array_agg(d.domain::text order by d.domain) from public.screening_determination d
              where d.response_id = r.id and d.result in ('positive', 'negative')), '{}')
  from public.screening_response r
  where r.asked_on >= first and r.asked_on < until and r.completed_at <= as_of
    and (r.status = 'completed' or (r.status = 'entered-in-error' and r.changed_at > as_of))
  order by r.asked_on, r.id;
end $$;
"""
COUNT_BACK = """
drop function guard.screening_occasions(date, date, timestamptz, text);
drop policy counting on screening_response;
drop policy counting on screening_determination;
drop function guard.may_count_screenings();
"""


class Migration(migrations.Migration):
    dependencies = [("screening", "0002_protect")]

    operations = [migrations.RunSQL(COUNT, COUNT_BACK)]
