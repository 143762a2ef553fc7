"""Row-level security for tables about persons, as migration operations.

Each protected table is written into ``guard.protected``, and ``setup.apply`` makes its policies anew from
this text after every migration: a better policy reaches the tables that stand already.
"""

from django.db import migrations

from commonweal.foundation.access.vocabulary import DataClass

# Sets are compared with `in (select ...)`, which PostgreSQL hashes once a query; single values and the few
# classes of a role are asked once a query by `(select ...)`. Nothing calls a function for each row. Each of
# them looks at the seal for itself, so that whoever writes into the setting between two rows gains nothing:
# what bars a row is asked before what opens it, and both for the same row.
_OWN_AND_SELF = """
  not (({row}.data_class, {person}) in (select b.data_class, b.person_id from guard.barred() b))
  and (
    (
      not ({person} in (select p from guard.hidden_persons() p))
      and (({row}.data_class, {row}.holder_id) in
             (select o.data_class, o.holder_id from guard.own_reach({writing}) o)
           or ({row}.holder_id = (select guard.partner())
               and ({row}.data_class, {person}) in
                 (select c.data_class, c.person_id from guard.charges('own', {writing}) c)))
    )
    or ({row}.data_class, {person}) in
      (select s.data_class, s.person_id from guard.self_reach({writing}) s){more}
  )
"""

_SHARED = """
    or (
      ({row}.holder_id, {row}.segment) in (select t.discloser_id, t.segment from guard.terms_to_me() t)
      and not ({person} in (select p from guard.hidden_persons() p))
      and exists (
        select 1 from access_consent c
        where c.person_id = {person} and c.recipient_id = (select guard.partner())
          and c.segment = {row}.segment and c.purpose = (select guard.purpose())
          and (c.discloser_id is null or c.discloser_id = {row}.holder_id)
          and (c.topics = '{{}}' or {row}.topic = '' or {row}.topic = any (c.topics))
          and c.revoked_at is null and c.confirmed_at is not null
          and c.starts_at <= now() and (c.ends_at is null or now() < c.ends_at)
          and ({row}.data_class = any ((select guard.{ask}('shared', ''))::text[])
               or (c.named and {row}.data_class = any ((select guard.{ask}('shared', 'named'))::text[]))
               or ({row}.data_class, {person}) in
                  (select k.data_class, k.person_id from guard.charges('shared', {writing}) k))
      )
      and not ({person} in (select p from guard.closed_persons() p))
    )"""

_GLASS = """
    or (
      {row}.data_class = any ((select guard.{ask}('glass', ''))::text[])
      and {row}.segment not in ('domestic-violence', 'psychotherapy')
      and {person} in (select p from guard.glass_persons() p)
      and not {row}.holder_id = any ((select guard.victim_service_partners())::uuid[])
    )"""

_CLASS_OF_SEGMENT = """
case segment when 'general' then '{base}' when 'hospital' then '{base}' when 'substance-use' then 'D6'
  when 'psychotherapy' then 'D7' else 'D8' end
"""


def policy_sql(table: str, base: DataClass, person: str = "person_id", *, shared_writes: bool = False) -> str:
    """SQL that puts ``table`` under FORCE row-level security (SECURITY P03, §5.1).

    ``base`` is the class of its general rows; ``person`` the column with the person's id. A partner writes
    rows that it holds, a person their own. ``shared_writes``: whoever reads a row by consent may also add
    and change rows of its holder, as both sides of a referral do. The application never deletes.
    """
    expected = f"'{base}'" if base is DataClass.D3 else _CLASS_OF_SEGMENT.format(base=base).strip()
    return f"""
alter table {table} enable row level security;
alter table {table} force row level security;
alter table {table} add constraint {table}_class check (data_class = {expected});
create trigger keep_row_identity before update on {table}
  for each row execute function guard.keep_row_identity('{person}');
insert into guard.protected values ('{table}', '{base}', '{person}', {str(shared_writes).lower()});
{policies_sql(table, person, shared_writes)}
"""  # noqa: S608  # names of tables and columns from our own migrations


def policies_sql(table: str, person: str, shared_writes: bool) -> str:
    """SQL that makes the policies of a protected table, in place of those it has."""
    read = _text(table, person, "classes", _SHARED + _GLASS)
    write = _text(table, person, "writable", _SHARED if shared_writes else "")
    return f"""
drop policy if exists reading on {table};
drop policy if exists adding on {table};
drop policy if exists changing on {table};
do $do$
declare app text := guard.app_role();
begin
  execute format($policy$create policy reading on {table} for select to %I using ({read})$policy$, app);
  execute format($policy$create policy adding on {table} for insert to %I with check ({write})$policy$, app);
  execute format($policy$create policy changing on {table} for update to %I using ({write})$policy$, app);
end $do$;
"""


def _text(table: str, person: str, ask: str, more: str) -> str:
    words = {
        "person": f"{table}.{person}",
        "row": table,
        "ask": ask,
        "writing": "true" if ask == "writable" else "false",
    }
    return _OWN_AND_SELF.format(more=more.format(**words), **words)


def undo_sql(table: str) -> str:
    """SQL that takes ``policy_sql`` back."""
    return f"""
delete from guard.protected where table_name = '{table}';
drop trigger keep_row_identity on {table};
drop policy reading on {table}; drop policy adding on {table}; drop policy changing on {table};
alter table {table} drop constraint {table}_class;
alter table {table} no force row level security;
alter table {table} disable row level security;
"""  # noqa: S608


def protect(
    table: str, base: DataClass, person: str = "person_id", *, shared_writes: bool = False
) -> list[migrations.RunSQL]:
    """The migration operations for ``policy_sql``; add them to ``operations``."""
    statements = policy_sql(table, base, person, shared_writes=shared_writes)
    return [migrations.RunSQL(statements, undo_sql(table))]
