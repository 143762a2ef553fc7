"""What is said in a private body is read and written by those who sit on it, and by nobody else.

Held by the database for meetings and all that hangs on them, whoever asks: the backbone, an operator, a
statement that came in through a page. A caucus opens to residents who sit on it and act for no organization;
a partner's seat, its administrator and the platform's own programs stay outside.
"""

from django.db import migrations

ROOTS = ("partners_meeting", "partners_actionitem")
OF_MEETING = (
    "partners_slot",
    "partners_seatneeds",
    "partners_meetingrole",
    "partners_agendaitem",
    "partners_presence",
    "partners_turn",
    "partners_minuteline",
    "partners_minutesversion",
    "partners_pulsetally",
    "partners_pulseturnout",
)

HEARD = """
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
             and s.member_class = 'resident' and m.kind = 'resident'))
$$;

-- A body that was private stays so: what was said there was said behind a closed door.
create or replace function partners_stays_private() returns trigger
language plpgsql set search_path = pg_catalog as $$
begin
  if old.is_private and not new.is_private or old.kind = 'caucus' and new.kind <> 'caucus' then
    raise exception 'a private body stays private' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger stays_private before update on partners_body
  for each row execute function partners_stays_private();

-- Nothing moves from one body to another, out of a closed room or into one.
create or replace function partners_stays_in_body() returns trigger
language plpgsql set search_path = pg_catalog as $$
begin
  if (to_jsonb(new) -> tg_argv[0]) is distinct from (to_jsonb(old) -> tg_argv[0]) then
    raise exception 'what belongs to a meeting stays there' using errcode = '42501';
  end if;
  return new;
end $$;

-- Versions of minutes stay as they were; a version is approved once.
create or replace function partners_keep_minutes() returns trigger
language plpgsql set search_path = pg_catalog as $$
declare ours text[] := array['approved_in_id', 'approved_at'];
begin
  if tg_op = 'DELETE' or (to_jsonb(new) - ours) is distinct from (to_jsonb(old) - ours)
     or old.approved_at is not null then
    raise exception 'minutes are corrected by a new version' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger keep before update or delete on partners_minutesversion
  for each row execute function partners_keep_minutes();

-- A line is struck once; what it said stays.
create or replace function partners_keep_line() returns trigger
language plpgsql set search_path = pg_catalog as $$
declare ours text[] := array['struck_at', 'struck_why', 'made'];
begin
  if tg_op = 'DELETE' or (to_jsonb(new) - ours) is distinct from (to_jsonb(old) - ours)
     or old.struck_at is not null or (old.made is not null and new.made is distinct from old.made) then
    raise exception 'a line of the minutes is struck, never rewritten' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger keep before update or delete on partners_minuteline
  for each row execute function partners_keep_line();
"""


def _close(table: str, heard: str, column: str) -> str:
    return f"""
alter table {table} enable row level security;
alter table {table} force row level security;
create policy hearing on {table} for select using ({heard});
create policy adding on {table} for insert with check ((select guard.ctx()) is not null and {heard});
create policy changing on {table} for update using ({heard})
  with check ((select guard.ctx()) is not null and {heard});
create trigger stays_in_body before update on {table}
  for each row execute function partners_stays_in_body('{column}');
"""


def _open(table: str) -> str:
    return f"""
drop trigger stays_in_body on {table};
drop policy hearing on {table}; drop policy adding on {table}; drop policy changing on {table};
alter table {table} no force row level security;
alter table {table} disable row level security;
"""


_BODY = """(not {t}.body_id in (select b.id from partners_body b where b.is_private)
  or {t}.body_id in (select h from guard.bodies_heard() h))"""
_PARENT = "exists (select 1 from {up} u where u.id = {t}.{column})"

CLOSED = [
    *((t, _BODY.format(t=t), "body_id") for t in ROOTS),
    *((t, _PARENT.format(t=t, up="partners_meeting", column="meeting_id"), "meeting_id") for t in OF_MEETING),
    (
        "partners_slotanswer",
        _PARENT.format(t="partners_slotanswer", up="partners_slot", column="slot_id"),
        "slot_id",
    ),
    (
        "partners_actionevent",
        _PARENT.format(t="partners_actionevent", up="partners_actionitem", column="action_id"),
        "action_id",
    ),
]
FORWARD = HEARD + "".join(_close(*one) for one in CLOSED)
BACK = (
    "".join(_open(table) for table, *_ in reversed(CLOSED))
    + """
drop trigger keep on partners_minuteline;
drop trigger keep on partners_minutesversion;
drop trigger stays_private on partners_body;
drop function partners_keep_line, partners_keep_minutes, partners_stays_in_body, partners_stays_private;
drop function guard.bodies_heard;
"""
)


class Migration(migrations.Migration):
    dependencies = [("partners", "0005_meetings"), ("access", "0002_guard")]

    operations = [migrations.RunSQL(FORWARD, BACK)]
