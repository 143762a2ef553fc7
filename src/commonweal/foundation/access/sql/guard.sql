-- Schema guard: the signed context and the questions that every policy asks.
-- The application may call its functions and read none of its tables. Safe to run again.
-- Every function that runs as the owner names its search path and ends it with pg_temp, so that no
-- temporary table or type of the caller's can stand in for what it means.
set local check_function_bodies = off;
create schema if not exists guard;
create extension if not exists unaccent;
create extension if not exists pg_trgm;
create extension if not exists btree_gist;

create table if not exists guard.secret (
  name text primary key,
  inner_pad bytea not null,  -- key xor 0x36, 64 bytes: HMAC over the built-in sha256, since there is no pgcrypto
  outer_pad bytea not null
);
create table if not exists guard.rule (
  role text not null, purpose text not null, data_class text not null, relation text not null,
  need text not null, level smallint not null, can_write boolean not null,
  primary key (role, purpose, data_class, relation)
);
-- Tables that stand under protect(); their policies are made anew from the present text at each setup.
create table if not exists guard.protected (
  table_name text primary key, base text not null, person_column text not null, shared_writes boolean not null
);
-- Tables that the application reaches through functions alone; `kept` names what it may still do directly.
create table if not exists guard.closed_table (table_name text primary key, kept text not null default '');

-- The application's role, as the owner's name has it. Policies for the application name it, so that the guard's
-- own functions are not asked the application's questions for each row.
create or replace function guard.app_role() returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
  select regexp_replace(current_user::text, '_owner$', '') || '_app'
$$;

create or replace function guard.pad(key bytea, with_byte int) returns bytea
language plpgsql immutable strict set search_path = pg_catalog, pg_temp as $$
declare padded bytea := decode(repeat(lpad(to_hex(with_byte), 2, '0'), 64), 'hex');
begin
  for i in 0 .. length(key) - 1 loop
    padded := set_byte(padded, i, get_byte(key, i) # with_byte);
  end loop;
  return padded;
end $$;

create or replace function guard.keep_secret(called text, key bytea) returns void
language sql set search_path = pg_catalog, pg_temp as $$
  insert into guard.secret values (called, guard.pad(key, 54), guard.pad(key, 92))
  on conflict (name) do update set inner_pad = excluded.inner_pad, outer_pad = excluded.outer_pad
$$;

create or replace function guard.mac(called text, line text) returns text
language sql stable security definer parallel restricted set search_path = pg_catalog, pg_temp as $$
  select encode(sha256(outer_pad || sha256(inner_pad || convert_to(line, 'UTF8'))), 'hex')
  from guard.secret where name = called
$$;

-- The application's line is checked once and sealed to this transaction.
create or replace function guard.seal(line text, signature text) returns text
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare bound text := line || '|' || extract(epoch from now())::text || '|' || pg_backend_pid();
begin
  if signature is distinct from guard.mac('context', line) or array_length(string_to_array(line, '|'), 1) <> 5 then
    raise exception 'the context of this transaction is not signed by the installation' using errcode = '28000';
  end if;
  return bound || '|' || guard.mac('seal', bound);
end $$;

-- partner, account, person, role, purpose; null when there is no valid context.
create or replace function guard.ctx() returns text[]
language plpgsql stable security definer parallel restricted set search_path = pg_catalog, pg_temp as $$
declare
  whole text := current_setting('commonweal.ctx', true);
  parts text[];
  bound text;
begin
  if whole is null or whole = '' then return null; end if;
  parts := string_to_array(whole, '|');
  if array_length(parts, 1) is distinct from 8 then return null; end if;
  bound := array_to_string(parts[1:7], '|');
  if parts[6] is distinct from extract(epoch from now())::text
     or parts[7] is distinct from pg_backend_pid()::text
     or parts[8] is distinct from guard.mac('seal', bound) then
    return null;
  end if;
  return parts[1:5];
end $$;

create or replace function guard.partner() returns uuid language sql stable security definer parallel restricted
  set search_path = pg_catalog, pg_temp as $$ select nullif((guard.ctx())[1], '')::uuid $$;
create or replace function guard.account() returns uuid language sql stable security definer parallel restricted
  set search_path = pg_catalog, pg_temp as $$ select nullif((guard.ctx())[2], '')::uuid $$;
create or replace function guard.person() returns uuid language sql stable security definer parallel restricted
  set search_path = pg_catalog, pg_temp as $$ select nullif((guard.ctx())[3], '')::uuid $$;
create or replace function guard.role() returns text language sql stable security definer parallel restricted
  set search_path = pg_catalog, pg_temp as $$ select nullif((guard.ctx())[4], '') $$;
create or replace function guard.purpose() returns text language sql stable security definer parallel restricted
  set search_path = pg_catalog, pg_temp as $$ select nullif((guard.ctx())[5], '') $$;

-- The classes that this role may read for this purpose, by relation and need.
create or replace function guard.classes(of_relation text, of_need text) returns text[]
language sql stable security definer parallel restricted set search_path = pg_catalog, pg_temp as $$
  select coalesce(array_agg(r.data_class), '{}')
  from guard.rule r, (select guard.ctx() as c) x
  where r.role = x.c[4] and r.purpose = x.c[5] and r.relation = of_relation and r.need = of_need and r.level > 0
$$;
create or replace function guard.writable(of_relation text, of_need text) returns text[]
language sql stable security definer parallel restricted set search_path = pg_catalog, pg_temp as $$
  select coalesce(array_agg(r.data_class), '{}')
  from guard.rule r, (select guard.ctx() as c) x
  where r.role = x.c[4] and r.purpose = x.c[5] and r.relation = of_relation and r.need = of_need and r.can_write
$$;
create or replace function guard.level(of_class text, of_relation text) returns int
language sql stable security definer parallel restricted set search_path = pg_catalog, pg_temp as $$
  select coalesce(max(r.level), 0)
  from guard.rule r, (select guard.ctx() as c) x
  where r.role = x.c[4] and r.purpose = x.c[5] and r.relation = of_relation and r.data_class = of_class
$$;

-- A row's holder, person, class, segment and topic never change; a mistake is a new row.
create or replace function guard.keep_row_identity() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if (to_jsonb(new) -> tg_argv[0]) is distinct from (to_jsonb(old) -> tg_argv[0])
     or new.holder_id is distinct from old.holder_id
     or new.data_class is distinct from old.data_class
     or new.segment is distinct from old.segment
     or new.topic is distinct from old.topic then
    raise exception 'a row about a person keeps its person, holder, segment and topic' using errcode = '42501';
  end if;
  return new;
end $$;
