"""Ballots hold, whatever goes around the application: who may vote, until when, in which order, never rewritten.

The clock is the database's, asked again at the moment of commit, so that a cast that began before closing and
reaches the database after it is refused for everyone alike. Only a poll that had closed before it was entered
(a seed that tells history, by the installation's set-up alone) is past that.
"""

from django.db import migrations

FORWARD = """
create or replace function governance_poll_opens() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
begin
  new.entered_at := clock_timestamp();
  if new.closes_at <= new.entered_at
     and ((select guard.role()) is distinct from 'operator' or (select guard.account()) is not null) then
    raise exception 'a poll can not be opened after it closed' using errcode = '42501';
  end if;
  if new.closed_at is not null or new.outcome is not null or new.count <> 0 or new.head <> '' then
    raise exception 'a poll opens without ballots' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger opens before insert on governance_poll for each row execute function governance_poll_opens();

create or replace function governance_keep_poll() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
declare
  moving text[] := array['head', 'count', 'closed_at', 'outcome', 'at_closing'];
begin
  if old.closed_at is not null then
    raise exception 'a poll that closed is not changed' using errcode = '42501';
  end if;
  if (to_jsonb(new) - moving) is distinct from (to_jsonb(old) - moving) then
    raise exception 'what was frozen when voting opened is not changed' using errcode = '42501';
  end if;
  if new.count < old.count then
    raise exception 'ballots do not grow fewer' using errcode = '42501';
  end if;
  if new.closed_at is not null and old.closes_at > clock_timestamp() and old.meeting_id is null then
    raise exception 'voting is still open' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger keep before update on governance_poll for each row execute function governance_keep_poll();
create trigger keep_rows before delete on governance_poll for each row execute function governance_keep();

-- Why this voter may not cast in this poll now; empty when it may.
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
             where r.proposal_id = p.proposal_id and r.voter = of_voter and r.is_conflict) then
    return 'this voter has stepped out';
  end if;
  return '';
end $$;

create or replace function governance_ballot_added() returns trigger
language plpgsql volatile set search_path = pg_catalog, public as $$
declare
  p governance_poll; fault text := ''; last text;
begin
  select * into p from governance_poll where id = new.poll_id;
  if p.is_secret then
    if p.closed_at is not null or (select guard.role()) is distinct from 'backend_service'
       or (p.closes_at > clock_timestamp() and p.meeting_id is null) then
      fault := 'secret ballots are laid open when voting closes';
    elsif new.voter <> '' or new.unit <> '' or new.cast_by_id is not null
       or new.occurred_at is not null or new.recorded_at is not null or new.provenance <> '' then
      fault := 'a secret ballot names nobody and no time';
    end if;
  else
    fault := governance_may_not_cast(p, new.voter, new.unit);
  end if;
  if fault <> '' then raise exception '%', fault using errcode = '42501'; end if;
  select digest into last from governance_ballot where poll_id = new.poll_id and place = new.place - 1;
  if new.place < 1 or new.before <> coalesce(last, '') or (new.place > 1 and last is null) then
    raise exception 'a ballot follows the one before it' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger added before insert on governance_ballot for each row execute function governance_ballot_added();
create trigger keep before update or delete on governance_ballot for each row execute function governance_keep();

create or replace function governance_envelope_added() returns trigger
language plpgsql volatile set search_path = pg_catalog, public as $$
declare
  p governance_poll; fault text;
begin
  select * into p from governance_poll where id = new.poll_id;
  fault := governance_may_not_cast(p, new.voter, new.unit);
  if not p.is_secret then fault := 'this poll is not secret'; end if;
  if tg_op = 'UPDATE' and (new.poll_id, new.unit) is distinct from (old.poll_id, old.unit) then
    fault := 'an envelope stays with its voter';
  end if;
  if fault <> '' then raise exception '%', fault using errcode = '42501'; end if;
  return new;
end $$;
create trigger added before insert or update on governance_envelope
  for each row execute function governance_envelope_added();

create or replace function governance_at_closing() returns trigger
language plpgsql volatile set search_path = pg_catalog, public as $$
declare
  p governance_poll; of_poll uuid;
begin
  of_poll := case when tg_op = 'DELETE' then old.poll_id else new.poll_id end;
  select * into p from governance_poll where id = of_poll;
  if not p.is_secret or p.closed_at is not null or (select guard.role()) is distinct from 'backend_service'
     or (p.closes_at > clock_timestamp() and p.meeting_id is null) then
    raise exception 'this happens when voting closes' using errcode = '42501';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger opened before delete on governance_envelope for each row execute function governance_at_closing();
create trigger added before insert on governance_turnout for each row execute function governance_at_closing();
create trigger keep before update or delete on governance_turnout for each row execute function governance_keep();

-- The rule at commit: begun before closing and committed after it is too late, for all alike.
create or replace function governance_in_time() returns trigger
language plpgsql volatile set search_path = pg_catalog, public as $$
declare
  p governance_poll;
begin
  select * into p from governance_poll where id = new.poll_id;
  if p.closes_at > p.entered_at and clock_timestamp() >= p.closes_at
     and not (tg_table_name = 'governance_ballot' and p.is_secret) then
    raise exception 'voting is not open' using errcode = '42501';
  end if;
  return null;
end $$;
create constraint trigger in_time after insert on governance_ballot
  deferrable initially deferred for each row execute function governance_in_time();
create constraint trigger in_time after insert or update on governance_envelope
  deferrable initially deferred for each row execute function governance_in_time();

create trigger keep before update or delete on governance_judgement for each row execute function governance_keep();
create trigger keep before update or delete on governance_ratification
  for each row execute function governance_keep();
create trigger keep before update or delete on governance_section for each row execute function governance_keep();
create trigger keep before update or delete on governance_comment for each row execute function governance_keep();
create trigger keep before update or delete on governance_stance for each row execute function governance_keep();
create trigger keep_rows before delete on governance_amendment for each row execute function governance_keep();
create trigger keep_rows before delete on governance_recusal for each row execute function governance_keep();
create trigger keep_rows before delete on governance_proposal for each row execute function governance_keep();
create trigger keep_rows before delete on governance_proxy for each row execute function governance_keep();
create trigger keep_rows before delete on governance_paperentry for each row execute function governance_keep();
"""

BACK = """
drop trigger keep_rows on governance_paperentry;
drop trigger keep_rows on governance_proxy;
drop trigger keep_rows on governance_proposal;
drop trigger keep_rows on governance_recusal;
drop trigger keep_rows on governance_amendment;
drop trigger keep on governance_stance;
drop trigger keep on governance_comment;
drop trigger keep on governance_section;
drop trigger keep on governance_ratification;
drop trigger keep on governance_judgement;
drop trigger in_time on governance_envelope;
drop trigger in_time on governance_ballot;
drop trigger keep on governance_turnout;
drop trigger added on governance_turnout;
drop trigger opened on governance_envelope;
drop trigger added on governance_envelope;
drop trigger keep on governance_ballot;
drop trigger added on governance_ballot;
drop trigger keep_rows on governance_poll;
drop trigger keep on governance_poll;
drop trigger opens on governance_poll;
drop function governance_in_time, governance_at_closing, governance_envelope_added, governance_ballot_added,
  governance_may_not_cast, governance_keep_poll, governance_poll_opens;
"""


class Migration(migrations.Migration):
    dependencies = [("governance", "0005_votes_in_full")]

    operations = [migrations.RunSQL(FORWARD, BACK)]
