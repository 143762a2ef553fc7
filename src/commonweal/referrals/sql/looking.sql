-- The calendar looks at specially protected requests too, without seeing them: it learns which sending is due, where it
-- stands and since when, and nothing of person, segment, need or service. What it may do is as little: write down that
-- nobody answered, and end what nobody answers. Nobody but the one who asked is told; a service is not reminded by a
-- program that may not know about whom.
create policy looking on referrals_taskevent for insert to current_user with check (
  (select guard.may_end_protected()) and segment <> 'general' and holder_id = (select guard.partner())
  and kind in ('late', 'expired'));

create function guard.protected_due(at timestamptz, at_most int)
returns table (task uuid, status text, since timestamptz, last_step text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not coalesce(guard.may_end_protected(), false) then
    raise exception 'only the program of the partner that asked looks at a protected request' using errcode = '42501';
  end if;
  return query
  select t.id, t.status::text, coalesce(t.heard_at, t.status_at), t.last_step::text from public.referrals_task t
  where t.holder_id = guard.partner() and t.segment <> 'general' and t.look_at <= at and not t.one_way
  order by t.look_at limit at_most;
end $$;

-- One step: `step` is kept, so that it is taken once; 'late' writes that nobody answered, 'expire' ends the request.
create function guard.protected_step(
  of_task uuid, step text, kind text, at timestamptz, next_look timestamptz, next_late timestamptz, words text)
returns table (referral uuid, asker uuid)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  one public.referrals_task;
  ends boolean := kind = 'expired';
begin
  if not coalesce(guard.may_end_protected(), false) then
    raise exception 'only the program of the partner that asked looks at a protected request' using errcode = '42501';
  end if;
  select t.* into one from public.referrals_task t
  where t.id = of_task and t.holder_id = guard.partner() and t.segment <> 'general' and t.look_at <= at for update;
  if not found or (ends and one.status <> 'requested') or kind not in ('', 'late', 'expired') then return; end if;
  update public.referrals_task t set
    last_step = case when ends then '' when step <> '' then step else t.last_step end,
    look_at = case when ends then null else next_look end, late_at = case when ends then null else next_late end,
    event_count = t.event_count + case when kind = '' then 0 else 1 end,
    status = case when ends then 'cancelled' else t.status end,
    status_at = case when ends then at else t.status_at end,
    heard_at = case when ends then null else t.heard_at end,
    ended_at = case when ends then at else t.ended_at end,
    reason = case when ends then 'no-answer' else t.reason end
  where t.id = one.id;
  if kind <> '' then
    insert into public.referrals_taskevent (
      id, person_id, holder_id, segment, data_class, topic, task_id, seq, kind, status, reason, outcome, words,
      by_partner_id, by_name, via, occurred_at, recorded_at)
    values (
      gen_random_uuid(), one.person_id, one.holder_id, one.segment, one.data_class, one.topic, one.id,
      one.event_count + 1, kind, case when ends then 'cancelled' else one.status end,
      case when ends then 'no-answer' else '' end, '', '', one.holder_id, 'Commonweal', 'system', at, at);
  end if;
  if ends then
    update public.referrals_referral r set ended_at = at
    where r.id = one.referral_id and not exists (
      select 1 from public.referrals_task t where t.referral_id = r.id
        and t.status not in ('rejected', 'cancelled', 'completed', 'failed', 'entered-in-error'));
    perform guard.append_audit('act', 'referral.expired', 'Commonweal', one.person_id, 'referral', one.id::text,
      words, 'referral.calendar.rule', '{}'::jsonb, at);
  end if;
  referral := one.referral_id;
  asker := (select r.asked_by_account_id from public.referrals_referral r where r.id = one.referral_id);
  return next;
end $$;
