-- A word on another's interest names its own day, and a story names days long gone. So that nobody speaks from a
-- seat that they no longer hold, nor as one of a smaller body of back then, both days count: the word's and today.

create or replace function governance_conflict_is_said() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
declare
  r governance_recusal; q governance_proposal; day date := guard.day_of(new.recorded_at);
  its text; mine text;
begin
  select * into r from governance_recusal where id = new.recusal_id;
  select * into q from governance_proposal where id = r.proposal_id;
  select v.unit into its from governance_voters_of(q.body_id, day) v where v.voter = r.voter;
  select v.unit into mine from governance_voters_of(q.body_id, day) v where v.voter = new.voter;
  if r.is_conflict is not null or new.recorded_by_id is distinct from (select guard.account())
     or (not r.is_disclosed_by_self and new.recorded_by_id is not distinct from r.recorded_by_id)
     or mine is distinct from new.unit or mine is not distinct from its
     or not governance_speaks_as(q.body_id, new.voter, day)
     or not governance_speaks_as(q.body_id, new.voter, guard.today()) then
    raise exception 'the others judge a conflict, each for the own seat' using errcode = '42501';
  end if;
  return new;
end $$;

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
  select count(distinct w.unit), guard.day_of(max(w.recorded_at)) into alike, day
  from governance_conflictword w where w.recusal_id = new.id and w.is_conflict = new.is_conflict;
  select v.unit into its from governance_voters_of(q.body_id, day) v where v.voter = new.voter;
  select coalesce(max(x.units), 0) into others from (
    select count(distinct v.unit) as units
    from unnest(array[day, guard.today()]) d cross join lateral governance_voters_of(q.body_id, d) v
    where v.unit is distinct from its
      and (new.is_disclosed_by_self or not exists (
        select 1 from governance_voters_of(q.body_id, d) c
        join governance_accounts_of(q.body_id, c.voter, d) a on a.account = new.recorded_by_id where c.unit = v.unit))
      and not exists (
        select 1 from governance_recusal x join governance_voters_of(q.body_id, d) o on o.voter = x.voter
        where x.proposal_id = q.id and x.is_conflict and x.id <> new.id and o.unit = v.unit)
    group by d) x;
  if old.is_conflict is not null or (to_jsonb(new) - moving) is distinct from (to_jsonb(old) - moving)
     or new.is_conflict is null or alike = 0
     or (new.is_conflict and not 2 * alike > others) or (not new.is_conflict and not 2 * alike >= others) then
    raise exception 'more than half of the others judge a conflict, once' using errcode = '42501';
  end if;
  return new;
end $$;
