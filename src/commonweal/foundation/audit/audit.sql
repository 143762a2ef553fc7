-- The audit: appended by one function, chained, read by few. Safe to run again.
set local check_function_bodies = off;

-- The canonical text of an entry: length-prefixed fields, so that no two contents give one text.
create or replace function guard.audit_text(variadic fields text[]) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select string_agg(case when f is null then '-' else octet_length(f) || ':' || f end, ',' order by o)
  from unnest(fields) with ordinality u(f, o)
$$;

-- One line of at most so many characters: no line breaks, terminal commands or turned-round writing, so that
-- what somebody typed cannot pose as another entry wherever the audit is printed (SECURITY U08).
create or replace function guard.one_line(said text, at_most int) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select regexp_replace(left(coalesce(said, ''), at_most),
    '[\u0001-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]', ' ', 'g')
$$;

-- `happened`: when it happened, where that was earlier than now. It is the last field of the text that is hashed, and
-- stands there only where it is known, so that a chain begun before there was such a field is still whole.
drop function if exists guard.append_audit(text, text, text, uuid, text, text, text, text, jsonb);
create or replace function guard.append_audit(
  of_kind text, of_verb text, by_name text, about uuid, of_subject_kind text, of_subject_id text,
  in_words text, why text, in_detail jsonb, happened timestamptz default null)
returns uuid
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  me text[] := guard.ctx();
  of_chain text; last_number bigint; last_hash bytea; fresh uuid := gen_random_uuid();
  at timestamptz; fingerprint bytea; detail text; content text;
begin
  if me is null then raise exception 'an audit entry needs a signed context' using errcode = '28000'; end if;
  if of_kind not in ('act', 'read', 'refused') then
    raise exception 'an audit entry is an act, a reading or a refusal' using errcode = '22023';
  end if;
  if octet_length(in_detail::text) > 16384 then
    raise exception 'the details of an audit entry are too long' using errcode = '22001';
  end if;
  detail := guard.one_line(in_detail::text, 16384)::jsonb::text;
  of_verb := guard.one_line(of_verb, 80); by_name := guard.one_line(by_name, 200);
  of_subject_kind := guard.one_line(of_subject_kind, 80); of_subject_id := guard.one_line(of_subject_id, 80);
  in_words := guard.one_line(in_words, 1000); why := guard.one_line(why, 200);
  of_chain := coalesce(nullif(me[1], ''), 'table');
  select number, hash into last_number, last_hash from public.audit_head where chain = of_chain for update;
  if not found then
    insert into public.audit_head values (of_chain, 0, ''::bytea) on conflict do nothing;
    select number, hash into last_number, last_hash from public.audit_head where chain = of_chain for update;
  end if;
  at := clock_timestamp();  -- behind the lock: later numbers have later times
  if happened > at - interval '1 minute' then happened := null; end if;  -- as it was written, or claimed to be later
  content := guard.audit_text(
    of_chain, (last_number + 1)::text, fresh::text, (extract(epoch from at) * 1000000)::bigint::text, of_kind, of_verb,
    nullif(me[2], ''), nullif(me[1], ''), me[4], by_name, me[5], about::text, of_subject_kind, of_subject_id,
    in_words, why, detail);
  if happened is not null then
    content := content || ',' || guard.audit_text((extract(epoch from happened) * 1000000)::bigint::text);
  end if;
  fingerprint := sha256(last_hash || convert_to(content, 'UTF8'));
  insert into public.audit_entry (id, chain, number, recorded_at, kind, verb, actor_account_id, actor_partner_id,
    actor_role, actor_name, purpose, person_id, subject_kind, subject_id, words, because, details, previous, hash,
    occurred_at)
  values (fresh, of_chain, last_number + 1, at, of_kind, of_verb, nullif(me[2], '')::uuid, nullif(me[1], '')::uuid,
    me[4], by_name, me[5], about, of_subject_kind, of_subject_id, in_words, why, detail::jsonb, last_hash, fingerprint,
    happened);
  update public.audit_head set number = last_number + 1, hash = fingerprint where chain = of_chain;
  return fresh;
end $$;

-- The last entry of each chain, for signing; and the note that a line of the heads file was signed, so that a
-- file which lost lines is found by the database, as a database that lost entries is found by the file.
create or replace function guard.audit_heads() returns table (chain text, number bigint, hash bytea)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if guard.role() is distinct from 'operator' then
    raise exception 'only the platform signs the heads of the audit' using errcode = '42501';
  end if;
  return query select h.chain, h.number, h.hash from public.audit_head h order by h.chain;
end $$;
create or replace function guard.anchor_audit(of_log text, line bigint, line_hash bytea) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  if guard.role() is distinct from 'operator' then
    raise exception 'only the platform signs the heads of the audit' using errcode = '42501';
  end if;
  insert into public.audit_anchor (id, log, number, line_hash, at)
  values (gen_random_uuid(), of_log, line, line_hash, clock_timestamp());
end $$;

create or replace function guard.keep_audit() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  raise exception 'the audit is only added to' using errcode = '42501';
end $$;
create or replace trigger keep_audit before update or delete on audit_entry
  for each row execute function guard.keep_audit();
create or replace trigger keep_audit before update or delete on audit_anchor
  for each row execute function guard.keep_audit();
create or replace trigger keep_audit before delete on audit_head
  for each row execute function guard.keep_audit();

do $$
declare auditor text := regexp_replace(current_user, '_owner$', '') || '_auditor'; of_audit text;
begin
  foreach of_audit in array array['audit_entry', 'audit_head', 'audit_anchor'] loop
    execute format('alter table %I enable row level security', of_audit);
    execute format('alter table %I force row level security', of_audit);
    execute format('drop policy if exists verifying on %I', of_audit);
    -- The verifier's role reads everything and writes nothing.
    execute format('create policy verifying on %I for select to %I using (true)', of_audit, auditor);
  end loop;
  drop policy if exists appending on audit_entry;
  drop policy if exists keeping on audit_head;
  drop policy if exists anchoring on audit_anchor;
  drop policy if exists own_log on audit_entry;
  drop policy if exists organization on audit_entry;
end $$;
-- The owner appends through the functions above, in a signed context, and never reads an entry.
create policy appending on audit_entry for insert to current_user with check ((select guard.ctx()) is not null);
create policy keeping on audit_head to current_user using ((select guard.ctx()) is not null) with check (true);
create policy anchoring on audit_anchor for insert to current_user with check ((select guard.ctx()) is not null);
-- A person reads what concerns them; an organization its own entries; both under the policy's rules for D10.
create policy own_log on audit_entry for select using (
  person_id = (select guard.person()) and 'D10' = any ((select guard.classes('self', ''))::text[]));
create policy organization on audit_entry for select using (
  actor_partner_id = (select guard.partner()) and 'D10' = any ((select guard.classes('own', ''))::text[]));
insert into guard.closed_table values ('audit_entry', 'select'), ('audit_head', ''), ('audit_anchor', '')
  on conflict do nothing;
