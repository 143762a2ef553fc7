-- A service or a place names an organization that is there. Checked set by set: a foreign key looks each row's up and
-- locks it, which took half of the time of inserting services. No row of an organization ever goes: there is no policy
-- for deleting one, so that what was right when it was written stays right.
create function guard.organization_is_there() returns trigger
language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if exists (
    select from came where came.organization_id is not null
      and not exists (select from directory_organization o where o.id = came.organization_id)
  ) then
    raise exception 'a row of % names an organization that is not there', tg_table_name
      using errcode = 'foreign_key_violation', table = tg_table_name, column = 'organization_id';
  end if;
  return null;
end
$$;

-- Only rows that are given another organization: whoever may change a service need not see the organization.
create function guard.organization_stays_there() returns trigger
language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if exists (
    select from came join was using (id) where came.organization_id is distinct from was.organization_id
      and came.organization_id is not null
      and not exists (select from directory_organization o where o.id = came.organization_id)
  ) then
    raise exception 'a row of % names an organization that is not there', tg_table_name
      using errcode = 'foreign_key_violation', table = tg_table_name, column = 'organization_id';
  end if;
  return null;
end
$$;

create trigger organization_is_there after insert on directory_service
  referencing new table as came for each statement execute function guard.organization_is_there();
create trigger organization_stays_there after update on directory_service
  referencing new table as came old table as was for each statement
  execute function guard.organization_stays_there();
create trigger organization_is_there after insert on directory_location
  referencing new table as came for each statement execute function guard.organization_is_there();
create trigger organization_stays_there after update on directory_location
  referencing new table as came old table as was for each statement
  execute function guard.organization_stays_there();
