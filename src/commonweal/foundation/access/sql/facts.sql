-- Questions about persons that policies ask; tables are made by this app's models.
create or replace function guard.hidden() returns uuid[]
language sql stable security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(person_id), '{}') from (
    select person_id from public.access_restriction where partner_id = guard.partner() and lifted_at is null
    union select person_id from public.access_standing where kind = 'unreadable' and ended_at is null
  ) x
$$;
create or replace function guard.unreadable() returns uuid[]
language sql stable security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(person_id), '{}') from public.access_standing
  where kind = 'unreadable' and ended_at is null
$$;
create or replace function guard.disputed() returns uuid[]
language sql stable security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(person_id), '{}') from public.access_standing
  where kind = 'disputed' and ended_at is null
$$;
create or replace function guard.closed() returns uuid[]
language sql stable security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(person_id), '{}') from public.access_standing
  where kind in ('disputed', 'deceased') and ended_at is null
$$;
create or replace function guard.of_age() returns uuid[]
language sql stable security definer set search_path = pg_catalog as $$
  select case when guard.role() = 'proxy' then coalesce(array_agg(person_id), '{}') else '{}' end
  from public.access_standing where kind = 'of_age' and ended_at is null
$$;
create or replace function guard.assigned() returns uuid[]
language sql stable security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(person_id), '{}') from public.access_assignment
  where account_id = guard.account() and partner_id = guard.partner() and ended_at is null
$$;
create or replace function guard.cases() returns uuid[]
language sql stable security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(person_id), '{}') from public.access_case
  where partner_id = guard.partner() and account_id = guard.account() and second_account_id is not null
    and second_account_id <> account_id and closed_at is null
$$;
create or replace function guard.glass() returns uuid[]
language sql stable security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(person_id), '{}') from public.access_glass
  where account_id = guard.account() and partner_id = guard.partner() and now() < ends_at and closed_at is null
    and person_id not in (select s.person_id from public.access_standing s
                          where s.kind in ('disputed', 'deceased', 'unreadable') and s.ended_at is null)
$$;

-- Who may say that a person consented: the person, a partner in relation to that person,
-- or a recipient under a live consent. A stranger cannot vouch for itself (SECURITY P08, W2).
create or replace function guard.related(of_person uuid) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select exists (select 1 from public.access_relation r
                 where r.person_id = of_person and r.partner_id = guard.partner() and r.ended_at is null)
$$;
create or replace function guard.relate(of_person uuid) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog as $$
begin
  if guard.partner() is null then return false; end if;
  if guard.related(of_person) then return true; end if;
  perform pg_advisory_xact_lock(hashtext('guard.relate'), hashtext(of_person::text));
  if exists (select 1 from public.access_relation where person_id = of_person) and not exists (
      select 1 from public.access_consent c join public.access_terms t
        on t.recipient_id = c.recipient_id and t.segment = c.segment and t.purpose = c.purpose
      where c.person_id = of_person and c.recipient_id = guard.partner() and c.revoked_at is null
        and c.starts_at <= now() and (c.ends_at is null or now() < c.ends_at)
        and t.starts_at <= now() and (t.ends_at is null or now() < t.ends_at) and t.ended_at is null) then
    return false;
  end if;
  insert into public.access_relation (id, person_id, partner_id, since)
  values (gen_random_uuid(), of_person, guard.partner(), now());
  return true;
end $$;

-- The facts behind one reading, for explain(): only for those whom the reading concerns.
create or replace function guard.facts(of_person uuid, holder uuid, recipient uuid, of_segment text, of_purpose text, of_topic text)
returns jsonb
language plpgsql stable security definer set search_path = pg_catalog as $$
declare me uuid := guard.partner(); answer jsonb;
begin
  if not coalesce(me in (holder, recipient), false) and of_person is distinct from guard.person() then
    return '{}'::jsonb;
  end if;
  select jsonb_build_object(
    'standing', (select coalesce(jsonb_agg(kind), '[]') from public.access_standing
                 where person_id = of_person and ended_at is null),
    'restricted', exists (select 1 from public.access_restriction
                 where person_id = of_person and partner_id = recipient and lifted_at is null),
    'assigned', exists (select 1 from public.access_assignment where person_id = of_person
                 and partner_id = recipient and account_id = guard.account() and ended_at is null),
    'case', of_person = any (guard.cases()),
    'glass', of_person = any (guard.glass()),
    'consents', (select coalesce(jsonb_agg(jsonb_build_object(
                    'id', c.id, 'named', c.named, 'topics', c.topics,
                    'started', c.starts_at <= now(), 'ended', c.ends_at is not null and c.ends_at <= now(),
                    'revoked', c.revoked_at is not null) order by c.recorded_at), '[]')
                 from public.access_consent c
                 where c.person_id = of_person and c.recipient_id = recipient and c.segment = of_segment
                   and c.purpose = of_purpose and (c.discloser_id is null or c.discloser_id = holder)),
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
