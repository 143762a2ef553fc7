-- The facts themselves are about persons: row-level security in force, even for their owner.
-- The guard's functions run as the owner and need a valid context like everyone.
alter table access_relation enable row level security;
alter table access_relation force row level security;
alter table access_consent enable row level security;
alter table access_consent force row level security;
alter table access_terms enable row level security;
alter table access_terms force row level security;
alter table access_restriction enable row level security;
alter table access_restriction force row level security;
alter table access_standing enable row level security;
alter table access_standing force row level security;
alter table access_assignment enable row level security;
alter table access_assignment force row level security;
alter table access_case enable row level security;
alter table access_case force row level security;
alter table access_glass enable row level security;
alter table access_glass force row level security;

create policy guard_reads on access_relation to current_user using ((select guard.ctx()) is not null) with check (true);
create policy guard_reads on access_consent to current_user using ((select guard.ctx()) is not null) with check (true);
create policy guard_reads on access_terms to current_user using ((select guard.ctx()) is not null) with check (true);
create policy guard_reads on access_restriction to current_user using ((select guard.ctx()) is not null) with check (true);
create policy guard_reads on access_standing to current_user using ((select guard.ctx()) is not null) with check (true);
create policy guard_reads on access_assignment to current_user using ((select guard.ctx()) is not null) with check (true);
create policy guard_reads on access_case to current_user using ((select guard.ctx()) is not null) with check (true);
create policy guard_reads on access_glass to current_user using ((select guard.ctx()) is not null) with check (true);

create or replace function guard.may_record_consent(of_person uuid) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select case when of_person = guard.person() then 'D9' = any (guard.writable('self', ''))
              else guard.related(of_person) and 'D9' = any (guard.writable('own', '')) end
$$;

create policy reading on access_relation for select using (partner_id = (select guard.partner()));

create policy reading on access_consent for select using (
  recipient_id = (select guard.partner()) or recorded_by = (select guard.partner())
  or person_id = (select guard.person()) or guard.may_record_consent(person_id));
create policy adding on access_consent for insert with check (guard.may_record_consent(person_id));
create policy changing on access_consent for update using (guard.may_record_consent(person_id));

create policy reading on access_terms for select using ((select guard.ctx()) is not null);
create policy adding on access_terms for insert with check (
  (select guard.role()) = 'org_admin' and (select guard.purpose()) = 'GOV');
create policy changing on access_terms for update using (
  (select guard.role()) = 'org_admin' and (select guard.purpose()) = 'GOV');

create policy reading on access_restriction for select using (
  person_id = (select guard.person()) or guard.may_record_consent(person_id));
create policy adding on access_restriction for insert with check (guard.may_record_consent(person_id));
create policy changing on access_restriction for update using (guard.may_record_consent(person_id));

create policy reading on access_standing for select using (
  person_id = (select guard.person()) or guard.related(person_id));
create policy adding on access_standing for insert with check (
  guard.related(person_id) and 'D2' = any (guard.writable('own', '')));
create policy changing on access_standing for update using (
  guard.related(person_id) and 'D2' = any (guard.writable('own', '')));

create policy reading on access_assignment for select using (partner_id = (select guard.partner()));
create policy adding on access_assignment for insert with check (
  partner_id = (select guard.partner()) and guard.related(person_id) and 'D4' = any (guard.writable('own', '')));
create policy changing on access_assignment for update using (
  partner_id = (select guard.partner()) and 'D4' = any (guard.writable('own', '')));

create policy reading on access_case for select using (
  partner_id = (select guard.partner()) and (select guard.role()) = 'privacy_officer');
create policy adding on access_case for insert with check (
  partner_id = (select guard.partner()) and account_id = (select guard.account())
  and (select guard.role()) = 'privacy_officer');
create policy changing on access_case for update using (
  partner_id = (select guard.partner()) and (select guard.role()) = 'privacy_officer');

create or replace function guard.may_break_glass() returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select exists (select 1 from guard.rule where role = guard.role() and relation = 'glass')
     and (select count(*) from public.access_glass
          where account_id = guard.account() and starts_at > now() - interval '1 hour') < 5
$$;
create policy reading on access_glass for select using (
  account_id = (select guard.account()) or person_id = (select guard.person())
  or (partner_id = (select guard.partner()) and (select guard.role()) = 'privacy_officer'));
create policy adding on access_glass for insert with check (
  account_id = (select guard.account()) and partner_id = (select guard.partner())
  and (select guard.purpose()) = 'EMERG' and ends_at <= now() + interval '60 minutes'
  and reviewed_at is null and guard.may_break_glass());
create policy changing on access_glass for update using (
  (account_id = (select guard.account()) and reviewed_at is null)
  or (partner_id = (select guard.partner()) and (select guard.role()) = 'privacy_officer'
      and account_id <> (select guard.account())));

-- What was said stays said: a consent may be revoked once, terms ended once, nothing else changes.
create or replace function guard.keep_consent() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if (to_jsonb(new) - 'revoked_at') is distinct from (to_jsonb(old) - 'revoked_at')
     or (old.revoked_at is not null and new.revoked_at is distinct from old.revoked_at) then
    raise exception 'a recorded consent can only be revoked, once' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger keep_consent before update on access_consent for each row execute function guard.keep_consent();
create or replace function guard.keep_terms() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if (to_jsonb(new) - 'ended_at') is distinct from (to_jsonb(old) - 'ended_at')
     or (old.ended_at is not null and new.ended_at is distinct from old.ended_at) then
    raise exception 'terms of an agreement can only be ended, once' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger keep_terms before update on access_terms for each row execute function guard.keep_terms();
