-- Ending what nobody may see any more, without seeing it. The platform's program may touch no specially protected
-- row (SECURITY 2.5, R18), so that a withdrawn yes would leave such a request waiting for ever. This one function
-- ends them, where it finds by the facts alone that no service that was asked may read them now. It gives out no
-- person, segment, need or service: only which links to close and which worker to tell.
create function guard.may_end_protected() returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select guard.role() = 'backend_service' and guard.purpose() = 'COORD' and guard.partner() is not null
$$;

create policy ending on referrals_task for select to current_user using (
  (select guard.may_end_protected()) and segment <> 'general' and holder_id = (select guard.partner()));
create policy ending_write on referrals_task for update to current_user using (
  (select guard.may_end_protected()) and segment <> 'general' and holder_id = (select guard.partner()));
create policy ending on referrals_referral for select to current_user using (
  (select guard.may_end_protected()) and segment <> 'general' and holder_id = (select guard.partner()));
create policy ending_write on referrals_referral for update to current_user using (
  (select guard.may_end_protected()) and segment <> 'general' and holder_id = (select guard.partner()));
create policy ending on referrals_candidate for select to current_user using (
  (select guard.may_end_protected()) and segment <> 'general' and holder_id = (select guard.partner()));
create policy ending on referrals_taskevent for insert to current_user with check (
  (select guard.may_end_protected()) and segment <> 'general' and holder_id = (select guard.partner())
  and kind = 'consent-ended');

-- As `actions.calendar.consent_ended` does with an everyday request: what was only asked is taken back; what is under
-- way stays so, and the service sees nothing more of it. `of_person` null: of everybody. The words are for the
-- person's own log. Whether a service may still read is asked as `actions.consent.may_still_see` asks it.
create function guard.end_protected(of_person uuid, at timestamptz, taken_back text, shut text)
returns table (task uuid, referral uuid, asker uuid)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  me uuid := guard.partner();
  one record;
  is_asked boolean;
begin
  if not coalesce(guard.may_end_protected(), false) then
    raise exception 'only the program of the partner that asked ends a protected request' using errcode = '42501';
  end if;
  for one in
    select t.* from public.referrals_task t
    where t.holder_id = me and t.segment <> 'general' and t.consent_ended_at is null
      and t.status in ('requested', 'accepted', 'in-progress', 'on-hold')
      and (of_person is null or t.person_id = of_person)
      and not exists (
        select 1 from (
          select t.owner_id as id where t.owner_id is not null
          union all
          select c.partner_id from public.referrals_candidate c
          where t.owner_id is null and c.task_id = t.id and c.declined_at is null) asked
        where asked.id = me or (
          exists (
            select 1 from public.access_consent c
            join guard.rule r on r.role = 'case_worker' and r.purpose = c.purpose and r.data_class = t.data_class
              and r.relation = 'shared' and r.level > 0 and (r.need = '' or (r.need = 'named' and c.named))
            where c.person_id = t.person_id and c.recipient_id = asked.id and c.segment = t.segment
              and c.purpose = 'TREAT' and (c.discloser_id is null or c.discloser_id = me)
              and (c.topics = '{}' or t.topic = '' or t.topic = any (c.topics))
              and c.revoked_at is null and c.confirmed_at is not null
              and c.starts_at <= now() and (c.ends_at is null or now() < c.ends_at))
          and exists (
            select 1 from public.access_terms a
            where a.discloser_id = me and a.recipient_id = asked.id and a.segment = t.segment
              and a.purpose = 'TREAT' and a.ended_at is null
              and a.starts_at <= now() and (a.ends_at is null or now() < a.ends_at))
          and not exists (
            select 1 from public.access_restriction s
            where s.person_id = t.person_id and s.partner_id = asked.id and s.lifted_at is null)
          and not exists (
            select 1 from public.access_standing s
            where s.person_id = t.person_id and s.ended_at is null
              and s.kind in ('deceased', 'disputed', 'unreadable'))))
    order by t.occurred_at for update
  loop
    is_asked := one.status = 'requested';
    update public.referrals_task t set
      consent_ended_at = at, look_at = null, late_at = null, stuck = '', event_count = t.event_count + 1,
      status = case when is_asked then 'cancelled' else t.status end,
      status_at = case when is_asked then at else t.status_at end,
      heard_at = case when is_asked then null else t.heard_at end,
      ended_at = case when is_asked then at else t.ended_at end,
      reason = case when is_asked then 'consent-ended' else t.reason end,
      last_step = case when is_asked then '' else t.last_step end
    where t.id = one.id;
    insert into public.referrals_taskevent (
      id, person_id, holder_id, segment, data_class, topic, task_id, seq, kind, status, reason, outcome, words,
      by_partner_id, by_name, via, occurred_at, recorded_at)
    values (
      gen_random_uuid(), one.person_id, one.holder_id, one.segment, one.data_class, one.topic, one.id,
      one.event_count + 1, 'consent-ended', case when is_asked then 'cancelled' else one.status end,
      'consent-ended', '', '', me, 'Commonweal', 'system', at, at);
    update public.referrals_referral r set ended_at = at
    where r.id = one.referral_id and is_asked and not exists (
      select 1 from public.referrals_task t where t.referral_id = r.id
        and t.status not in ('rejected', 'cancelled', 'completed', 'failed', 'entered-in-error'));
    perform guard.append_audit('act', 'referral.consent-ended', 'Commonweal', one.person_id, 'referral', one.id::text,
      case when is_asked then taken_back else shut end, 'referral.consent-ended', '{}'::jsonb, at);
    task := one.id;
    referral := one.referral_id;
    asker := (select r.asked_by_account_id from public.referrals_referral r where r.id = one.referral_id);
    return next;
  end loop;
end $$;
