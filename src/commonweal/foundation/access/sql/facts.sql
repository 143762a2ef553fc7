-- Questions about persons that policies ask; tables are made by this app's models. Safe to run again.
set local check_function_bodies = off;

-- Sets that policies compare with `in (select ...)`: PostgreSQL hashes them once a query. An array would be
-- searched from end to end for each row.

-- (class, person) that nobody in this role reads now: unreadable, mixed up, of age toward a proxy, the consents of
-- one who has died, and the own page of one who has died, which only somebody else can be holding.
create or replace function guard.barred() returns table (data_class text, person_id uuid)
language plpgsql stable security definer parallel restricted set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare me text[] := guard.ctx();
begin
  return query select c.data_class, s.person_id
    from public.access_standing s cross join unnest(array['D2','D3','D4','D5','D6','D7','D8','D9']) c(data_class)
    where s.ended_at is null
      and (s.kind = 'unreadable'
           or (s.kind = 'disputed' and c.data_class in ('D6', 'D7', 'D8', 'D9'))
           or (s.kind = 'of_age' and me[4] = 'proxy')
           or (s.kind = 'deceased' and (c.data_class = 'D9' or (s.person_id = nullif(me[3], '')::uuid
                                                                 and me[4] in ('resident', 'app')))));
end $$;
create or replace function guard.closed_persons() returns setof uuid
language plpgsql stable security definer parallel restricted set search_path = pg_catalog, pg_temp as $$
begin
  return query select person_id from public.access_standing
    where kind in ('disputed', 'deceased') and ended_at is null;
end $$;
create or replace function guard.hidden_persons() returns setof uuid
language plpgsql stable security definer parallel restricted set search_path = pg_catalog, pg_temp as $$
declare mine uuid := guard.partner();
begin
  return query select person_id from public.access_restriction where partner_id = mine and lifted_at is null;
end $$;
-- From whom, in which segment, an agreement in force lets data come here for this purpose.
create or replace function guard.terms_to_me() returns table (discloser_id uuid, segment text)
language plpgsql stable security definer parallel restricted set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare me text[] := guard.ctx(); mine uuid := nullif(me[1], '')::uuid;
begin
  return query select distinct t.discloser_id, t.segment::text from public.access_terms t
    where t.recipient_id = mine and t.discloser_id <> t.recipient_id
      and t.purpose = nullif(me[5], '') and t.ended_at is null
      and t.starts_at <= now() and (t.ends_at is null or now() < t.ends_at);
end $$;
-- (class, person) where the role's rule asks for an assignment or an open case, and there is one.
create or replace function guard.charges(of_relation text, to_write boolean) returns table (data_class text, person_id uuid)
language plpgsql stable security definer parallel restricted set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare me text[] := guard.ctx();
begin
  return query select r.data_class, p.person_id
    from guard.rule r
    join lateral (select unnest(guard.assigned()) as person_id where r.need = 'assigned'
                  union all select unnest(guard.cases()) where r.need = 'case') p on true
    where r.role = me[4] and r.purpose = me[5] and r.relation = of_relation
      and r.need in ('assigned', 'case') and (case when to_write then r.can_write else r.level > 0 end);
end $$;

-- The same as arrays, for functions that ask about one person.
create or replace function guard.hidden() returns uuid[]
language sql stable security definer parallel restricted set search_path = pg_catalog, pg_temp as $$
  select coalesce(array_agg(p), '{}') from guard.hidden_persons() p
$$;
create or replace function guard.closed() returns uuid[]
language sql stable security definer parallel restricted set search_path = pg_catalog, pg_temp as $$
  select coalesce(array_agg(p), '{}') from guard.closed_persons() p
$$;

-- Nobody assigns themselves, unless they brought the person in and wrote it all down anyway (SECURITY C12).
create or replace function guard.assigned() returns uuid[]
language sql stable security definer parallel restricted set search_path = pg_catalog, pg_temp as $$
  select coalesce(array_agg(a.person_id), '{}') from public.access_assignment a
  where a.account_id = (select guard.account()) and a.partner_id = (select guard.partner()) and a.ended_at is null
    and (a.assigned_by is distinct from a.account_id
         or exists (select 1 from public.access_relation r where r.person_id = a.person_id
                    and r.partner_id = a.partner_id and r.account_id = a.account_id and r.ended_at is null))
$$;
create or replace function guard.cases() returns uuid[]
language sql stable security definer parallel restricted set search_path = pg_catalog, pg_temp as $$
  select coalesce(array_agg(person_id), '{}') from public.access_case
  where partner_id = (select guard.partner()) and account_id = (select guard.account())
    and second_account_id <> account_id and closed_at is null
$$;
create or replace function guard.glass_persons() returns setof uuid
language plpgsql stable security definer parallel restricted set search_path = pg_catalog, pg_temp as $$
declare me text[] := guard.ctx();
begin
  return query select g.person_id from public.access_glass g
    where g.account_id = nullif(me[2], '')::uuid and g.partner_id = nullif(me[1], '')::uuid
      and g.starts_at <= now() and now() < g.ends_at and g.closed_at is null
      and not exists (select 1 from public.access_standing s where s.person_id = g.person_id
                      and s.kind in ('disputed', 'deceased', 'unreadable') and s.ended_at is null);
end $$;
create or replace function guard.glass() returns uuid[]
language sql stable security definer parallel restricted set search_path = pg_catalog, pg_temp as $$
  select coalesce(array_agg(p), '{}') from guard.glass_persons() p
$$;
-- Holders whose rows no broken glass opens (DOMAIN 2.8). The context that knows victim service providers
-- replaces this answer.
do $$ begin
  if to_regprocedure('guard.victim_service_partners()') is null then
    create function guard.victim_service_partners() returns uuid[]
    language sql stable security definer parallel restricted set search_path = pg_catalog, pg_temp
    return '{}'::uuid[];
  end if;
end $$;

-- Who may say that a person consented: the person, or a partner in relation to that person.
-- A stranger cannot vouch for itself (SECURITY P08, W2).
create or replace function guard.related(of_person uuid) returns boolean
language sql stable security definer parallel restricted set search_path = pg_catalog, pg_temp as $$
  select exists (select 1 from public.access_relation r
                 where r.person_id = of_person and r.partner_id = (select guard.partner()) and r.ended_at is null)
$$;
create or replace function guard.may_record_consent(of_person uuid) returns boolean
language sql stable security definer parallel restricted set search_path = pg_catalog, pg_temp as $$
  select case when of_person = guard.person() then 'D9' = any (guard.writable('self', ''))
              else guard.related(of_person) and 'D9' = any (guard.writable('own', '')) end
$$;
create or replace function guard.relate(of_person uuid) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare me uuid := guard.partner(); new_here boolean;
begin
  if me is null then return false; end if;
  if guard.related(of_person) then return true; end if;
  perform pg_advisory_xact_lock(hashtext('guard.relate'), hashtext(of_person::text));
  new_here := not exists (select 1 from public.access_relation where person_id = of_person);
  if not new_here and (of_person = any (guard.hidden()) or not exists (
      select 1 from public.access_consent c join public.access_terms t
        on t.recipient_id = c.recipient_id and t.segment = c.segment and t.purpose = c.purpose
       and (c.discloser_id is null or t.discloser_id = c.discloser_id)
      where c.person_id = of_person and c.recipient_id = me and c.revoked_at is null
        and c.confirmed_at is not null
        and c.starts_at <= now() and (c.ends_at is null or now() < c.ends_at)
        and t.starts_at <= now() and (t.ends_at is null or now() < t.ends_at) and t.ended_at is null)) then
    return false;
  end if;
  insert into public.access_relation (id, person_id, partner_id, account_id, since)
  values (gen_random_uuid(), of_person, me, case when new_here then guard.account() end, now())
  on conflict (person_id, partner_id) do update set ended_at = null, account_id = null;
  -- Receiving a person under a form is the other side's word for what that form lets it tell back.
  update public.access_consent c set confirmed_at = now()
  where c.person_id = of_person and c.discloser_id = me and c.confirmed_at is null and c.revoked_at is null
    and exists (select 1 from public.access_consent o where o.document_id = c.document_id
                and o.recipient_id = me and o.confirmed_at is not null and o.revoked_at is null);
  return true;
end $$;

-- At most five an hour; the lock makes those who ask at once stand in line.
create or replace function guard.may_break_glass() returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare me uuid := guard.account();
begin
  if me is null or not exists (select 1 from guard.rule where role = guard.role() and relation = 'glass') then
    return false;
  end if;
  perform pg_advisory_xact_lock(hashtext('guard.glass'), hashtext(me::text));
  return (select count(*) from public.access_glass
          where account_id = me and starts_at > clock_timestamp() - interval '1 hour') < 5;
end $$;

-- The facts behind one reading, for explain(): only for those whom the reading concerns. A recipient whom
-- nobody named hears the same as of a person who does not exist.
create or replace function guard.facts(of_person uuid, holder uuid, recipient uuid, of_segment text, of_purpose text, of_topic text)
returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare me uuid := guard.partner(); answer jsonb; mine boolean;
begin
  mine := coalesce(me = holder, false) or coalesce(of_person = guard.person(), false);
  if not mine and me is distinct from recipient then return '{}'::jsonb; end if;
  if not mine and not guard.related(of_person) and not of_person = any (guard.glass()) and not exists (
      select 1 from public.access_consent where person_id = of_person and recipient_id = me) then
    return '{}'::jsonb;
  end if;
  select jsonb_build_object(
    'standing', (select coalesce(jsonb_agg(kind), '[]') from public.access_standing
                 where person_id = of_person and ended_at is null),
    'restricted', exists (select 1 from public.access_restriction
                 where person_id = of_person and partner_id = recipient and lifted_at is null),
    'assigned', of_person = any (guard.assigned()),
    'case', of_person = any (guard.cases()),
    'glass', of_person = any (guard.glass()),
    'apart', holder = any (guard.victim_service_partners()),
    'consents', (select coalesce(jsonb_agg(jsonb_build_object(
                    'id', c.id, 'named', c.named, 'topics', c.topics, 'confirmed', c.confirmed_at is not null,
                    'started', c.starts_at <= now(), 'ended', c.ends_at is not null and c.ends_at <= now(),
                    'revoked', c.revoked_at is not null) order by c.recorded_at), '[]')
                 from public.access_consent c
                 where c.person_id = of_person and c.recipient_id = recipient and c.segment = of_segment
                   and c.purpose = of_purpose and (c.discloser_id is null or c.discloser_id = holder)),
    'others', exists (select 1 from public.access_consent c
                 where c.person_id = of_person and c.recipient_id = recipient and c.revoked_at is null
                   and c.starts_at <= now() and (c.ends_at is null or now() < c.ends_at)),
    'terms', (select coalesce(jsonb_agg(jsonb_build_object(
                    'agreement', t.agreement_id, 'mandate', t.mandate_id,
                    'live', t.starts_at <= now() and (t.ends_at is null or now() < t.ends_at) and t.ended_at is null)
                    order by t.recorded_at), '[]')
              from public.access_terms t
              where t.discloser_id = holder and t.recipient_id = recipient and t.segment = of_segment
                and t.purpose = of_purpose)
  ) into answer;
  return answer;
end $$;
