-- Who keeps the work of a body: who leads it or keeps its record, and the backbone; of a private body, nobody here.
create function governance_keeps_work(of_body uuid) returns boolean
language sql stable set search_path = pg_catalog, public as $$
  select exists (select 1 from partners_body b where b.id = of_body and not b.is_private) and (
    governance_is_backbone() or governance_is_setup()
    or exists (select 1 from partners_holding h
               join partners_member p on p.id = h.member_id
               join partners_seat s on s.id = h.seat_id
               where p.account_id = (select guard.account()) and s.body_id = of_body
                 and s.role in ('chair', 'co-lead', 'secretary', 'facilitator')
                 and (h.ended_on is null or h.ended_on > guard.today())))
$$;
-- Who answers for an activity now, or does it.
create function governance_carries(of_activity uuid) returns boolean
language sql stable set search_path = pg_catalog, public as $$
  select exists (
    select 1 from governance_activitypart a
    left join partners_holding h on h.seat_id = a.seat_id and (h.ended_on is null or h.ended_on > guard.today())
    left join partners_member p on p.id = h.member_id
    where a.activity_id = of_activity and a.part in ('accountable', 'responsible') and a.ended_on is null
      and (p.account_id = (select guard.account())
           or (a.partner_id is not null and governance_speaks_for(a.partner_id))))
$$;

create function governance_party_added() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
begin
  if governance_is_backbone() or governance_is_count() then return new; end if;
  raise exception 'only the backbone enters who signed' using errcode = '42501';
end $$;
create trigger added before insert on governance_agreementparty
  for each row execute function governance_party_added();
create trigger keep before update or delete on governance_agreementparty
  for each row execute function governance_keep();

create function governance_agreement_ended() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
begin
  if new.author_id is distinct from (select guard.account()) or not governance_speaks_for(new.partner_id)
     or not exists (select 1 from governance_agreementparty p
                    where p.agreement_id = new.agreement_id and p.partner_id = new.partner_id)
     or exists (select 1 from governance_term t where t.agreement_id = new.agreement_id) then
    raise exception 'a party ends what it promised, and what lets something be told ends by its decision'
      using errcode = '42501';
  end if;
  return new;
end $$;
create trigger added before insert on governance_agreementend
  for each row execute function governance_agreement_ended();
create trigger keep before update or delete on governance_agreementend
  for each row execute function governance_keep();

-- The backbone writes down what was signed; a partner may bind itself. Who keeps a body's work dates it.
create function governance_obligation_added() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
begin
  if new.activity_id is not null then
    if governance_keeps_work((select a.body_id from governance_activity a where a.id = new.activity_id)) then
      return new;
    end if;
  elsif governance_is_backbone() or governance_speaks_for(new.owes_id) then
    return new;
  end if;
  raise exception 'nobody promises for another' using errcode = '42501';
end $$;
create trigger added before insert on governance_obligation
  for each row execute function governance_obligation_added();
create trigger keep before update or delete on governance_obligation
  for each row execute function governance_keep();

-- Who owes says that it is done; who receives it confirms, denies, waives or ends it. Each under the own name.
create function governance_obligation_word_added() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
declare o governance_obligation; may boolean;
begin
  select * into o from governance_obligation where id = new.obligation_id;
  if o.activity_id is not null then
    may := case when new.word = 'met' then governance_carries(o.activity_id)
           else governance_keeps_work((select a.body_id from governance_activity a where a.id = o.activity_id)) end;
  else
    may := governance_speaks_for(case when new.word = 'met' then o.owes_id else o.to_id end)
       and new.partner_id is not distinct from (case when new.word = 'met' then o.owes_id else o.to_id end);
  end if;
  if not may or new.author_id is distinct from (select guard.account()) then
    raise exception 'each side says its own' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger added before insert on governance_obligationword
  for each row execute function governance_obligation_word_added();
create trigger keep before update or delete on governance_obligationword
  for each row execute function governance_keep();

-- Who has which part: given and ended by who keeps the body's work, and never rewritten.
create function governance_activity_kept() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
declare ending text[] := array['ended_on', 'ended_why']; body uuid;
begin
  if tg_op = 'DELETE' then
    raise exception 'who answered for what is not rewritten' using errcode = '42501';
  end if;
  if tg_table_name = 'governance_activity' then
    body := new.body_id;
  else
    body := (select a.body_id from governance_activity a where a.id = new.activity_id);
  end if;
  if not governance_keeps_work(body) then
    raise exception 'who leads the body says who does what' using errcode = '42501';
  end if;
  if tg_op = 'UPDATE' and ((to_jsonb(new) - ending) is distinct from (to_jsonb(old) - ending)
                           or old.ended_on is not null) then
    raise exception 'who answered for what is not rewritten' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger kept before insert or update or delete on governance_activity
  for each row execute function governance_activity_kept();
create trigger kept before insert or update or delete on governance_activitypart
  for each row execute function governance_activity_kept();
