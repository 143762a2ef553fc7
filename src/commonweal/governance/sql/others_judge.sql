-- A conflict of interest is judged by the others, each for the own seat, and by more than half of them.

create or replace function governance_unit_of(of_partner uuid) returns text
language sql stable set search_path = pg_catalog, public as $$
  with recursive up (id, above, path) as (
    select p.id, p.controlled_by_id, array[p.id] from partners_partner p where p.id = of_partner
    union all
    select p.id, p.controlled_by_id, up.path || p.id from up join partners_partner p on p.id = up.above
    where not p.id = any (up.path))
  select 'unit:' || up.id from up order by cardinality(up.path) desc limit 1
$$;

-- The voters of a body with somebody in a seat on a day, each with its voting unit.
create or replace function governance_voters_of(of_body uuid, on_day date)
returns table (voter text, unit text)
language sql stable set search_path = pg_catalog, public as $$
  select distinct case when s.partner_id is null then 'seat:' || s.id else 'partner:' || s.partner_id end,
         case when s.partner_id is null then 'seat:' || s.id else governance_unit_of(s.partner_id) end
  from partners_seat s
  join partners_holding h on h.seat_id = s.id and not h.is_alternate
  left join partners_partner p on p.id = s.partner_id
  where s.body_id = of_body and s.has_vote and s.starts_on <= on_day and (s.ends_on is null or s.ends_on > on_day)
    and h.starts_on <= on_day and (h.ended_on is null or h.ended_on > on_day)
    and (p.id is null or p.left_on is null or p.left_on > on_day)
$$;

create or replace function governance_conflict_is_said() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
declare
  r governance_recusal; q governance_proposal; day date := (new.recorded_at at time zone 'UTC')::date;
  its text; mine text;
begin
  select * into r from governance_recusal where id = new.recusal_id;
  select * into q from governance_proposal where id = r.proposal_id;
  select v.unit into its from governance_voters_of(q.body_id, day) v where v.voter = r.voter;
  select v.unit into mine from governance_voters_of(q.body_id, day) v where v.voter = new.voter;
  if r.is_conflict is not null or new.recorded_by_id is distinct from (select guard.account())
     or (not r.is_disclosed_by_self and new.recorded_by_id is not distinct from r.recorded_by_id)
     or mine is distinct from new.unit or mine is not distinct from its
     or not governance_speaks_as(q.body_id, new.voter, day) then
    raise exception 'the others judge a conflict, each for the own seat' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger said_by_others before insert on governance_conflictword
  for each row execute function governance_conflict_is_said();
create trigger keep before update or delete on governance_conflictword for each row execute function governance_keep();

create or replace function governance_conflict_is_judged() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
declare
  q governance_proposal; day date; alike int; others int; its text; moving text[] := array['is_conflict', 'judged_why'];
begin
  if tg_op = 'INSERT' then
    if new.is_conflict is not null or new.recorded_by_id is distinct from (select guard.account()) then
      raise exception 'an interest is disclosed, and then judged by others' using errcode = '42501';
    end if;
    return new;
  end if;
  select * into q from governance_proposal where id = new.proposal_id;
  select count(distinct w.unit), (max(w.recorded_at) at time zone 'UTC')::date into alike, day
  from governance_conflictword w where w.recusal_id = new.id and w.is_conflict = new.is_conflict;
  select v.unit into its from governance_voters_of(q.body_id, day) v where v.voter = new.voter;
  select count(distinct v.unit) into others from governance_voters_of(q.body_id, day) v
  where v.unit is distinct from its
    and (new.is_disclosed_by_self or not exists (
      select 1 from governance_voters_of(q.body_id, day) c
      join governance_accounts_of(q.body_id, c.voter, day) a on a.account = new.recorded_by_id where c.unit = v.unit))
    and not exists (
      select 1 from governance_recusal x join governance_voters_of(q.body_id, day) o on o.voter = x.voter
      where x.proposal_id = q.id and x.is_conflict and x.id <> new.id and o.unit = v.unit);
  if old.is_conflict is not null or (to_jsonb(new) - moving) is distinct from (to_jsonb(old) - moving)
     or new.is_conflict is null or alike = 0
     or (new.is_conflict and not 2 * alike > others) or (not new.is_conflict and not 2 * alike >= others) then
    raise exception 'more than half of the others judge a conflict, once' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger judged_by_others before insert or update on governance_recusal
  for each row execute function governance_conflict_is_judged();

alter table governance_conflictword enable row level security;
alter table governance_conflictword force row level security;
create policy heard on governance_conflictword for all
  using (recusal_id in (select r.id from governance_recusal r))
  with check (recusal_id in (select r.id from governance_recusal r));
