-- How much waits too long, as a count: the backbone's administrator for the whole table, another partner's for
-- what that partner asked. Two numbers, by nothing that could be set against a person; the domestic-violence
-- segment is in neither.
create function guard.may_count_waits() returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select guard.role() = 'org_admin' and guard.partner() is not null
$$;
create policy counting_waits on referrals_task for select to current_user using (
  (select guard.may_count_waits()) and segment <> 'domestic-violence');

create function guard.referral_waits(at timestamptz)
returns table (late bigint, stuck bigint)
language plpgsql stable security definer set search_path = pg_catalog as $$
declare everyone boolean;
begin
  if not coalesce(guard.may_count_waits(), false) then
    raise exception 'only administrators count what waits' using errcode = '42501';
  end if;
  everyone := exists (select 1 from public.partners_partner p
                      where p.id = guard.partner() and p.kind = 'backbone' and p.left_on is null);
  return query
  select count(*) filter (where t.status = 'requested' and t.answer_due_at <= at or t.late_at <= at),
         count(*) filter (where t.stuck <> '')
  from public.referrals_task t
  where (everyone or t.holder_id = guard.partner()) and t.segment <> 'domestic-violence'
    and (t.status = 'requested' or t.late_at is not null or t.stuck <> '');
end $$;
