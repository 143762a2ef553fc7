"""What is said in a body is read by those who sit there; notes of a seat by those who speak from it.

Outside private bodies the administrator of the partner whose seat it is reads the seat's notes as well, and
the backbone's those of a seat without a partner, so that a newcomer without an account is told. What was said
about authority stays written.
"""

from django.db import migrations

FORWARD = """
create function guard.seats_heard() returns setof uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select s.id
  from public.partners_seat s
  join public.partners_holding h on h.seat_id = s.id
  join public.partners_member m on m.id = h.member_id
  where m.account_id = (select guard.account()) and m.left_on is null
    and h.starts_on <= current_date and (h.ended_on is null or h.ended_on > current_date)
    and (s.ends_on is null or s.ends_on > current_date)
    and s.body_id in (select b from guard.bodies_heard() b)
  union
  select s.id
  from public.partners_seat s
  join public.partners_body b on b.id = s.body_id
  where not b.is_private and (select guard.role()) = 'org_admin'
    and (s.partner_id = (select guard.partner())
         or s.partner_id is null and exists (
           select 1 from public.partners_partner p
           where p.id = (select guard.partner()) and p.kind = 'backbone' and p.left_on is null))
$$;

alter table partners_seatnote enable row level security;
alter table partners_seatnote force row level security;
create policy hearing on partners_seatnote for select
  using (seat_id in (select s from guard.seats_heard() s));
create policy writing on partners_seatnote for insert
  with check (account_id = (select guard.account()) and seat_id in (select s from guard.seats_heard() s));

alter table partners_bodyword enable row level security;
alter table partners_bodyword force row level security;
create policy hearing on partners_bodyword for select
  using (body_id in (select b from guard.bodies_heard() b));
create policy saying on partners_bodyword for insert
  with check (account_id = (select guard.account()) and body_id in (select b from guard.bodies_heard() b));

create function partners_keep_authority() returns trigger
language plpgsql set search_path = pg_catalog as $$
begin
  if tg_op = 'DELETE' or (to_jsonb(new) - 'ended_on') is distinct from (to_jsonb(old) - 'ended_on')
     or (old.ended_on is not null and new.ended_on is distinct from old.ended_on) then
    raise exception 'what was said about authority stays written' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger keep before update or delete on partners_authorityword
  for each row execute function partners_keep_authority();
"""

BACK = """
drop trigger keep on partners_authorityword;
drop function partners_keep_authority;
drop policy hearing on partners_bodyword; drop policy saying on partners_bodyword;
alter table partners_bodyword no force row level security;
alter table partners_bodyword disable row level security;
drop policy hearing on partners_seatnote; drop policy writing on partners_seatnote;
alter table partners_seatnote no force row level security;
alter table partners_seatnote disable row level security;
drop function guard.seats_heard;
"""


class Migration(migrations.Migration):
    dependencies = [("partners", "0007_seat_records"), ("access", "0002_guard")]

    operations = [migrations.RunSQL(FORWARD, BACK)]
