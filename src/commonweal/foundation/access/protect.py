"""Row-level security for tables about persons, as migration operations."""

from django.db import migrations

from commonweal.foundation.access.vocabulary import DataClass

_READ = """
  (select guard.ctx()) is not null
  and not ({person} = any ((select guard.unreadable())::uuid[]))
  and not ({row}.data_class in ('D6', 'D7', 'D8') and {person} = any ((select guard.disputed())::uuid[]))
  and not ({row}.data_class = 'D9' and {person} = any ((select guard.closed())::uuid[]))
  and not ({person} = any ((select guard.of_age())::uuid[]))
  and (
    ({row}.data_class = any ((select guard.{ask}('self', ''))::text[]) and {person} = (select guard.person()))
    or (
      {row}.holder_id = (select guard.partner())
      and not ({person} = any ((select guard.hidden())::uuid[]))
      and (
        {row}.data_class = any ((select guard.{ask}('own', ''))::text[])
        or ({row}.data_class = any ((select guard.{ask}('own', 'assigned'))::text[])
            and {person} = any ((select guard.assigned())::uuid[]))
        or ({row}.data_class = any ((select guard.{ask}('own', 'case'))::text[])
            and {person} = any ((select guard.cases())::uuid[]))
      )
    )
    or (
      {row}.holder_id <> (select guard.partner())
      and not ({person} = any ((select guard.hidden())::uuid[]))
      and not ({person} = any ((select guard.closed())::uuid[]))
      and exists (
        select 1 from access_consent c join access_terms a
          on a.recipient_id = c.recipient_id and a.segment = c.segment and a.purpose = c.purpose
        where c.person_id = {person} and c.recipient_id = (select guard.partner())
          and c.segment = {row}.segment and c.purpose = (select guard.purpose())
          and (c.discloser_id is null or c.discloser_id = {row}.holder_id)
          and (c.topics = '{{}}' or {row}.topic = '' or {row}.topic = any (c.topics))
          and c.revoked_at is null
          and c.starts_at <= now() and (c.ends_at is null or now() < c.ends_at)
          and a.discloser_id = {row}.holder_id and a.ended_at is null
          and a.starts_at <= now() and (a.ends_at is null or now() < a.ends_at)
          and (
            {row}.data_class = any ((select guard.{ask}('shared', ''))::text[])
            or (c.named and {row}.data_class = any ((select guard.{ask}('shared', 'named'))::text[]))
            or ({row}.data_class = any ((select guard.{ask}('shared', 'assigned'))::text[])
                and {person} = any ((select guard.assigned())::uuid[]))
            or ({row}.data_class = any ((select guard.{ask}('shared', 'case'))::text[])
                and {person} = any ((select guard.cases())::uuid[]))
          )
      )
    )
    or ({row}.data_class = any ((select guard.{ask}('glass', ''))::text[])
        and {person} = any ((select guard.glass())::uuid[]))
  )
"""

_CLASS_OF_SEGMENT = """
case segment when 'general' then '{base}' when 'substance-use' then 'D6' when 'psychotherapy' then 'D7' else 'D8' end
"""


def policy_sql(table: str, base: DataClass, person: str = "person_id") -> str:
    """SQL that puts ``table`` under FORCE row-level security (SECURITY P03, §5.1).

    ``base`` is the class of its general rows; ``person`` the column with the person's id.
    Reading and writing ask the same questions; a delete is never allowed to the application.
    """
    read = _policy(table, person, "classes")
    write = _policy(table, person, "writable")
    expected = f"'{base}'" if base is DataClass.D3 else _CLASS_OF_SEGMENT.format(base=base).strip()
    return f"""
alter table {table} enable row level security;
alter table {table} force row level security;
alter table {table} add constraint {table}_class check (data_class = {expected});
create policy reading on {table} for select using ({read});
create policy adding on {table} for insert with check ({write});
create policy changing on {table} for update using ({write}) with check ({write});
create trigger keep_row_identity before update on {table}
  for each row execute function guard.keep_row_identity('{person}');
"""


def _policy(table: str, person: str, ask: str) -> str:
    return _READ.format(person=f"{table}.{person}", row=table, ask=ask)


def undo_sql(table: str) -> str:
    """SQL that takes ``policy_sql`` back."""
    return f"""
drop trigger keep_row_identity on {table};
drop policy reading on {table}; drop policy adding on {table}; drop policy changing on {table};
alter table {table} drop constraint {table}_class;
alter table {table} no force row level security;
alter table {table} disable row level security;
"""


def protect(table: str, base: DataClass, person: str = "person_id") -> list[migrations.RunSQL]:
    """The migration operations for ``policy_sql``; add them to ``operations``."""
    return [migrations.RunSQL(policy_sql(table, base, person), undo_sql(table))]
