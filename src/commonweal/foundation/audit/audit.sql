-- The canonical text of an entry: length-prefixed fields, so that no two contents give one text.
create or replace function guard.audit_text(variadic fields text[]) returns text
language sql immutable set search_path = pg_catalog as $$
  select string_agg(case when f is null then '-' else octet_length(f) || ':' || f end, ',' order by o)
  from unnest(fields) with ordinality u(f, o)
$$;

create or replace function guard.append_audit(
  of_kind text, of_verb text, by_name text, about uuid, of_subject_kind text, of_subject_id text,
  in_words text, why text, in_detail jsonb)
returns uuid
language plpgsql volatile security definer set search_path = pg_catalog as $$
declare
  me text[] := guard.ctx();
  of_chain text; last_number bigint; last_hash bytea; fresh uuid := gen_random_uuid();
  at timestamptz := clock_timestamp(); fingerprint bytea;
begin
  if me is null then raise exception 'an audit entry needs a signed context' using errcode = '28000'; end if;
  of_chain := coalesce(nullif(me[1], ''), 'table');
  insert into public.audit_head values (of_chain, 0, ''::bytea) on conflict do nothing;
  select number, hash into last_number, last_hash from public.audit_head where chain = of_chain for update;
  fingerprint := sha256(last_hash || convert_to(guard.audit_text(
    of_chain, (last_number + 1)::text, fresh::text, (extract(epoch from at) * 1000000)::bigint::text, of_kind, of_verb,
    nullif(me[2], ''), nullif(me[1], ''), me[4], by_name, me[5], about::text, of_subject_kind, of_subject_id,
    in_words, why, in_detail::text), 'UTF8'));
  insert into public.audit_entry (id, chain, number, recorded_at, kind, verb, actor_account_id, actor_partner_id,
    actor_role, actor_name, purpose, person_id, subject_kind, subject_id, words, because, details, previous, hash)
  values (fresh, of_chain, last_number + 1, at, of_kind, of_verb, nullif(me[2], '')::uuid, nullif(me[1], '')::uuid,
    me[4], by_name, me[5], about, of_subject_kind, of_subject_id, in_words, why, in_detail, last_hash, fingerprint);
  update public.audit_head set number = last_number + 1, hash = fingerprint where chain = of_chain;
  return fresh;
end $$;

alter table audit_entry enable row level security;
alter table audit_entry force row level security;
alter table audit_head enable row level security;
alter table audit_head force row level security;
-- The owner appends through the function above, in a signed context, and never reads.
create policy appending on audit_entry for insert to current_user with check ((select guard.ctx()) is not null);
create policy keeping on audit_head to current_user using ((select guard.ctx()) is not null) with check (true);
-- A person reads what concerns them; an organization its own entries; both under the policy's rules for D10.
create policy own_log on audit_entry for select using (
  person_id = (select guard.person()) and 'D10' = any ((select guard.classes('self', ''))::text[]));
create policy organization on audit_entry for select using (
  actor_partner_id = (select guard.partner()) and 'D10' = any ((select guard.classes('own', ''))::text[]));
insert into guard.closed_table values ('audit_entry', 'select'), ('audit_head', '') on conflict do nothing;
