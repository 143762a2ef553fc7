-- As before, but for the day on which a report is overdue: by no clock on earth is it refused too soon.
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
  -- A day ends later here than at Greenwich: what is overdue everywhere is refused here, the rest by the act.
  if d.overdue_suspends and due < (clock_timestamp() - interval '14 hours')::date then
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
