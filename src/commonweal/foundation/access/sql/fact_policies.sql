-- The facts themselves are about persons: row-level security in force, even for their owner.
-- The guard's functions run as the owner and need a valid context like everyone. Safe to run again.
set local check_function_bodies = off;
do $$
declare fact text;
begin
  foreach fact in array array['access_relation', 'access_consent', 'access_terms', 'access_restriction',
                              'access_standing', 'access_assignment', 'access_case', 'access_glass'] loop
    execute format('alter table %I enable row level security', fact);
    execute format('alter table %I force row level security', fact);
    execute format('drop policy if exists guard_reads on %I', fact);
    execute format('create policy guard_reads on %I to current_user
                    using ((select guard.ctx()) is not null) with check (true)', fact);
    execute format('drop policy if exists reading on %I', fact);
    execute format('drop policy if exists adding on %I', fact);
    execute format('drop policy if exists changing on %I', fact);
  end loop;
end $$;

do $do$
declare policies text := $policies$
create policy reading on access_relation for select to app_role using (
  partner_id = (select guard.partner()) or person_id = (select guard.person()));

-- Who is named, who wrote it down, whose data it is about, the person, and those who may write one down.
create policy reading on access_consent for select to app_role using (
  recipient_id = (select guard.partner()) or recorded_by = (select guard.partner())
  or discloser_id = (select guard.partner()) or person_id = (select guard.person())
  or ('D9' = any ((select guard.writable('own', ''))::text[]) and exists (
        select 1 from access_relation r where r.person_id = access_consent.person_id
          and r.partner_id = (select guard.partner()) and r.ended_at is null)));
create policy adding on access_consent for insert to app_role with check (guard.may_record_consent(person_id));
create policy changing on access_consent for update to app_role using (guard.may_record_consent(person_id));

create policy reading on access_terms for select to app_role using ((select guard.ctx()) is not null);
-- The backbone for minutes, the count for what was voted (governance asks for the mandate), a party for its own.
create policy adding on access_terms for insert to app_role with check (
  (select guard.role()) in ('org_admin', 'backend_service') and (select guard.purpose()) = 'GOV');
create policy changing on access_terms for update to app_role using (
  (select guard.role()) in ('org_admin', 'backend_service') and (select guard.purpose()) = 'GOV');

-- The restricted party neither sees that it is restricted nor lifts it.
create policy reading on access_restriction for select to app_role using (
  person_id = (select guard.person())
  or (partner_id <> (select guard.partner()) and guard.may_record_consent(person_id)));
create policy adding on access_restriction for insert to app_role with check (guard.may_record_consent(person_id));
create policy changing on access_restriction for update to app_role using (
  guard.may_record_consent(person_id)
  and (person_id = (select guard.person()) or partner_id is distinct from (select guard.partner())));

create policy reading on access_standing for select to app_role using (
  person_id = (select guard.person()) or guard.related(person_id));
create policy adding on access_standing for insert to app_role with check (
  guard.related(person_id) and 'D2' = any ((select guard.writable('own', ''))::text[]));
create policy changing on access_standing for update to app_role using (
  guard.related(person_id) and 'D2' = any ((select guard.writable('own', ''))::text[]));

create policy reading on access_assignment for select to app_role using (partner_id = (select guard.partner()));
create policy adding on access_assignment for insert to app_role with check (
  partner_id = (select guard.partner()) and guard.related(person_id)
  and 'D4' = any ((select guard.writable('own', ''))::text[]));
create policy changing on access_assignment for update to app_role using (
  partner_id = (select guard.partner()) and 'D4' = any ((select guard.writable('own', ''))::text[]));

-- A case names a second person, who works for the same partner now.
create policy reading on access_case for select to app_role using (
  partner_id = (select guard.partner()) and (select guard.role()) = 'privacy_officer');
create policy adding on access_case for insert to app_role with check (
  partner_id = (select guard.partner()) and account_id = (select guard.account())
  and (select guard.role()) = 'privacy_officer' and closed_at is null
  and second_account_id <> account_id
  and exists (select 1 from accounts_membership m where m.account_id = second_account_id
              and m.partner_id = access_case.partner_id and m.until is null));
create policy changing on access_case for update to app_role using (
  partner_id = (select guard.partner()) and (select guard.role()) = 'privacy_officer');

create policy reading on access_glass for select to app_role using (
  account_id = (select guard.account()) or person_id = (select guard.person())
  or (partner_id = (select guard.partner()) and (select guard.role()) = 'privacy_officer'));
create policy adding on access_glass for insert to app_role with check (
  account_id = (select guard.account()) and partner_id = (select guard.partner())
  and (select guard.purpose()) = 'EMERG' and guard.may_break_glass());
create policy changing on access_glass for update to app_role using (
  account_id = (select guard.account())
  or (partner_id = (select guard.partner()) and (select guard.role()) = 'privacy_officer'));
$policies$;
begin
  execute replace(policies, ' to app_role ', format(' to %I ', guard.app_role()));
end $do$;

-- What is written about who wrote it and when comes from the signed context and the database's clock,
-- whatever the statement says.
create or replace function guard.receive_consent() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  new.recorded_at := now();
  new.recorded_by := guard.partner();
  new.revoked_at := null;
  -- Policies ask the time at which the transaction began: what is said now holds in this transaction too.
  if new.starts_at between now() and clock_timestamp() then new.starts_at := now(); end if;
  -- Who would receive cannot say yes for the person: such a line sleeps until the other side or the person
  -- confirms it (SECURITY C12).
  new.confirmed_at := case
    when new.person_id = guard.person() or new.recipient_id is distinct from new.recorded_by then now() end;
  return new;
end $$;
-- What was said stays said: a consent may be revoked once and confirmed once, nothing else changes.
create or replace function guard.keep_consent() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare ours text[] := array['revoked_at', 'confirmed_at'];
begin
  if (to_jsonb(new) - ours) is distinct from (to_jsonb(old) - ours)
     or (old.revoked_at is not null and new.revoked_at is distinct from old.revoked_at)
     or (old.confirmed_at is not null and new.confirmed_at is distinct from old.confirmed_at) then
    raise exception 'a recorded consent can only be revoked, once' using errcode = '42501';
  end if;
  if old.confirmed_at is null and new.confirmed_at is not null
     and not coalesce(new.person_id = guard.person(), false)
     and (new.recipient_id is not distinct from guard.partner()
          or not coalesce(new.discloser_id = guard.partner(), new.discloser_id is null)) then
    raise exception 'the person or the one who would tell confirms this' using errcode = '42501';
  end if;
  if new.revoked_at is not null and old.revoked_at is null then new.revoked_at := now(); end if;
  if new.confirmed_at is not null and old.confirmed_at is null then new.confirmed_at := now(); end if;
  return new;
end $$;
create or replace function guard.keep_terms() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if (to_jsonb(new) - 'ended_at') is distinct from (to_jsonb(old) - 'ended_at')
     or (old.ended_at is not null and new.ended_at is distinct from old.ended_at) then
    raise exception 'terms of an agreement can only be ended, once' using errcode = '42501';
  end if;
  if new.ended_at is not null and old.ended_at is null then new.ended_at := now(); end if;
  return new;
end $$;
-- Restrictions, standings, assignments and cases end once; nothing else about them changes.
create or replace function guard.keep_fact() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare was text := to_jsonb(old) ->> tg_argv[0]; is_now text := to_jsonb(new) ->> tg_argv[0];
begin
  if (to_jsonb(new) - tg_argv[0]) is distinct from (to_jsonb(old) - tg_argv[0])
     or (was is not null and is_now is distinct from was) then
    raise exception 'a recorded fact can only be ended, once' using errcode = '42501';
  end if;
  return new;
end $$;
create or replace function guard.receive_assignment() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  new.assigned_by := guard.account();
  new.recorded_at := now();
  return new;
end $$;
create or replace function guard.receive_glass() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  new.recorded_at := now();
  new.starts_at := now();
  new.closed_at := null; new.told_person_at := null;
  new.reviewed_at := null; new.reviewed_by := null; new.review := '';
  new.ends_at := least(new.ends_at, now() + interval '60 minutes');
  if new.ends_at is null or new.ends_at <= now() or length(btrim(new.reason)) < 10 then
    raise exception 'broken glass needs a reason in words and an end within the hour' using errcode = '23514';
  end if;
  return new;
end $$;
-- Whoever broke the glass may only close it; a privacy officer of the partner, another person, reviews it once.
create or replace function guard.keep_glass() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare ours text[] := array['closed_at', 'told_person_at', 'reviewed_at', 'reviewed_by', 'review'];
begin
  if (to_jsonb(new) - ours) is distinct from (to_jsonb(old) - ours)
     or (old.closed_at is not null and new.closed_at is distinct from old.closed_at)
     or (old.told_person_at is not null and new.told_person_at is distinct from old.told_person_at)
     or (old.reviewed_at is not null and (new.reviewed_at, new.reviewed_by, new.review)
                                          is distinct from (old.reviewed_at, old.reviewed_by, old.review)) then
    raise exception 'broken glass stays on record as it was' using errcode = '42501';
  end if;
  if old.reviewed_at is null and new.reviewed_at is not null then
    if guard.role() is distinct from 'privacy_officer' or guard.account() is not distinct from new.account_id
       or guard.account() is null or length(btrim(new.review)) < 3 then
      raise exception 'another person, the privacy officer, reviews broken glass' using errcode = '42501';
    end if;
    new.reviewed_at := now(); new.reviewed_by := guard.account();
  end if;
  if old.closed_at is null and new.closed_at is not null then new.closed_at := now(); end if;
  if old.told_person_at is null and new.told_person_at is not null then new.told_person_at := now(); end if;
  return new;
end $$;

create or replace trigger receive_consent before insert on access_consent
  for each row execute function guard.receive_consent();
create or replace trigger keep_consent before update on access_consent
  for each row execute function guard.keep_consent();
create or replace trigger keep_terms before update on access_terms
  for each row execute function guard.keep_terms();
create or replace trigger keep_fact before update on access_restriction
  for each row execute function guard.keep_fact('lifted_at');
create or replace trigger keep_fact before update on access_standing
  for each row execute function guard.keep_fact('ended_at');
create or replace trigger keep_fact before update on access_assignment
  for each row execute function guard.keep_fact('ended_at');
create or replace trigger keep_fact before update on access_case
  for each row execute function guard.keep_fact('closed_at');
create or replace trigger receive_assignment before insert on access_assignment
  for each row execute function guard.receive_assignment();
create or replace trigger receive_glass before insert on access_glass
  for each row execute function guard.receive_glass();
create or replace trigger keep_glass before update on access_glass
  for each row execute function guard.keep_glass();
