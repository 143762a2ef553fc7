-- Counting without names: the owner's functions read for those who may count, and give out no identity.
-- Nothing of the domestic-violence segment is in any count (DOMAIN 2.5).
create function guard.may_count_referrals() returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select guard.role() in ('backend_service', 'analyst') and guard.purpose() = 'OPS'
$$;
-- A resident member sits at the table without a partner.
create function guard.may_count_gaps() returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select guard.role() = 'member' or guard.partner() is not null
     and guard.role() in ('org_admin', 'analyst', 'supervisor', 'coordinator', 'case_worker',
                          'clinician', 'county_worker', 'part2_staff', 'backend_service')
$$;

create policy counting on referrals_task for select to current_user using (
  (select guard.may_count_referrals()) and segment <> 'domestic-violence');
create policy counting on referrals_taskevent for select to current_user using (
  (select guard.may_count_referrals()) and segment <> 'domestic-violence');
create policy counting on referrals_personanswer for select to current_user using (
  (select guard.may_count_referrals()) and segment <> 'domestic-violence');
create policy counting on referrals_unmetneed for select to current_user using (
  (select guard.may_count_gaps()) and segment <> 'domestic-violence');

-- One row a sending that was sent in [start, until), as recorded by as_of. Keys and persons are tokens of
-- this salt. State and times come from the thread, which is only ever added to, so that the same as_of
-- gives the same rows at any later time.
create function guard.referral_facts(start timestamptz, until timestamptz, as_of timestamptz, salt text)
returns table (
  key text, person text, requester uuid, target uuid, topic text, status text, sent_at timestamptz,
  answered_at timestamptz, accepted_at timestamptz, started_at timestamptz, ended_at timestamptz,
  outcome text, helped text, count_in_sent boolean)
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  if not coalesce(guard.may_count_referrals(), false) then
    raise exception 'only the measures of the table count referrals' using errcode = '42501';
  end if;
  return query
  with line as (
    select e.task_id, e.seq, e.kind, e.status, e.outcome, e.occurred_at
    from public.referrals_taskevent e
    where e.recorded_at <= as_of
  ), sent as (
    select l.task_id, min(l.occurred_at) as at from line l where l.kind = 'sent' group by l.task_id
  ), wanted as (
    select s.task_id, s.at from sent s where s.at >= start and s.at < until
  ), last as (
    select distinct on (l.task_id) l.task_id, l.status
    from line l join wanted w on w.task_id = l.task_id order by l.task_id, l.seq desc
  ), times as (
    select l.task_id,
      min(l.occurred_at) filter (where l.status in ('accepted', 'rejected') and l.kind in ('accepted', 'declined')) as answered,
      min(l.occurred_at) filter (where l.kind = 'accepted') as accepted,
      min(l.occurred_at) filter (where l.kind = 'started' or (l.kind = 'completed'
        and l.outcome in ('service-received-full', 'service-received-partial', 'enrolled'))) as started,
      max(l.occurred_at) filter (where l.kind in ('declined', 'completed', 'failed', 'cancelled', 'expired', 'not-them')
        or (l.kind = 'consent-ended' and l.status = 'cancelled')) as ended,
      (array_agg(l.outcome order by l.seq desc) filter (where l.kind in ('completed', 'failed', 'declined')))[1] as outcome
    from line l join wanted w on w.task_id = l.task_id group by l.task_id
  )
  select
    left(encode(sha256(convert_to(salt || ':task:' || t.id::text, 'UTF8')), 'hex'), 32),
    left(encode(sha256(convert_to(salt || ':person:' || t.person_id::text, 'UTF8')), 'hex'), 32),
    t.holder_id, t.owner_id, t.topic, last.status::text, w.at, times.answered, times.accepted, times.started,
    case when last.status in ('rejected', 'cancelled', 'completed', 'failed', 'entered-in-error') then times.ended end,
    coalesce(times.outcome, '')::text,
    coalesce((select a.helped from public.referrals_personanswer a
              where a.task_id = t.id and a.recorded_at <= as_of and a.helped <> 'later'
              order by a.occurred_at desc, a.recorded_at desc limit 1), '')::text,
    t.part_of_id is null and last.status <> 'entered-in-error'
  from wanted w
  join public.referrals_task t on t.id = w.task_id
  join last on last.task_id = w.task_id
  join times on times.task_id = w.task_id
  order by w.at, t.id;
end $$;

-- People with an unmet need since a moment, by need and reason (place null), then by place. No number from 1 to
-- 10, no dates for it, and no place's number where the held-back ones could be worked out from the total: they
-- are two or more, of eleven people or more together, and not each at its limit.
create function guard.unmet_counts(since timestamptz)
returns table (topic text, reason text, place text, people bigint, first_at timestamptz, last_at timestamptz)
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  if not coalesce(guard.may_count_gaps(), false) then
    raise exception 'only partners of the table see what could not be met' using errcode = '42501';
  end if;
  return query
  with unmet as (
    select u.topic as t, u.reason::text as r, u.place::text as p, u.person_id as who, u.occurred_at as at
    from public.referrals_unmetneed u where u.occurred_at >= since
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
