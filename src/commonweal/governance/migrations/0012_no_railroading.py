"""Closed ways around a vote, held by the database.

What is voted on stands once voting opened; who is under common control with one that stepped out casts no
more; and minutes that were written after the bylaws took force give no mandate, whatever day they name.
"""

from django.db import migrations

FORWARD = """
create or replace function governance_question_stands() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
declare
  asked text[] := array['number', 'matter', 'body_id', 'title', 'question', 'options', 'counting', 'effect', 'params',
                        'starts_on', 'ends_on', 'review_on', 'is_emergency', 'proposed_by_id', 'proposed_by_seat_id',
                        'challenges_id'];
begin
  if old.stage not in ('draft', 'talking') and exists (
      select 1 from unnest(asked) k where to_jsonb(new) -> k is distinct from to_jsonb(old) -> k) then
    raise exception 'what is voted on stands since notice was given' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger stands before update on governance_proposal
  for each row execute function governance_question_stands();

create or replace function governance_may_not_cast(p governance_poll, of_voter text, of_unit text) returns text
language plpgsql stable set search_path = pg_catalog, public as $$
begin
  if p.closed_at is not null then return 'voting has closed'; end if;
  if p.closes_at > p.entered_at and (clock_timestamp() >= p.closes_at or clock_timestamp() < p.opens_at) then
    return 'voting is not open';
  end if;
  if not exists (
    select 1 from jsonb_array_elements(p.electorate -> 'voters') v
    where v ->> 'id' = of_voter and coalesce(nullif(v ->> 'unit', ''), v ->> 'id') = of_unit
      and not coalesce((v ->> 'is_recused')::boolean, false)) then
    return 'this voter is not of the electorate';
  end if;
  if exists (select 1 from governance_recusal r
             join jsonb_array_elements(p.electorate -> 'voters') v on v ->> 'id' = r.voter
             where r.proposal_id = p.proposal_id and r.is_conflict
               and coalesce(nullif(v ->> 'unit', ''), v ->> 'id') = of_unit) then
    return 'this voter has stepped out';
  end if;
  return '';
end $$;

create or replace function governance_minutes_are_old() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
begin
  if governance_bylaws_hold() and exists (
      select 1 from governance_decision d where d.id = new.decision_id and d.proposal_id is null
        and d.recorded_at >= (select min(b.starts_at) from governance_bylaws b)) then
    raise exception 'minutes written since the bylaws hold give no mandate' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger minutes_are_old before insert on governance_mandate
  for each row execute function governance_minutes_are_old();
"""

BACK = """
drop trigger minutes_are_old on governance_mandate;
drop trigger stands on governance_proposal;
drop function governance_minutes_are_old, governance_question_stands;
"""


class Migration(migrations.Migration):
    dependencies = [("governance", "0011_promises_stay")]

    operations = [migrations.RunSQL(FORWARD, BACK)]
