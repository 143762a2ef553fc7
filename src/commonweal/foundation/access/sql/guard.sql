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
create index if not exists rule_asked on guard.rule (role, purpose, relation, need);
-- Tables that stand under protect(); their policies are made anew from the present text at each setup.
create table if not exists guard.protected (
  table_name text primary key, base text not null, person_column text not null, shared_writes boolean not null
);
-- Tables that the application reaches through functions alone; `kept` names what it may still do directly.
create table if not exists guard.closed_table (table_name text primary key, kept text not null default '');

-- The zone whose days count here: the installation's, written at each setup.
create table if not exists guard.place (is_only boolean primary key default true check (is_only), zone text not null);
insert into guard.place (zone) values ('UTC') on conflict do nothing;

create or replace function guard.zone() returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$ select zone from guard.place $$;
-- The day on which a moment fell, on the calendars of the place. `current_date` would be the day at Greenwich.
create or replace function guard.day_of(moment timestamptz) returns date
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select (moment at time zone guard.zone())::date
$$;
create or replace function guard.today() returns date
language sql stable security definer set search_path = pg_catalog, pg_temp as $$ select guard.day_of(now()) $$;

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

-- partner, account, person, role, purpose; null when there is no valid context. Every function below checks the
-- seal anew each time that it is asked, and takes what it needs from that one check: the setting itself belongs to the
-- caller, who may write anything into it between two rows. Nothing is remembered that a caller could write.
create or replace function guard.ctx() returns text[]
language plpgsql stable security definer parallel restricted set search_path = pg_catalog, pg_temp as $$
declare
  whole text := current_setting('commonweal.ctx', true);
  parts text[] := string_to_array(whole, '|');
  seal record;
begin
  if array_length(parts, 1) is distinct from 8
     or parts[6] is distinct from extract(epoch from now())::text
     or parts[7] is distinct from pg_backend_pid()::text then
    return null;
  end if;
  -- guard.mac('seal', …) written out: this is asked some ten times a page.
  select s.inner_pad, s.outer_pad into seal from guard.secret s where s.name = 'seal';
  if parts[8] is distinct from encode(sha256(seal.outer_pad || sha256(seal.inner_pad
       || convert_to(array_to_string(parts[1:7], '|'), 'UTF8'))), 'hex') then
    return null;
  end if;
  return parts[1:5];
end $$;

-- In plpgsql, whose plans are kept for a session.
create or replace function guard.partner() returns uuid language plpgsql stable security definer parallel restricted
  set search_path = pg_catalog, pg_temp as $$ begin return nullif((guard.ctx())[1], '')::uuid; end $$;
create or replace function guard.account() returns uuid language plpgsql stable security definer parallel restricted
  set search_path = pg_catalog, pg_temp as $$ begin return nullif((guard.ctx())[2], '')::uuid; end $$;
create or replace function guard.person() returns uuid language plpgsql stable security definer parallel restricted
  set search_path = pg_catalog, pg_temp as $$ begin return nullif((guard.ctx())[3], '')::uuid; end $$;
create or replace function guard.role() returns text language plpgsql stable security definer parallel restricted
  set search_path = pg_catalog, pg_temp as $$ begin return nullif((guard.ctx())[4], ''); end $$;
create or replace function guard.purpose() returns text language plpgsql stable security definer parallel restricted
  set search_path = pg_catalog, pg_temp as $$ begin return nullif((guard.ctx())[5], ''); end $$;

-- The classes that this role may read for this purpose, by relation and need.
create or replace function guard.classes(of_relation text, of_need text) returns text[]
language plpgsql stable security definer parallel restricted set search_path = pg_catalog, pg_temp as $$
declare me text[] := guard.ctx();
begin
  return (select coalesce(array_agg(r.data_class), '{}') from guard.rule r
          where r.role = me[4] and r.purpose = me[5] and r.relation = of_relation and r.need = of_need and r.level > 0);
end $$;
create or replace function guard.writable(of_relation text, of_need text) returns text[]
language plpgsql stable security definer parallel restricted set search_path = pg_catalog, pg_temp as $$
declare me text[] := guard.ctx();
begin
  return (select coalesce(array_agg(r.data_class), '{}') from guard.rule r
          where r.role = me[4] and r.purpose = me[5] and r.relation = of_relation and r.need = of_need and r.can_write);
end $$;
create or replace function guard.level(of_class text, of_relation text) returns int
language plpgsql stable security definer parallel restricted set search_path = pg_catalog, pg_temp as $$
declare me text[] := guard.ctx();
begin
  return (select coalesce(max(r.level), 0) from guard.rule r
          where r.role = me[4] and r.purpose = me[5] and r.relation = of_relation and r.data_class = of_class);
end $$;

-- (class, holder) of one's own rows and (class, person) of what is about oneself, as far as the role's rules go without
-- any further need: who asks and what they may read, told together after one look at the seal.
create or replace function guard.own_reach(to_write boolean) returns table (data_class text, holder_id uuid)
language plpgsql stable security definer parallel restricted set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare me text[] := guard.ctx(); mine uuid := nullif(me[1], '')::uuid;
begin
  if mine is null then return; end if;
  return query select r.data_class, mine from guard.rule r
    where r.role = me[4] and r.purpose = me[5] and r.relation = 'own' and r.need = ''
      and case when to_write then r.can_write else r.level > 0 end;
end $$;
create or replace function guard.self_reach(to_write boolean) returns table (data_class text, person_id uuid)
language plpgsql stable security definer parallel restricted set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare me text[] := guard.ctx(); myself uuid := nullif(me[3], '')::uuid;
begin
  if myself is null then return; end if;
  return query select r.data_class, myself from guard.rule r
    where r.role = me[4] and r.purpose = me[5] and r.relation = 'self' and r.need = ''
      and case when to_write then r.can_write else r.level > 0 end;
end $$;

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
