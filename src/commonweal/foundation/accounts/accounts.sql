-- An account that belongs to a person served is a row about that person (class D2): only they, the platform
-- itself and partners who know the person see it. Other accounts name those who work or sit at the table.
alter table accounts_account enable row level security;
alter table accounts_account force row level security;
create policy guard_reads on accounts_account to current_user using (true) with check (true);
create policy reading on accounts_account for select using (
  person_id is null or id = (select guard.account()) or (select guard.role()) = 'operator'
  or guard.related(person_id));
create policy adding on accounts_account for insert with check (
  person_id is null or (select guard.role()) = 'operator' or guard.related(person_id));
create policy changing on accounts_account for update using (
  person_id is null or id = (select guard.account()) or (select guard.role()) = 'operator'
  or guard.related(person_id)
) with check (
  person_id is null or id = (select guard.account()) or (select guard.role()) = 'operator'
  or guard.related(person_id));

-- Before anyone acts, a session and a passkey name an account by its random id: this one row, no search.
create or replace function guard.account_to_enter(of_account uuid) returns setof public.accounts_account
language sql stable security definer set search_path = pg_catalog as $$
  select * from public.accounts_account where id = of_account and is_active
$$;
