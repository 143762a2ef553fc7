"""The text that was voted on is kept with the poll; and what is said in a private body stays there.

A question before a private body, and all that hangs on it, is read and written by those who sit on
that body and by the count; ballots of a private body whose assent is asked likewise. Held by the database,
whoever asks.
"""

from django.db import migrations, models

OF_QUESTION = (
    "governance_section",
    "governance_gainline",
    "governance_inputanswered",
    "governance_comment",
    "governance_amendment",
    "governance_stance",
    "governance_recusal",
    "governance_proxy",
    "governance_poll",
)
OF_POLL = (
    "governance_ballot",
    "governance_envelope",
    "governance_judgement",
    "governance_paperentry",
)

_HEARD = """(not body_id in (select b.id from partners_body b where b.is_private)
  or body_id in (select h from guard.bodies_heard() h)
  or (select guard.role()) = 'backend_service')"""
_OF_QUESTION = "proposal_id in (select q.id from governance_proposal q)"
_OF_POLL = f"poll_id in (select p.id from governance_poll p where {_HEARD})"  # noqa: S608


def _close(table: str, heard: str) -> str:
    return f"""
alter table {table} enable row level security;
alter table {table} force row level security;
create policy heard on {table} for all using ({heard}) with check ({heard});
"""


def _open(table: str) -> str:
    return f"""
drop policy heard on {table};
alter table {table} no force row level security;
alter table {table} disable row level security;
"""


TABLES = {
    "governance_proposal": _HEARD,
    **dict.fromkeys(OF_QUESTION, _OF_QUESTION),
    **dict.fromkeys(OF_POLL, _OF_POLL),
}

# The text of a question does not change once it was put to the vote, unless another round of talking began.
TEXT_STANDS = """
create or replace function governance_text_stands() returns trigger
language plpgsql volatile set search_path = pg_catalog, public as $$
begin
  if exists (select 1 from governance_proposal q where q.id = new.proposal_id
             and q.stage not in ('draft', 'talking')) then
    raise exception 'the text stands since notice was given' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger stands before insert on governance_section
  for each row execute function governance_text_stands();
"""
TEXT_MOVES = """
drop trigger stands on governance_section;
drop function governance_text_stands;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0008_mandates_bind"),
        ("partners", "0006_closed_rooms"),
    ]

    operations = [
        migrations.AddField(model_name="poll", name="text", field=models.JSONField(default=dict)),
        migrations.RunSQL(TEXT_STANDS, TEXT_MOVES),
        *(migrations.RunSQL(_close(table, heard), _open(table)) for table, heard in TABLES.items()),
    ]
