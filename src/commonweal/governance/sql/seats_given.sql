-- A seat comes with the admission of whose it is, and a vacant one may be given to another organization.
create or replace function governance_seat_changes() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
declare
  free text[] := array['title', 'place', 'population'];
  ending text[] := array['ends_on', 'ended_why', 'given_under'];
  giving text[] := array['partner_id', 'given_under'];
begin
  if governance_is_founding() then return new; end if;
  if tg_op = 'INSERT' then
    if new.given_under is not null and (
        exists (select 1 from partners_body b where b.id = new.body_id
                and governance_acts('membership', 'body:' || b.slug, array['seat.add'], new.given_under))
        or exists (select 1 from partners_partner p join governance_mandate m on m.id = new.given_under
                   where p.id = new.partner_id and p.given_under = m.id and m.params ->> 'body' = new.body_id::text
                     and governance_acts('membership', 'partner:' || p.slug, array['partner.admit'], m.id)
                     and not exists (select 1 from partners_seat s where s.given_under = m.id))) then
      return new;
    end if;
  else
    if (to_jsonb(new) - free) is not distinct from (to_jsonb(old) - free) then return new; end if;
    if (to_jsonb(new) - ending) is not distinct from (to_jsonb(old) - ending) and new.ends_on is not null
       and governance_seat_may_end(old) then
      return new;
    end if;
    if (to_jsonb(new) - giving) is not distinct from (to_jsonb(old) - giving) and new.partner_id is not null
       and exists (select 1 from governance_mandate m where m.id = new.given_under and m.effect = 'seat.give'
                   and ((m.params ->> 'partner' = new.partner_id::text
                         and governance_acts('membership', 'seat:' || new.id, array['seat.give'], m.id))
                        or (old.given_under = m.id and m.params ->> 'former' = new.partner_id::text
                            and governance_undoes(m.id)))) then
      return new;
    end if;
  end if;
  raise exception 'a seat comes and goes by a decision in force' using errcode = '42501';
end $$;

-- Who controls whom decides who is one voter: written down by a decision, and taken back with it.
create or replace function governance_control_changes(was partners_partner, will partners_partner) returns boolean
language sql stable set search_path = pg_catalog, public as $$
  select (to_jsonb(will) - 'controlled_by_id') is not distinct from (to_jsonb(was) - 'controlled_by_id')
     and exists (select 1 from governance_mandate m
                 where m.matter = 'membership' and m.scope = 'partner:' || will.slug and m.effect = 'partner.control'
                   and ((coalesce(m.params ->> 'controlled_by', '') = coalesce(will.controlled_by_id::text, '')
                         and governance_acts('membership', m.scope, array['partner.control'], m.id))
                        or (coalesce(m.params ->> 'former', '') = coalesce(will.controlled_by_id::text, '')
                            and governance_undoes(m.id))))
$$;
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
    if governance_control_changes(old, new) then return new; end if;
  end if;
  raise exception 'who sits at the table changes by a decision in force' using errcode = '42501';
end $$;
