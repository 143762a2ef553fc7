-- Rows of the directory that are not public are seen by those entitled alone (SECURITY: private, suppressed,
-- do not refer, confidential address). Not a row about a person, so the question is short: everyone, any partner,
-- the row's own organization, or the steward who keeps the directory.
create or replace function guard.own_directory() returns uuid[]
language sql stable security definer set search_path = pg_catalog, public as $$
  select coalesce(array_agg(id), '{}') from (
    select o.id from directory_organization o where o.partner_id = guard.partner()
    union all
    select s.id from directory_service s join directory_organization o on o.id = s.organization_id
      where o.partner_id = guard.partner()
    union all
    select l.id from directory_location l join directory_organization o on o.id = l.organization_id
      where o.partner_id = guard.partner()
  ) own
$$;

create or replace function guard.keeps_directory() returns boolean
language sql stable security definer set search_path = pg_catalog, public as $$
  select coalesce(guard.role() = 'operator' and guard.purpose() = 'ADMIN', false)
$$;
