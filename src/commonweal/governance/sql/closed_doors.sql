-- Behind closed doors: what a private body decided for itself, and how it answered others.

alter table governance_decision disable trigger user;
alter table governance_mandate disable trigger user;
update governance_decision d set is_private = true where exists (
  select 1 from governance_proposal q join partners_body b on b.id = q.body_id
  where q.id = d.proposal_id and b.is_private and q.effect in ('', 'none'));
update governance_mandate m set is_private = true
where exists (select 1 from governance_decision d where d.id = m.decision_id and d.is_private);
alter table governance_mandate enable trigger user;
alter table governance_decision enable trigger user;

create or replace function governance_decision_is_private() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
begin
  new.is_private := exists (
  select 1 from governance_proposal q join partners_body b on b.id = q.body_id
  where q.id = new.proposal_id and b.is_private and q.effect in ('', 'none'));
  return new;
end $$;
create trigger a_private before insert on governance_decision
  for each row execute function governance_decision_is_private();
create or replace function governance_mandate_is_private() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
begin
  new.is_private := exists (
    select 1 from governance_decision d where d.id = new.decision_id and d.is_private);
  return new;
end $$;
create trigger a_private before insert on governance_mandate
  for each row execute function governance_mandate_is_private();

alter table governance_decision enable row level security;
alter table governance_decision force row level security;
create policy heard on governance_decision for all
  using (not is_private or proposal_id in (select q.id from governance_proposal q)) with check (not is_private or proposal_id in (select q.id from governance_proposal q));
alter table governance_mandate enable row level security;
alter table governance_mandate force row level security;
create policy heard on governance_mandate for all
  using (not is_private or decision_id in (select d.id from governance_decision d where d.is_private))
  with check (not is_private or decision_id in (select d.id from governance_decision d where d.is_private));

drop policy heard on governance_poll;
create policy heard on governance_poll for all
  using (proposal_id in (select q.id from governance_proposal q) and (kind = 'main' or closed_at is null or (not body_id in (select b.id from partners_body b where b.is_private)
  or body_id in (select h from guard.bodies_heard() h)
  or (select guard.role()) = 'backend_service')))
  with check (proposal_id in (select q.id from governance_proposal q));

alter table governance_turnout enable row level security;
alter table governance_turnout force row level security;
create policy heard on governance_turnout for all using (poll_id in (select p.id from governance_poll p where (not body_id in (select b.id from partners_body b where b.is_private)
  or body_id in (select h from guard.bodies_heard() h)
  or (select guard.role()) = 'backend_service'))) with check (poll_id in (select p.id from governance_poll p where (not body_id in (select b.id from partners_body b where b.is_private)
  or body_id in (select h from guard.bodies_heard() h)
  or (select guard.role()) = 'backend_service')));

alter table governance_ratification enable row level security;
alter table governance_ratification force row level security;
create policy heard on governance_ratification for all using (poll_id in (select p.id from governance_poll p where (not body_id in (select b.id from partners_body b where b.is_private)
  or body_id in (select h from guard.bodies_heard() h)
  or (select guard.role()) = 'backend_service'))) with check (poll_id in (select p.id from governance_poll p where (not body_id in (select b.id from partners_body b where b.is_private)
  or body_id in (select h from guard.bodies_heard() h)
  or (select guard.role()) = 'backend_service')));
