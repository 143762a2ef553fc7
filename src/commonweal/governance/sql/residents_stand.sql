-- A resident member who works for a partner by now sits for residents no more: neither in the count of hands nor
-- where residents speak among themselves.

create or replace function governance_employed(of_account uuid, on_day date) returns boolean
language sql stable set search_path = pg_catalog, public as $$
  select exists (select 1 from partners_member e where e.account_id = of_account and e.partner_id is not null
                 and e.joined_on <= on_day and (e.left_on is null or e.left_on > on_day))
$$;

create or replace function governance_accounts_of(of_body uuid, of_voter text, on_day date)
returns table (account uuid, is_alternate boolean, seat uuid)
language sql stable set search_path = pg_catalog, public as $$
  select m.account_id, h.is_alternate, s.id
  from partners_seat s
  join partners_holding h on h.seat_id = s.id
  join partners_member m on m.id = h.member_id
  where s.body_id = of_body and s.has_vote and m.account_id is not null
    and of_voter = case when s.partner_id is null then 'seat:' || s.id else 'partner:' || s.partner_id end
    and (s.ends_on is null or s.ends_on > on_day)
    and h.starts_on <= on_day and (h.ended_on is null or h.ended_on > on_day)
    and (m.left_on is null or m.left_on > on_day)
    and (s.member_class <> 'resident' or not governance_employed(m.account_id, on_day))
$$;

create or replace function governance_voters_of(of_body uuid, on_day date)
returns table (voter text, unit text)
language sql stable set search_path = pg_catalog, public as $$
  select distinct case when s.partner_id is null then 'seat:' || s.id else 'partner:' || s.partner_id end,
         case when s.partner_id is null then 'seat:' || s.id else governance_unit_of(s.partner_id) end
  from partners_seat s
  join partners_holding h on h.seat_id = s.id and not h.is_alternate
  join partners_member m on m.id = h.member_id
  left join partners_partner p on p.id = s.partner_id
  where s.body_id = of_body and s.has_vote and s.starts_on <= on_day and (s.ends_on is null or s.ends_on > on_day)
    and h.starts_on <= on_day and (h.ended_on is null or h.ended_on > on_day)
    and (p.id is null or p.left_on is null or p.left_on > on_day)
    and (s.member_class <> 'resident' or not governance_employed(m.account_id, on_day))
$$;

create or replace function guard.bodies_heard() returns setof uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select s.body_id
  from public.partners_seat s
  join public.partners_body b on b.id = s.body_id
  join public.partners_holding h on h.seat_id = s.id
  join public.partners_member m on m.id = h.member_id
  where m.account_id = (select guard.account()) and m.left_on is null
    and h.starts_on <= current_date and (h.ended_on is null or h.ended_on > current_date)
    and (s.ends_on is null or s.ends_on > current_date)
    and (b.kind <> 'caucus'
         or ((select guard.role()) = 'member' and (select guard.partner()) is null
             and s.member_class = 'resident' and m.kind = 'resident'
             and not exists (select 1 from public.partners_member e
                             where e.account_id = m.account_id and e.partner_id is not null and e.left_on is null)))
$$;
