-- A version is written once, while the mandate that adopts it acts; nothing of it is rewritten.
create trigger needs_mandate before insert on governance_sharedcharter
  for each row execute function governance_beside_mandate('bylaws', 'charter.adopt', '');
create trigger keep before update or delete on governance_sharedcharter
  for each row execute function governance_keep();
create trigger keep before update or delete on governance_charterwriting
  for each row execute function governance_keep();
create trigger keep before update or delete on governance_charterremark
  for each row execute function governance_keep();
create trigger keep before update or delete on governance_charterword
  for each row execute function governance_keep();

-- Who speaks for an organization: who sits in a seat of it, or administers it. Nobody else, the backbone neither.
create function governance_speaks_for(of_partner uuid) returns boolean
language sql stable set search_path = pg_catalog, public as $$
  select coalesce((select guard.purpose()) = 'GOV', false) and (
    ((select guard.role()) = 'org_admin' and (select guard.partner()) = of_partner)
    or exists (select 1 from partners_holding h
               join partners_member p on p.id = h.member_id
               join partners_seat s on s.id = h.seat_id
               where p.account_id = (select guard.account()) and s.partner_id = of_partner
                 and (h.ended_on is null or h.ended_on > guard.today())))
$$;

-- A signature is an own act: for the own organization, under the own name, of a version whose mandate lives.
create function governance_charter_word_added() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
begin
  if new.author_id is distinct from (select guard.account()) then
    raise exception 'whoever says it says so' using errcode = '42501';
  end if;
  if new.word <> 'asked' and not governance_speaks_for(new.partner_id) then
    raise exception 'nobody signs for another' using errcode = '42501';
  end if;
  if new.word in ('asked', 'signed') and not exists (
      select 1 from governance_sharedcharter c join governance_mandate m on m.id = c.mandate_id
      where c.id = new.charter_id and m.withdrawn_at is null
        and (m.ends_at is null or m.ends_at > clock_timestamp())) then
    raise exception 'only what is in force is signed' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger added before insert on governance_charterword
  for each row execute function governance_charter_word_added();
