-- Whose hand casts: the account of the signed context holds the voter's seat, stands in for its holder, carries
-- its proxy, read its paper as the second of two, or leads the meeting in which it was called out.

-- The day, and the moment, that a poll lives in: the database's, or in a story that a seed tells the story's own.
create or replace function governance_tells_history(p governance_poll) returns boolean
language sql immutable set search_path = pg_catalog, public as $$ select p.closes_at <= p.entered_at $$;

-- Who sits in the seats of a voter of a body on a day: accounts, holders apart from alternates.
create or replace function governance_accounts_of(of_body uuid, of_voter text, on_day date)
returns table (account uuid, is_alternate boolean, seat uuid)
language sql stable set search_path = pg_catalog, public as $$
  select m.account_id, h.is_alternate, s.id
  from partners_seat s
  join partners_holding h on h.seat_id = s.id
  join partners_member m on m.id = h.member_id
  where s.body_id = of_body and s.has_vote and m.account_id is not null
    and of_voter = case when s.partner_id is null then 'seat:' || s.id else 'partner:' || s.partner_id end
    and (s.ends_on is null or s.ends_on > on_day)
    and h.starts_on <= on_day and (h.ended_on is null or h.ended_on > on_day)
    and (m.left_on is null or m.left_on > on_day)
$$;

-- Whether the account of the context may say something as a voter of a body on a day.
create or replace function governance_speaks_as(of_body uuid, of_voter text, on_day date) returns boolean
language sql stable set search_path = pg_catalog, public as $$
  select (select guard.purpose()) = 'GOV' and exists (
    select 1 from governance_accounts_of(of_body, of_voter, on_day) a where a.account = (select guard.account()))
$$;

create or replace function governance_leads(of_body uuid, on_day date) returns boolean
language sql stable set search_path = pg_catalog, public as $$
  select exists (
    select 1 from partners_seat s
    join partners_holding h on h.seat_id = s.id
    join partners_member m on m.id = h.member_id
    where s.body_id = of_body and s.role in ('chair', 'co-lead') and m.account_id = (select guard.account())
      and (s.ends_on is null or s.ends_on > on_day)
      and h.starts_on <= on_day and (h.ended_on is null or h.ended_on > on_day)
      and (m.left_on is null or m.left_on > on_day))
$$;
create or replace function governance_is_officer() returns boolean
language sql stable set search_path = pg_catalog, public as $$
  select coalesce((select guard.role()) = 'election_officer' and (select guard.purpose()) = 'GOV'
                  and (select guard.account()) is not null, false) or governance_is_backbone()
$$;

create or replace function governance_stepped_out(p governance_poll, of_voter text) returns boolean
language sql stable set search_path = pg_catalog, public as $$
  with unit as (
    select v ->> 'id' as voter, coalesce(nullif(v ->> 'unit', ''), v ->> 'id') as unit,
           coalesce((v ->> 'is_recused')::boolean, false) as out
    from jsonb_array_elements(p.electorate -> 'voters') v)
  select exists (
    select 1 from unit mine join unit other on other.unit = mine.unit
    where mine.voter = of_voter and (other.out or exists (
      select 1 from governance_recusal r
      where r.proposal_id = p.proposal_id and r.is_conflict and r.voter = other.voter)))
$$;

-- Why this hand may not put this voter's ballot this way; empty when it may.
create or replace function governance_hand_may_not(p governance_poll, of_voter text, via text, hand uuid, at_moment timestamptz)
returns text language plpgsql stable set search_path = pg_catalog, public as $$
declare
  me uuid := guard.account();
  story boolean := governance_tells_history(p);
  moment timestamptz := case when story then at_moment else clock_timestamp() end;
  day date := (moment at time zone 'UTC')::date;
  frozen jsonb;
begin
  if me is null or guard.purpose() is distinct from 'GOV' then return 'votes are cast by those who hold a seat'; end if;
  if story and (moment < p.opens_at - interval '1 day' or moment > p.closes_at + interval '1 day') then
    return 'voting was not open';
  end if;
  if hand is distinct from me then return 'whoever casts says so'; end if;
  select v -> 'seats' into frozen from jsonb_array_elements(p.electorate -> 'voters') v where v ->> 'id' = of_voter;
  if via in ('page', 'link') then
    return governance_own_hand_may_not(p, of_voter, me, day, frozen);
  elsif via = 'paper' then
    if not governance_is_officer() then return 'paper is entered by an election officer'; end if;
    if not exists (
        select 1 from governance_paperentry e
        where e.poll_id = p.id and e.voter = of_voter and e.agreed and e.checked_by_id = me
          and (story or e.settled_at = now())) then
      return 'two read the same on the paper';
    end if;
    return '';
  elsif via = 'meeting' then
    if p.is_secret or (p.meeting_id is null and not story) then return 'this vote is not called out in a meeting'; end if;
    if not governance_is_officer() and not governance_leads(p.body_id, day) then
      return 'who leads the meeting writes the votes down';
    end if;
    if p.meeting_id is not null and not exists (
        select 1 from partners_presence r where r.meeting_id = p.meeting_id and frozen ? r.seat_id::text
          and r.came_at <= moment and (r.left_at is null or r.left_at > moment)) then
      return 'this voter is not there';
    end if;
    return '';
  end if;
  return 'ballots do not come this way';
end $$;

create or replace function governance_own_hand_may_not(p governance_poll, of_voter text, me uuid, day date, frozen jsonb)
returns text language plpgsql stable set search_path = pg_catalog, public as $$
declare mine boolean; holder_came boolean;
begin
  select bool_or(not a.is_alternate) into mine
  from governance_accounts_of(p.body_id, of_voter, day) a where a.account = me and frozen ? a.seat::text;
  if mine then return ''; end if;
  select exists (
    select 1 from governance_accounts_of(p.body_id, of_voter, day) a
    where not a.is_alternate and a.account <> me
      and (exists (select 1 from governance_ballot b where b.poll_id = p.id and b.voter = of_voter
                   and b.cast_by_id = a.account)
           or exists (select 1 from governance_envelope e where e.poll_id = p.id and e.voter = of_voter
                      and e.hand = a.account))) into holder_came;
  if holder_came then return 'the holder of this seat has voted'; end if;
  if mine is not null then return ''; end if;  -- an alternate
  if exists (
      select 1 from governance_proxy x
      where x.proposal_id = p.proposal_id and x.giver = of_voter and x.revoked_at is null
        and exists (select 1 from governance_proposal q where q.id = p.proposal_id and q.body_id = p.body_id)
        and exists (select 1 from governance_accounts_of(p.body_id, x.carrier, day) a where a.account = me)
        and not governance_stepped_out(p, x.carrier)) then
    return '';
  end if;
  return 'this hand does not hold the seat';
end $$;

create or replace function governance_ballot_added() returns trigger
language plpgsql volatile set search_path = pg_catalog, public as $$
declare
  p governance_poll; fault text := ''; last text;
begin
  select * into p from governance_poll where id = new.poll_id;
  if p.is_secret then
    if p.closed_at is not null or not governance_is_count()
       or (p.closes_at > clock_timestamp() and p.meeting_id is null) then
      fault := 'secret ballots are laid open when voting closes';
    elsif new.voter <> '' or new.unit <> '' or new.cast_by_id is not null
       or new.occurred_at is not null or new.recorded_at is not null or new.provenance <> '' then
      fault := 'a secret ballot names nobody and no time';
    elsif new.place > (select count(*) from governance_envelope e where e.poll_id = p.id) then
      fault := 'as many ballots as envelopes';
    end if;
  else
    fault := governance_may_not_cast(p, new.voter, new.unit);
    if fault = '' then
      fault := governance_hand_may_not(p, new.voter, new.channel, new.cast_by_id, new.occurred_at);
    end if;
  end if;
  if fault <> '' then raise exception '%', fault using errcode = '42501'; end if;
  select digest into last from governance_ballot where poll_id = new.poll_id and place = new.place - 1;
  if new.place < 1 or new.before <> coalesce(last, '') or (new.place > 1 and last is null) then
    raise exception 'a ballot follows the one before it' using errcode = '42501';
  end if;
  if new.channel = 'paper' and not p.is_secret
     and (select count(*) from governance_ballot b where b.poll_id = p.id and b.voter = new.voter and b.channel = 'paper')
      >= (select count(*) from governance_paperentry e where e.poll_id = p.id and e.voter = new.voter and e.agreed) then
    raise exception 'one paper is one ballot' using errcode = '42501';
  end if;
  return new;
end $$;

create or replace function governance_envelope_added() returns trigger
language plpgsql volatile set search_path = pg_catalog, public as $$
declare
  p governance_poll; fault text; hand uuid := new.hand;
begin
  select * into p from governance_poll where id = new.poll_id;
  fault := governance_may_not_cast(p, new.voter, new.unit);
  if not p.is_secret then fault := 'this poll is not secret'; end if;
  if tg_op = 'UPDATE' and (new.poll_id, new.unit) is distinct from (old.poll_id, old.unit) then
    fault := 'an envelope stays with its voter';
  end if;
  if fault = '' then
    if new.channel = 'paper' then
      if hand is not null then fault := 'paper has nobody''s hand'; end if;
      hand := guard.account();
    end if;
    fault := coalesce(nullif(fault, ''), governance_hand_may_not(
      p, new.voter, new.channel, hand, new.recorded_on::timestamp at time zone 'UTC'));
  end if;
  if fault <> '' then raise exception '%', fault using errcode = '42501'; end if;
  return new;
end $$;

-- Who took part: those whose envelope is opened, no others.
create or replace function governance_turnout_added() returns trigger
language plpgsql volatile set search_path = pg_catalog, public as $$
begin
  if not governance_is_count() or not exists (
      select 1 from governance_envelope e
      where e.poll_id = new.poll_id and e.unit = new.unit and e.voter = new.voter) then
    raise exception 'who took part left an envelope' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger cast_one before insert on governance_turnout
  for each row execute function governance_turnout_added();

-- What is said for a voter is said by who sits there: a proxy, what one holds of another's reason.
create or replace function governance_said_as_voter() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
declare of_body uuid; said jsonb := to_jsonb(new); day date := (new.recorded_at at time zone 'UTC')::date;
begin
  if tg_op = 'UPDATE' then
    if (said - 'revoked_at') is distinct from (to_jsonb(old) - 'revoked_at')
       or (old.revoked_at is not null and new.revoked_at is distinct from old.revoked_at) then
      raise exception 'a proxy is taken back, never rewritten' using errcode = '42501';
    end if;
    day := (new.revoked_at at time zone 'UTC')::date;
  end if;
  select coalesce(p.body_id, q.body_id) into of_body
  from governance_proposal q left join governance_poll p on p.proposal_id = q.id and p.id = (said ->> 'poll_id')::uuid
  where q.id = (said ->> 'proposal_id')::uuid or p.id is not null;
  if (tg_op = 'INSERT' and new.recorded_by_id is distinct from (select guard.account()))
     or not governance_speaks_as(of_body, said ->> tg_argv[0], day) then
    raise exception 'this is said by who holds the seat' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger said_by_seat before insert or update on governance_proxy
  for each row execute function governance_said_as_voter('giver');
create trigger said_by_seat before insert on governance_judgement
  for each row execute function governance_said_as_voter('voter');

-- A ballot on paper is entered and checked by two who may, each in the own name.
create or replace function governance_paper_is_read() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
declare p governance_poll; moving text[] := array['choice', 'sealed', 'checked_by_id', 'settled_at', 'agreed'];
begin
  select * into p from governance_poll where id = new.poll_id;
  if not governance_is_officer() then
    raise exception 'paper is entered by an election officer' using errcode = '42501';
  end if;
  if tg_op = 'INSERT' then
    if new.entered_by_id is distinct from (select guard.account()) or new.settled_at is not null
       or new.agreed is not null then
      raise exception 'whoever enters a paper says so' using errcode = '42501';
    end if;
    return new;
  end if;
  if old.settled_at is not null or (to_jsonb(new) - moving) is distinct from (to_jsonb(old) - moving)
     or new.checked_by_id is distinct from (select guard.account()) then
    raise exception 'a paper is checked once, by another' using errcode = '42501';
  end if;
  if not governance_tells_history(p) then new.settled_at := now(); end if;
  return new;
end $$;
create trigger read_by_two before insert or update on governance_paperentry
  for each row execute function governance_paper_is_read();

-- What all this rests on. Who fills a seat of a partner: the partner, or the backbone for it; anyone may leave.
create or replace function governance_holding_changes() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
declare s partners_seat; leaving text[] := array['ended_on', 'ended_why'];
begin
  if governance_is_founding() then return new; end if;
  select * into s from partners_seat where id = new.seat_id;
  if s.partner_id is not null and (governance_runs(s.partner_id) or governance_is_setup()) then return new; end if;
  if s.partner_id is null and governance_acts('membership', 'seat:' || s.id, array['seat.fill']) then return new; end if;
  if tg_op = 'UPDATE' and (to_jsonb(new) - leaving) is not distinct from (to_jsonb(old) - leaving) then
    if governance_seat_may_end(s) or new.term_ends_on <= current_date
       or exists (select 1 from governance_mandate m where m.matter = 'membership' and m.scope = 'seat:' || s.id
                  and m.effect = 'seat.fill' and governance_undoes(m.id))
       or governance_is_backbone()  -- writes down who left, at their word
       or exists (select 1 from partners_member p where p.id = new.member_id
                  and p.account_id = (select guard.account())) then
      return new;
    end if;
  end if;
  if s.partner_id is not null then
    raise exception 'a partner fills its seat itself' using errcode = '42501';
  end if;
  raise exception 'a seat of a class is filled by a decision in force' using errcode = '42501';
end $$;
create or replace function governance_runs(of_partner uuid) returns boolean
language sql stable set search_path = pg_catalog, public as $$
  select coalesce((select guard.role()) = 'org_admin' and (select guard.partner()) = of_partner, false)
      or governance_is_backbone()
$$;

-- Whose account a member is: said when they come, by the partner or the backbone, or by themselves who accepted.
create or replace function governance_member_is_someone() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
declare who text[] := array['account_id', 'partner_id', 'kind', 'lives_here', 'is_or_was_served'];
begin
  if governance_is_founding() or governance_is_setup() then return new; end if;
  if tg_op = 'UPDATE' then
    if (select jsonb_object_agg(k, to_jsonb(new) -> k) from unnest(who) k)
       is not distinct from (select jsonb_object_agg(k, to_jsonb(old) -> k) from unnest(who) k)
       and not (old.left_on is not null and new.left_on is null) then
      return new;
    end if;
    if old.account_id is not null and new.account_id is distinct from old.account_id then
      raise exception 'a member stays the one who came' using errcode = '42501';
    end if;
  elsif new.account_id is null then
    return new;
  end if;
  if governance_runs(new.partner_id)
     or (tg_op = 'INSERT' and new.partner_id is not null and new.account_id = (select guard.account())) then
    return new;
  end if;
  raise exception 'who takes part is said by whom they take part for' using errcode = '42501';
end $$;
create trigger is_someone before insert or update on partners_member
  for each row execute function governance_member_is_someone();
create trigger stays before delete on partners_member for each row execute function governance_keep();
create trigger stays before delete on partners_holding for each row execute function governance_keep();
create trigger stays before delete on partners_seat for each row execute function governance_keep();
