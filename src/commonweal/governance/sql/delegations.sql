-- Whether a delegation may be used now: its mandate is adopted, begun, not ended, not withdrawn, not resting.
create or replace function governance_delegation_lives(of_delegation uuid) returns boolean
language sql stable set search_path = pg_catalog, public as $$
  select exists (
    select 1 from governance_delegation d join governance_mandate m on m.id = d.mandate_id
    join governance_decision x on x.id = m.decision_id and x.adopted
    where d.id = of_delegation and m.withdrawn_at is null
      and m.starts_at <= clock_timestamp() and (m.ends_at is null or m.ends_at > clock_timestamp())
      and (m.rests_from is null or m.rests_from > clock_timestamp() or m.rests_until <= clock_timestamp()))
$$;
-- Whether the delegate itself acts: who administers it.
create or replace function governance_is_delegate(of_delegation uuid) returns boolean
language sql stable set search_path = pg_catalog, public as $$
  select coalesce((select guard.role()) = 'org_admin' and (select guard.purpose()) = 'GOV', false)
     and exists (select 1 from governance_delegation d join partners_partner p on p.id = d.partner_id
                 where d.id = of_delegation and d.partner_id = (select guard.partner()) and p.left_on is null)
$$;
-- The day for which the next report is owed; null when none is.
create or replace function governance_report_due(of_delegation uuid) returns date
language sql stable set search_path = pg_catalog, public as $$
  select case when last.due is null then d.report_on
              when d.report_every_days is null or last.due >= (coalesce(m.withdrawn_at, m.ends_at))::date then null
              else last.due + d.report_every_days end
  from governance_delegation d join governance_mandate m on m.id = d.mandate_id,
       lateral (select max(r.due_on) as due from governance_delegationreport r where r.delegation_id = d.id) last
  where d.id = of_delegation
$$;
create or replace function governance_is_delegated(of_decision uuid) returns boolean
language sql stable set search_path = pg_catalog, public as $$
  select exists (select 1 from governance_decision d where d.id = of_decision and d.delegation_id is not null)
$$;

-- A delegate's own decision: entered by the delegate, while it may be used, with what it cost beside it.
create or replace function governance_delegated_decision() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
begin
  if not governance_is_delegate(new.delegation_id) or not governance_delegation_lives(new.delegation_id)
     or not new.adopted or new.recorded_by_id is distinct from (select guard.account()) then
    raise exception 'only whom the table let decide this alone decides it alone' using errcode = '42501';
  end if;
  return new;
end $$;
create or replace function governance_delegated_is_counted() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
begin
  if not exists (select 1 from governance_delegatedact a where a.decision_id = new.id
                 and a.delegation_id = new.delegation_id) then
    raise exception 'what is decided alone is counted' using errcode = '42501';
  end if;
  return null;
end $$;
drop trigger added on governance_decision;
create trigger added before insert on governance_decision
  for each row when (new.delegation_id is null) execute function governance_decision_added();
create trigger added_by_delegate before insert on governance_decision
  for each row when (new.delegation_id is not null) execute function governance_delegated_decision();
create constraint trigger delegated_is_counted after insert on governance_decision
  deferrable initially deferred for each row when (new.delegation_id is not null)
  execute function governance_delegated_is_counted();

-- What an act costs: added up under a lock, so that two at once can't spend more than is left.
create or replace function governance_delegated_act_added() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
declare d governance_delegation; due date; spent bigint;
begin
  select * into d from governance_delegation where id = new.delegation_id for update;
  if not found or not governance_is_delegate(d.id) or not governance_delegation_lives(d.id)
     or new.recorded_by_id is distinct from (select guard.account())
     or not exists (select 1 from governance_decision x where x.id = new.decision_id and x.delegation_id = d.id) then
    raise exception 'only whom the table let decide this alone decides it alone' using errcode = '42501';
  end if;
  due := governance_report_due(d.id);
  if d.overdue_suspends and due < current_date then
    raise exception 'a report is overdue' using errcode = '42501';
  end if;
  if new.effect <> '' and not d.carries ? new.effect then
    raise exception 'this delegation carries no such effect' using errcode = '42501';
  end if;
  select coalesce(sum(a.amount_cents), 0) into spent from governance_delegatedact a where a.delegation_id = d.id;
  if new.amount_cents > coalesce(d.act_limit_cents, new.amount_cents)
     or spent + new.amount_cents > coalesce(d.limit_cents, 0) then
    raise exception 'more than the table let be spent' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger added before insert on governance_delegatedact
  for each row execute function governance_delegated_act_added();
create trigger keep before update or delete on governance_delegatedact
  for each row execute function governance_keep();

-- What it puts into effect: by the count, once, of the kind that was counted and that the delegation carries.
create or replace function governance_delegated_mandate() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
declare a governance_delegatedact;
begin
  select * into a from governance_delegatedact where decision_id = new.decision_id;
  if not found or not governance_is_count() or not governance_delegation_lives(a.delegation_id)
     or a.effect = '' or new.effect <> a.effect
     or new.matter in ('data-sharing', 'publication', 'membership', 'roles', 'bylaws', 'delegation')
     or exists (select 1 from governance_mandate m where m.decision_id = new.decision_id)
     or not exists (select 1 from governance_delegation d where d.id = a.delegation_id and d.carries ? new.effect) then
    raise exception 'this delegation gives no such mandate' using errcode = '42501';
  end if;
  new.entered_at := now();
  new.taken_at := null; new.undone_at := null; new.withdrawn_at := null; new.rests_from := null; new.rests_until := null;
  return new;
end $$;
drop trigger binds on governance_mandate;
drop trigger minutes_are_old on governance_mandate;
create trigger minutes_are_old before insert on governance_mandate
  for each row when (not governance_is_delegated(new.decision_id)) execute function governance_minutes_are_old();
create trigger binds before insert on governance_mandate
  for each row when (not governance_is_delegated(new.decision_id)) execute function governance_mandate_binds();
create trigger binds_delegate before insert on governance_mandate
  for each row when (governance_is_delegated(new.decision_id)) execute function governance_delegated_mandate();

-- Reports: by the delegate, each for the next day that is owed. Read by somebody else, once.
create or replace function governance_report_added() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
begin
  perform 1 from governance_delegation where id = new.delegation_id for update;
  if not governance_is_delegate(new.delegation_id)
     or new.recorded_by_id is distinct from (select guard.account())
     or new.due_on is distinct from governance_report_due(new.delegation_id) then
    raise exception 'a report is written by the delegate, for the day that is owed' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger added before insert on governance_delegationreport
  for each row execute function governance_report_added();
create trigger keep before update or delete on governance_delegationreport
  for each row execute function governance_keep();
create or replace function governance_report_read() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
begin
  if new.recorded_by_id is null or new.recorded_by_id is distinct from (select guard.account())
     or exists (select 1 from governance_delegationreport r join governance_delegation d on d.id = r.delegation_id
                where r.id = new.report_id and d.partner_id = (select guard.partner())) then
    raise exception 'a report is read by somebody else than its writer' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger added before insert on governance_reportreading
  for each row execute function governance_report_read();
create trigger keep before update or delete on governance_reportreading
  for each row execute function governance_keep();
