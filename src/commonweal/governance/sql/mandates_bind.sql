create or replace function governance_bylaws_hold() returns boolean
language sql stable set search_path = pg_catalog, public as $$
  select exists (
    select 1 from governance_bylaws b left join governance_mandate m on m.id = b.mandate_id
    where b.starts_at <= clock_timestamp()
      and (b.trial_ends_at is null or b.trial_ends_at > clock_timestamp())
      and (m.id is null or m.withdrawn_at is null))
$$;
create or replace function governance_is_count() returns boolean
language sql stable set search_path = pg_catalog, public as $$
  select coalesce((select guard.role()) = 'backend_service' and (select guard.purpose()) = 'GOV'
                  and (select guard.account()) is null, false)
$$;
create or replace function governance_is_backbone() returns boolean
language sql stable set search_path = pg_catalog, public as $$
  select coalesce((select guard.role()) = 'org_admin' and (select guard.purpose()) = 'GOV', false)
     and exists (select 1 from partners_partner p
                 where p.id = (select guard.partner()) and p.kind = 'backbone' and p.left_on is null)
$$;
create or replace function governance_is_setup() returns boolean
language sql stable set search_path = pg_catalog, public as $$
  select coalesce((select guard.role()) = 'operator' and (select guard.account()) is null, false)
$$;

-- Whether a mandate with one of these effects on this scope may act now: adopted, begun, not ended, not
-- withdrawn, not resting, and it has not acted before. The transaction that gave it may always finish.
create or replace function governance_acts(of_matter text, of_scope text, of_effects text[], of_mandate uuid default null)
returns boolean language sql stable set search_path = pg_catalog, public as $$
  select exists (
    select 1 from governance_mandate m join governance_decision d on d.id = m.decision_id and d.adopted
    where m.matter = of_matter and m.scope = of_scope and m.effect = any (of_effects)
      and (of_mandate is null or m.id = of_mandate)
      and m.withdrawn_at is null and m.taken_at is null
      and (m.entered_at = now()
           or (m.starts_at <= clock_timestamp() and (m.ends_at is null or m.ends_at > clock_timestamp())
               and (m.rests_from is null or m.rests_until <= clock_timestamp()))))
$$;
-- Whether what a mandate made is to be undone: it ended, and nobody undid it yet.
create or replace function governance_undoes(of_mandate uuid) returns boolean
language sql stable set search_path = pg_catalog, public as $$
  select exists (select 1 from governance_mandate m where m.id = of_mandate and m.undone_at is null
                 and (m.withdrawn_at is not null or m.ends_at <= clock_timestamp()))
$$;
-- Free ground: nobody is bound yet; or the set-up lays the table, which ends with its first decision here.
create or replace function governance_is_founding() returns boolean
language sql stable set search_path = pg_catalog, public as $$
  select not governance_bylaws_hold()
      or (governance_is_setup() and not exists (select 1 from governance_decision where proposal_id is not null))
$$;

-- Decisions: the count certifies what was voted here and is over; the backbone enters minutes of elsewhere.
create or replace function governance_decision_added() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
begin
  if new.proposal_id is null then
    if not governance_is_backbone() then
      raise exception 'only the backbone enters what the table decided' using errcode = '42501';
    end if;
    if new.certificate is not null then
      raise exception 'minutes of a vote held elsewhere carry no certificate' using errcode = '42501';
    end if;
    return new;
  end if;
  if not governance_is_count() then
    raise exception 'what was voted here is certified by its count' using errcode = '42501';
  end if;
  if not exists (select 1 from governance_poll p where p.proposal_id = new.proposal_id and p.kind = 'main')
     or exists (select 1 from governance_poll p where p.proposal_id = new.proposal_id and p.closed_at is null) then
    raise exception 'this question is still being voted on' using errcode = '42501';
  end if;
  if new.adopted and exists (
      select 1 from governance_poll p where p.proposal_id = new.proposal_id and p.kind = 'main'
        and p.outcome ->> 'result' in ('rejected', 'no-quorum', 'not-compliant')
        and p.opens_at = (select max(q.opens_at) from governance_poll q
                          where q.proposal_id = new.proposal_id and q.kind = 'main')) then
    raise exception 'the count says otherwise' using errcode = '42501';
  end if;
  return new;
end $$;
drop trigger by_backbone on governance_decision;
create trigger added before insert on governance_decision
  for each row execute function governance_decision_added();

-- Mandates: the count gives what the question said, no more; the backbone, what minutes older than the bylaws say.
create or replace function governance_mandate_binds() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
declare d governance_decision; q governance_proposal; since date;
begin
  select * into d from governance_decision where id = new.decision_id;
  if not found or not d.adopted then
    raise exception 'this decision gives no such mandate' using errcode = '42501';
  end if;
  new.entered_at := now();
  new.taken_at := null; new.undone_at := null; new.withdrawn_at := null; new.rests_from := null; new.rests_until := null;
  if d.proposal_id is null then
    if not governance_is_backbone() then
      raise exception 'only the backbone enters what the table decided' using errcode = '42501';
    end if;
    if new.matter in ('data-sharing', 'publication') and d.residents <> 'yes' then
      raise exception 'this decision gives no such mandate' using errcode = '42501';
    end if;
    select min(b.starts_at)::date into since from governance_bylaws b;
    if governance_bylaws_hold() and d.decided_on >= since then
      raise exception 'since the bylaws hold, minutes give no mandate' using errcode = '42501';
    end if;
    return new;
  end if;
  if not governance_is_count() then
    raise exception 'what was voted here takes effect by its count' using errcode = '42501';
  end if;
  select * into q from governance_proposal where id = d.proposal_id;
  if new.matter <> q.matter or coalesce(nullif(new.effect, ''), 'none') <> coalesce(nullif(q.effect, ''), 'none')
     or not new.params @> q.params then
    raise exception 'a mandate gives what the question said, no more' using errcode = '42501';
  end if;
  return new;
end $$;
drop trigger by_backbone on governance_mandate;

create or replace function governance_keep_mandate() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
declare
  moving text[] := array['withdrawn_at', 'withdrawn_why', 'withdrawn_by_id', 'rests_from', 'rests_until',
                         'taken_at', 'undone_at'];
begin
  if (to_jsonb(new) - moving) is distinct from (to_jsonb(old) - moving)
     or (old.withdrawn_at is not null and (new.withdrawn_at, new.withdrawn_why, new.withdrawn_by_id)
          is distinct from (old.withdrawn_at, old.withdrawn_why, old.withdrawn_by_id))
     or (old.rests_from is not null and (new.rests_from, new.rests_until) is distinct from (old.rests_from, old.rests_until))
     or (old.taken_at is not null and new.taken_at is distinct from old.taken_at)
     or (old.undone_at is not null and new.undone_at is distinct from old.undone_at) then
    raise exception 'a mandate can only be withdrawn, once' using errcode = '42501';
  end if;
  if not governance_is_count() and not governance_is_backbone() then
    raise exception 'only the table ends what it decided' using errcode = '42501';
  end if;
  if new.taken_at is not null and old.taken_at is null then new.taken_at := now(); end if;
  if new.undone_at is not null and old.undone_at is null then
    if new.withdrawn_at is null and (new.ends_at is null or new.ends_at > clock_timestamp()) then
      raise exception 'a mandate in force is not undone' using errcode = '42501';
    end if;
    new.undone_at := now();
  end if;
  if new.withdrawn_at is not null and old.withdrawn_at is null and governance_bylaws_hold()
     and not exists (select 1 from governance_stop s where s.mandate_id = new.id
                     and s.ground in ('decision', 'residents', 'challenge')) then
    raise exception 'since the bylaws hold, a decision ends what a decision began' using errcode = '42501';
  end if;
  if (new.rests_from, new.rests_until) is distinct from (old.rests_from, old.rests_until)
     and not exists (select 1 from governance_stop s where s.mandate_id = new.id and s.ground = 'emergency'
                     and s.until = new.rests_until) then
    raise exception 'a mandate rests by the emergency path alone' using errcode = '42501';
  end if;
  return new;
end $$;

-- How a mandate was stopped: who may say so depends on the ground.
create or replace function governance_stop_added() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
declare m governance_mandate;
begin
  select * into m from governance_mandate where id = new.mandate_id;
  if new.recorded_by_id is distinct from (select guard.account()) then
    raise exception 'whoever stops it says so' using errcode = '42501';
  end if;
  if new.ground = 'record' then
    if governance_bylaws_hold() or not governance_is_backbone() then
      raise exception 'since the bylaws hold, a decision ends what a decision began' using errcode = '42501';
    end if;
  elsif new.ground in ('decision', 'residents') then
    if not governance_is_count() or new.under_id is null or not governance_acts(
        m.matter, 'mandate:' || new.mandate_id, array['mandate.withdraw'], new.under_id) then
      raise exception 'no decision ends this mandate' using errcode = '42501';
    end if;
  elsif new.ground = 'party' then
    if (select guard.role()) is distinct from 'org_admin' or (select guard.purpose()) is distinct from 'GOV'
       or new.partner_id is distinct from (select guard.partner()) or m.matter <> 'data-sharing'
       or not exists (select 1 from governance_term t where m.scope = 'agreement:' || t.agreement_id
                      and t.discloser_id = new.partner_id) then
      raise exception 'a partner stops only what it tells itself' using errcode = '42501';
    end if;
  elsif new.ground = 'emergency' then
    -- The bylaws name who may; the database asks that somebody with a seat or the backbone did, and for an end.
    if new.until is null or new.until > clock_timestamp() + interval '400 days' or new.review_on is null
       or not (governance_is_backbone() or exists (
         select 1 from partners_holding h join partners_member p on p.id = h.member_id
         where p.account_id = (select guard.account()) and (h.ended_on is null or h.ended_on > current_date))) then
      raise exception 'an emergency has an opener, an end and a review' using errcode = '42501';
    end if;
  end if;
  return new;
end $$;
create trigger added before insert on governance_stop for each row execute function governance_stop_added();
create trigger keep before update or delete on governance_stop for each row execute function governance_keep();
-- A challenge suspends only together with the question that it puts.
create or replace function governance_challenge_is_put() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
begin
  if new.ground = 'challenge' and not exists (
      select 1 from governance_mandate m join governance_proposal q on q.challenges_id = m.decision_id
      where m.id = new.mandate_id and q.stage not in ('rejected', 'lapsed', 'withdrawn')) then
    raise exception 'a challenge puts its question' using errcode = '42501';
  end if;
  return null;
end $$;
create constraint trigger challenge_is_put after insert on governance_stop
  deferrable initially deferred for each row execute function governance_challenge_is_put();

-- Agreements: the backbone writes down what partners promised (it sleeps), or the count a new one that was voted.
-- Nobody adds a line to what a question or a mandate names already.
create or replace function governance_agreement_added() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
begin
  if governance_is_backbone()
     or (governance_is_count() and governance_acts('data-sharing', 'agreement:' || new.id, array['sharing.start'])) then
    return new;
  end if;
  raise exception 'only the backbone enters what the table decided' using errcode = '42501';
end $$;
create or replace function governance_term_added() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
begin
  if governance_is_count()
     and governance_acts('data-sharing', 'agreement:' || new.agreement_id, array['sharing.start']) then
    return new;
  end if;
  if not governance_is_backbone() then
    raise exception 'only the backbone enters what the table decided' using errcode = '42501';
  end if;
  if exists (select 1 from governance_mandate m where m.matter = 'data-sharing'
             and m.scope = 'agreement:' || new.agreement_id)
     or exists (select 1 from governance_proposal q where q.params ->> 'agreement' = new.agreement_id::text) then
    raise exception 'an agreement that was put to the table is not added to' using errcode = '42501';
  end if;
  return new;
end $$;
drop trigger by_backbone on governance_agreement;
drop trigger by_backbone on governance_term;
create trigger added before insert on governance_agreement for each row execute function governance_agreement_added();
create trigger added before insert on governance_term for each row execute function governance_term_added();

-- Terms of sharing: as before, and none for a party that stopped telling, none while the mandate rests.
create or replace function governance_terms_follow() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
begin
  if not (governance_is_backbone() or governance_is_count()) or not exists (
    select 1 from governance_mandate m join governance_term t on t.agreement_id = new.agreement_id
    where m.id = new.mandate_id and m.matter = 'data-sharing' and m.scope = 'agreement:' || new.agreement_id
      and m.effect in ('', 'sharing.start')
      and m.withdrawn_at is null and new.starts_at >= m.starts_at
      and new.ends_at is not null and new.ends_at <= m.ends_at
      and (m.taken_at is null or m.effect = '' or (m.rests_until > clock_timestamp() and new.starts_at = m.rests_until))
      and t.discloser_id = new.discloser_id and t.recipient_id = new.recipient_id
      and t.segment = new.segment and t.purpose = new.purpose
      and not exists (select 1 from governance_stop s where s.mandate_id = m.id and s.ground = 'party'
                      and s.partner_id = new.discloser_id)) then
    raise exception 'terms of sharing need a mandate and an agreement that says the same' using errcode = '42501';
  end if;
  return new;
end $$;

-- Bylaws: the first while there are none; each later one by its amendment. None is rewritten.
create or replace function governance_bylaws_added() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
begin
  if new.version = 1 and new.mandate_id is null then
    if not exists (select 1 from governance_bylaws) and (governance_is_setup() or governance_is_backbone()) then
      return new;
    end if;
  elsif exists (select 1 from governance_mandate m where m.id = new.mandate_id
                and governance_acts('bylaws', m.scope, array['bylaws.amend'], m.id)) then
    return new;
  end if;
  raise exception 'bylaws change by their own procedure' using errcode = '42501';
end $$;
create trigger added before insert on governance_bylaws for each row execute function governance_bylaws_added();
-- The first bylaws, while they wait for their day, may take force sooner: the founding itself.
create or replace function governance_keep_bylaws() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
begin
  if new.version = 1 and (governance_is_setup() or governance_is_backbone()) and not governance_bylaws_hold()
     and old.starts_at > clock_timestamp() and new.starts_at <= clock_timestamp() and new.starts_at >= now()
     and (to_jsonb(new) - 'starts_at') is not distinct from (to_jsonb(old) - 'starts_at') then
    return new;
  end if;
  raise exception 'bylaws change by their own procedure' using errcode = '42501';
end $$;
create trigger keep before update on governance_bylaws for each row execute function governance_keep_bylaws();
create trigger keep_rows before delete on governance_bylaws for each row execute function governance_keep();

-- What lives beside its mandate: written once, while it acts; a seed of minutes writes it under a live one.
create or replace function governance_beside_mandate() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
declare m governance_mandate; ours text := to_jsonb(new) ->> tg_argv[2];
begin
  select * into m from governance_mandate where id = new.mandate_id;
  if found and m.matter = tg_argv[0] and m.withdrawn_at is null
     and (ours is null or m.scope = ours or m.scope like '%:' || ours) then
    if governance_acts(m.matter, m.scope, array[tg_argv[1]], m.id) then return new; end if;
    if m.effect = '' and not governance_undoes(m.id) then return new; end if;
  end if;
  raise exception 'this needs a mandate that is in force' using errcode = '42501';
end $$;
create trigger needs_mandate before insert on governance_delegation
  for each row execute function governance_beside_mandate('delegation', 'delegation.give', '');
create trigger keep before update or delete on governance_delegation for each row execute function governance_keep();
create trigger needs_mandate before insert on governance_initiative
  for each row execute function governance_beside_mandate('initiative', 'initiative.start', 'slug');
create trigger keep before update or delete on governance_initiative for each row execute function governance_keep();

-- Partners: taken in and let go by decisions; one may always leave by itself.
create or replace function governance_partner_changes() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
declare
  governed text[] := array['slug', 'sector', 'kind', 'is_victim_service_provider', 'controlled_by_id', 'joined_on',
                           'left_on', 'left_why', 'given_under', 'recorded_at', 'id'];
  leaving text[] := array['left_on', 'left_why', 'given_under'];
begin
  if governance_is_founding() then return new; end if;
  if tg_op = 'INSERT' then
    if governance_acts('membership', 'partner:' || new.slug, array['partner.admit'], new.given_under) then
      return new;
    end if;
  else
    if (select jsonb_object_agg(k, to_jsonb(new) -> k) from unnest(governed) k)
       is not distinct from (select jsonb_object_agg(k, to_jsonb(old) -> k) from unnest(governed) k) then
      return new;
    end if;
    if (to_jsonb(new) - leaving) is not distinct from (to_jsonb(old) - leaving)
       and new.left_on is not null and old.left_on is null then
      if governance_acts('membership', 'partner:' || new.slug, array['partner.end'], new.given_under)
         or (governance_undoes(new.given_under) and new.given_under is not distinct from old.given_under)
         or ((select guard.role()) = 'org_admin' and new.id = (select guard.partner())
             and new.given_under is not distinct from old.given_under) then
        return new;
      end if;
    end if;
  end if;
  raise exception 'who sits at the table changes by a decision in force' using errcode = '42501';
end $$;
create trigger needs_mandate before insert or update on partners_partner
  for each row execute function governance_partner_changes();

create or replace function governance_body_changes() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
declare
  free text[] := array['purpose', 'place'];
  ending text[] := array['ends_on', 'ended_why', 'given_under'];
begin
  if governance_is_founding() then return new; end if;
  if tg_op = 'INSERT' then
    if governance_acts('membership', 'body:' || new.slug, array['body.found'], new.given_under) then return new; end if;
  else
    if (to_jsonb(new) - free) is not distinct from (to_jsonb(old) - free) then return new; end if;
    if (to_jsonb(new) - ending) is not distinct from (to_jsonb(old) - ending) and new.ends_on is not null
       and (governance_acts('membership', 'body:' || new.slug, array['body.end', 'body.found'], new.given_under)
            or governance_undoes(new.given_under)) then
      return new;
    end if;
  end if;
  raise exception 'a body comes and goes by a decision in force' using errcode = '42501';
end $$;
create trigger needs_mandate before insert or update on partners_body
  for each row execute function governance_body_changes();

-- Whether a decision that acts now, or one that is being undone, lets this seat end.
create or replace function governance_seat_may_end(of_seat partners_seat) returns boolean
language sql stable set search_path = pg_catalog, public as $$
  select governance_acts('membership', 'seat:' || of_seat.id, array['seat.end'])
      or governance_undoes(of_seat.given_under)
      or exists (select 1 from partners_body b where b.id = of_seat.body_id
                 and (governance_acts('membership', 'body:' || b.slug, array['body.end', 'body.found', 'seat.add'])
                      or governance_undoes(b.given_under)))
      or exists (select 1 from partners_partner p where p.id = of_seat.partner_id
                 and (p.left_on is not null
                      or governance_acts('membership', 'partner:' || p.slug, array['partner.end'])))
$$;
create or replace function governance_seat_changes() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
declare
  free text[] := array['title', 'place', 'population'];
  ending text[] := array['ends_on', 'ended_why', 'given_under'];
begin
  if governance_is_founding() then return new; end if;
  if tg_op = 'INSERT' then
    if exists (select 1 from partners_body b where b.id = new.body_id and new.given_under is not null
               and governance_acts('membership', 'body:' || b.slug, array['seat.add'], new.given_under)) then
      return new;
    end if;
  else
    if (to_jsonb(new) - free) is not distinct from (to_jsonb(old) - free) then return new; end if;
    if (to_jsonb(new) - ending) is not distinct from (to_jsonb(old) - ending) and new.ends_on is not null
       and governance_seat_may_end(old) then
      return new;
    end if;
  end if;
  raise exception 'a seat comes and goes by a decision in force' using errcode = '42501';
end $$;
create trigger needs_mandate before insert or update on partners_seat
  for each row execute function governance_seat_changes();

-- Who fills a seat of a partner is the partner's affair; a seat of a class is filled by a decision. Anyone may leave.
create or replace function governance_holding_changes() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
declare s partners_seat; leaving text[] := array['ended_on', 'ended_why'];
begin
  if governance_is_founding() then return new; end if;
  select * into s from partners_seat where id = new.seat_id;
  if s.partner_id is not null then return new; end if;
  if governance_acts('membership', 'seat:' || s.id, array['seat.fill']) then return new; end if;
  if tg_op = 'UPDATE' and (to_jsonb(new) - leaving) is not distinct from (to_jsonb(old) - leaving) then
    if governance_seat_may_end(s) or new.term_ends_on <= current_date
       or exists (select 1 from governance_mandate m where m.matter = 'membership' and m.scope = 'seat:' || s.id
                  and m.effect = 'seat.fill' and governance_undoes(m.id))
       or governance_is_backbone()  -- writes down who left, at their word
       or exists (select 1 from partners_member p where p.id = new.member_id
                  and p.account_id = (select guard.account())) then
      return new;
    end if;
  end if;
  raise exception 'a seat of a class is filled by a decision in force' using errcode = '42501';
end $$;
create trigger needs_mandate before insert or update on partners_holding
  for each row execute function governance_holding_changes();

-- Roles that watch over others.
create or replace function governance_role_changes() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
declare
  watching text[] := array['privacy_officer', 'election_officer'];
  leaving text[] := array['until', 'ended_why'];
begin
  if not (new.role = any (watching)) and (tg_op = 'INSERT' or not (old.role = any (watching))) then return new; end if;
  if governance_is_founding() then return new; end if;
  if governance_acts('roles', 'role:' || new.role || '.' || new.account_id, array['role.give']) then return new; end if;
  if tg_op = 'UPDATE' and (to_jsonb(new) - leaving) is not distinct from (to_jsonb(old) - leaving)
     and new.until is not null and new.until <= clock_timestamp() then
    return new;  -- a watcher's role may always end
  end if;
  raise exception 'a role that watches over others is given by a decision in force' using errcode = '42501';
end $$;
create trigger needs_mandate before insert or update on accounts_membership
  for each row execute function governance_role_changes();

-- About how many persons would be read: in tens, and nothing below eleven. Only here are they counted.
create or replace function guard.would_open(disclosers uuid[], recipients uuid[], segments text[], purposes text[])
returns table (matching int, today int, known int)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with line as (
    select * from unnest(disclosers, recipients, segments, purposes) l(discloser, recipient, segment, purpose)
  ), yes as (
    select distinct c.person_id, l.discloser, l.recipient, l.segment, l.purpose
    from line l
    join public.access_consent c on c.recipient_id = l.recipient and c.segment = l.segment and c.purpose = l.purpose
      and (c.discloser_id is null or c.discloser_id = l.discloser)
    join public.access_relation r on r.person_id = c.person_id and r.partner_id = l.discloser and r.ended_at is null
    where c.revoked_at is null and c.confirmed_at is not null and c.starts_at <= now()
      and (c.ends_at is null or now() < c.ends_at)
      and not exists (select 1 from public.access_restriction x where x.person_id = c.person_id
                      and x.partner_id in (l.recipient, l.discloser) and x.lifted_at is null)
      and not exists (select 1 from public.access_standing s where s.person_id = c.person_id and s.ended_at is null
                      and s.kind in ('unreadable', 'disputed', 'deceased'))
  ), counts as (
    select (select count(distinct person_id) from yes) as matching,
           (select count(distinct y.person_id) from yes y join public.access_terms t
              on t.discloser_id = y.discloser and t.recipient_id = y.recipient and t.segment = y.segment
             and t.purpose = y.purpose and t.ended_at is null and t.starts_at <= clock_timestamp()
             and (t.ends_at is null or clock_timestamp() < t.ends_at)) as today,
           (select count(distinct r.person_id) from public.access_relation r
            where r.partner_id = any (disclosers) and r.ended_at is null) as known
  )
  select case when matching >= 11 then round(matching, -1)::int end,
         case when today >= 11 then round(today, -1)::int end,
         case when known >= 11 then round(known, -1)::int end
  from counts where (select guard.role()) is distinct from 'public' or (select guard.ctx()) is not null
$$;
revoke all on function guard.would_open(uuid[], uuid[], text[], text[]) from public;
