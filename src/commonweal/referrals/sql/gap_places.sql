-- A place is a worker's free words about one person ("behind the church, blue door"), so its name is shown only
-- where at least eleven people with an unmet need gave it, whatever they needed and whenever; all other places are
-- one place without a name. What is counted and held back is as before.
create or replace function guard.unmet_counts(since timestamptz)
returns table (topic text, reason text, place text, people bigint, first_at timestamptz, last_at timestamptz)
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  if not coalesce(guard.may_count_gaps(), false) then
    raise exception 'only partners of the table see what could not be met' using errcode = '42501';
  end if;
  return query
  with common as (
    select u.place as name from public.referrals_unmetneed u
    group by u.place having count(distinct u.person_id) >= 11
  ), unmet as (
    select u.topic as t, u.reason::text as r, coalesce(c.name, '')::text as p, u.person_id as who, u.occurred_at as at
    from public.referrals_unmetneed u left join common c on c.name = u.place where u.occurred_at >= since
  ), whole as (
    select t, r, count(distinct who) as n, min(at) as first, max(at) as last from unmet group by t, r
  ), cell as (
    select t, r, p, count(distinct who) as n from unmet group by t, r, p
  ), held as (
    select t, r, count(*) filter (where n < 11) as s, coalesce(sum(n) filter (where n < 11), 0) as m
    from cell group by t, r
  )
  select w.t, w.r, null::text, case when w.n >= 11 then w.n end,
    case when w.n >= 11 then w.first end, case when w.n >= 11 then w.last end
  from whole w
  union all
  select c.t, c.r, c.p, case when c.n >= 11 and (h.s = 0 or (h.s >= 2 and h.m between 11 and 10 * h.s - 2)) then c.n end,
    null::timestamptz, null::timestamptz
  from cell c join held h on h.t = c.t and h.r = c.r;
end $$;
