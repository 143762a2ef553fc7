-- What was said, each act and each link stay. A link ends by an act with a reason, once, and in no other way.
create or replace function voice_keep() returns trigger
language plpgsql set search_path = pg_catalog as $$
begin
  raise exception 'what was said, and what was done with it, stays' using errcode = '42501';
end $$;
create trigger keep before update or delete on voice_input for each row execute function voice_keep();
create trigger keep before update or delete on voice_said for each row execute function voice_keep();
create trigger keep before update or delete on voice_redaction for each row execute function voice_keep();
create trigger keep before update or delete on voice_group for each row execute function voice_keep();
create trigger keep before update or delete on voice_act for each row execute function voice_keep();
create trigger keep before update or delete on voice_reply for each row execute function voice_keep();

create or replace function voice_keep_link() returns trigger
language plpgsql set search_path = pg_catalog as $$
begin
  if tg_op = 'DELETE' or old.undone_by_id is not null or new.undone_by_id is null
     or (to_jsonb(new) - 'undone_by_id') is distinct from (to_jsonb(old) - 'undone_by_id')
     or new.undone_by_id = old.act_id then
    raise exception 'a link is undone once, by an act with its reason' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger keep before update or delete on voice_link for each row execute function voice_keep_link();

-- Of how to reach an author only what was told last changes, until it is all taken away.
create or replace function voice_keep_contact() returns trigger
language plpgsql set search_path = pg_catalog as $$
declare ours text[] := array['last_told', 'stopped_at', 'email', 'phone'];
begin
  if tg_op = 'DELETE' or (to_jsonb(new) - ours) is distinct from (to_jsonb(old) - ours)
     or old.stopped_at is not null
     or ((new.email, new.phone) is distinct from (old.email, old.phone)
         and not (new.email = '' and new.phone = '' and new.stopped_at is not null)) then
    raise exception 'how to reach an author is only ever taken away' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger keep before update or delete on voice_contact for each row execute function voice_keep_contact();

-- Who reads: of a private body those who sit there and nobody else; of others that something was said, all.
alter table voice_input enable row level security;
alter table voice_input force row level security;
create policy heard on voice_input for all
  using (not body_id in (select b.id from partners_body b where b.is_private)
         or body_id in (select h from guard.bodies_heard() h))
  with check ((select guard.ctx()) is not null
         and (not body_id in (select b.id from partners_body b where b.is_private)
              or body_id in (select h from guard.bodies_heard() h)));

alter table voice_group enable row level security;
alter table voice_group force row level security;
create policy heard on voice_group for all
  using (not body_id in (select b.id from partners_body b where b.is_private)
         or body_id in (select h from guard.bodies_heard() h));
alter table voice_act enable row level security;
alter table voice_act force row level security;
create policy heard on voice_act for all
  using (not body_id in (select b.id from partners_body b where b.is_private)
         or body_id in (select h from guard.bodies_heard() h));
alter table voice_reply enable row level security;
alter table voice_reply force row level security;
create policy heard on voice_reply for all
  using (not body_id in (select b.id from partners_body b where b.is_private)
         or body_id in (select h from guard.bodies_heard() h));
alter table voice_link enable row level security;
alter table voice_link force row level security;
create policy heard on voice_link for all using (act_id in (select a.id from voice_act a));

-- The backbone, the program that tells an author what became of it, and who sets up: never a private body's.
create or replace function guard.keeps_voices() returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select coalesce((select guard.role()) = 'backend_service'
    or ((select guard.role()) = 'operator' and (select guard.account()) is null)
    or ((select guard.role()) = 'org_admin' and exists (select 1 from public.partners_partner p
        where p.id = (select guard.partner()) and p.kind = 'backbone' and p.left_on is null)), false)
$$;

-- The words: all, where their author said so; else those who sit in the body, and who keeps them.
alter table voice_redaction enable row level security;
alter table voice_redaction force row level security;
create policy reading on voice_redaction for select using (
  input_id in (select i.id from voice_input i
    where i.is_public or (select guard.keeps_voices()) or i.body_id in (select h from guard.bodies_heard() h)));
create policy adding on voice_redaction for insert with check (
  input_id in (select i.id from voice_input i
    where (select guard.keeps_voices()) or i.body_id in (select h from guard.bodies_heard() h)));
alter table voice_said enable row level security;
alter table voice_said force row level security;
create policy reading on voice_said for select using (
  input_id in (select i.id from voice_input i
    where i.is_public or (select guard.keeps_voices()) or i.body_id in (select h from guard.bodies_heard() h))
  and not input_id in (select r.input_id from voice_redaction r));
create policy adding on voice_said for insert with check (
  (select guard.ctx()) is not null and input_id in (select i.id from voice_input i));

-- How to reach an author: the backbone and the program that writes to them.
alter table voice_contact enable row level security;
alter table voice_contact force row level security;
create policy reading on voice_contact for select using (
  (select guard.keeps_voices()) and (select guard.role()) <> 'operator'
  and input_id in (select i.id from voice_input i));
create policy adding on voice_contact for insert with check (
  (select guard.ctx()) is not null and input_id in (select i.id from voice_input i));
create policy changing on voice_contact for update using (
  (select guard.keeps_voices()) and (select guard.role()) <> 'operator');
