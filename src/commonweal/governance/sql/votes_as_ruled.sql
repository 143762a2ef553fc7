-- What the bylaws ask of a vote, held by the database: a proxy is of the day on which it was written, nobody casts
-- from afar where they want one in the room, and who takes notes there writes down what is called out.

-- Who keeps the record of a meeting: leads it or takes its notes.
create or replace function governance_keeps_record(of_meeting uuid, on_day date) returns boolean
language sql stable set search_path = pg_catalog, public as $$
  select exists (
    select 1 from partners_meetingrole r
    join partners_holding h on h.seat_id = r.seat_id
    join partners_member m on m.id = h.member_id
    where r.meeting_id = of_meeting and r.part in ('chair', 'note-taker') and m.account_id = (select guard.account())
      and h.starts_on <= on_day and (h.ended_on is null or h.ended_on > on_day)
      and (m.left_on is null or m.left_on > on_day))
$$;

-- Who gives parts in a meeting: who runs the body, who has a part already, the backbone, the set-up.
create or replace function governance_part_given() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
declare of_body uuid; days date[];
begin
  select m.body_id, array[guard.today(), coalesce(guard.day_of(m.starts_at), guard.today())] into of_body, days
  from partners_meeting m where m.id = new.meeting_id;
  if governance_is_setup() or governance_is_backbone() or exists (
      select 1 from partners_seat s
      join partners_holding h on h.seat_id = s.id
      join partners_member m on m.id = h.member_id
      cross join unnest(days) d
      where s.body_id = of_body and m.account_id = (select guard.account()) and m.left_on is null
        and (s.role in ('chair', 'co-lead', 'secretary', 'facilitator')
             or exists (select 1 from partners_meetingrole r where r.meeting_id = new.meeting_id and r.seat_id = s.id))
        and h.starts_on <= d and (h.ended_on is null or h.ended_on > d)) then
    return new;
  end if;
  raise exception 'who runs a meeting gives out its parts' using errcode = '42501';
end $$;
create trigger given_by_who_runs before insert or update on partners_meetingrole
  for each row execute function governance_part_given();

-- Whether a voter is in the meeting of a vote at a moment, or the account carries its proxy and is there.
create or replace function governance_is_heard(p governance_poll, of_voter text, me uuid, moment timestamptz) returns boolean
language sql stable set search_path = pg_catalog, public as $$
  with there as (
    select v ->> 'id' as voter from jsonb_array_elements(p.electorate -> 'voters') v
    where exists (select 1 from partners_presence r where r.meeting_id = p.meeting_id
                    and v -> 'seats' ? r.seat_id::text
                    and r.came_at <= moment and (r.left_at is null or r.left_at > moment)))
  select exists (select 1 from there where voter = of_voter)
      or exists (select 1 from governance_proxy x join there on there.voter = x.carrier
                 where x.proposal_id = p.proposal_id and x.giver = of_voter and x.revoked_at is null
                   and exists (select 1 from governance_accounts_of(p.body_id, x.carrier, guard.day_of(moment)) a
                               where a.account = me))
$$;

create or replace function governance_hand_may_not(p governance_poll, of_voter text, via text, hand uuid, at_moment timestamptz)
returns text language plpgsql stable set search_path = pg_catalog, public as $$
declare
  me uuid := guard.account();
  story boolean := governance_tells_history(p);
  moment timestamptz := case when story then at_moment else clock_timestamp() end;
  day date := guard.day_of(moment);
  frozen jsonb;
begin
  if me is null or guard.purpose() is distinct from 'GOV' then return 'votes are cast by those who hold a seat'; end if;
  if story and (moment < p.opens_at - interval '1 day' or moment > p.closes_at + interval '1 day') then
    return 'voting was not open';
  end if;
  if hand is distinct from me then return 'whoever casts says so'; end if;
  select v -> 'seats' into frozen from jsonb_array_elements(p.electorate -> 'voters') v where v ->> 'id' = of_voter;
  if via in ('page', 'link') then
    -- A secret vote of the past keeps no hour: there the application alone asks who was in the room.
    if p.rule -> 'remote' = 'false' and not (story and p.is_secret) and not governance_is_heard(p, of_voter, me, moment) then
      return 'this is voted on in a meeting';
    end if;
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
    if not governance_is_officer() and not governance_leads(p.body_id, day)
       and not governance_keeps_record(p.meeting_id, day) then
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
        and (not x.tells_history or governance_tells_history(p))
        and exists (select 1 from governance_proposal q where q.id = p.proposal_id and q.body_id = p.body_id)
        and exists (select 1 from governance_accounts_of(p.body_id, x.carrier, day) a where a.account = me)
        and not governance_stepped_out(p, x.carrier)) then
    return '';
  end if;
  return 'this hand does not hold the seat';
end $$;

-- What is said for a voter is said by who sits there on the day on which it is written. A proxy of another day
-- than the clock's is of a story, and carries nothing in a vote of today; it is told apart here, by nobody else.
create or replace function governance_said_as_voter() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
declare
  of_body uuid; said jsonb := to_jsonb(new); p governance_poll; moment timestamptz := new.recorded_at; live boolean;
begin
  select * into p from governance_poll where id = (said ->> 'poll_id')::uuid;
  if tg_op = 'UPDATE' then
    if (said - 'revoked_at') is distinct from (to_jsonb(old) - 'revoked_at')
       or (old.revoked_at is not null and new.revoked_at is distinct from old.revoked_at) then
      raise exception 'a proxy is taken back, never rewritten' using errcode = '42501';
    end if;
    moment := new.revoked_at;
    live := not old.tells_history;
  elsif tg_table_name = 'governance_proxy' then
    new.tells_history := abs(extract(epoch from clock_timestamp() - moment)) > 600;
    live := false;
  else
    live := not governance_tells_history(p);
  end if;
  if live then
    if abs(extract(epoch from clock_timestamp() - moment)) > 600 then
      raise exception 'this is written on the day on which it is said' using errcode = '42501';
    end if;
    moment := clock_timestamp();
  end if;
  select coalesce(p.body_id, q.body_id) into of_body
  from governance_proposal q
  where q.id = coalesce((said ->> 'proposal_id')::uuid, p.proposal_id);
  if (tg_op = 'INSERT' and new.recorded_by_id is distinct from (select guard.account()))
     or not governance_speaks_as(of_body, said ->> tg_argv[0], guard.day_of(moment)) then
    raise exception 'this is said by who holds the seat' using errcode = '42501';
  end if;
  return new;
end $$;
