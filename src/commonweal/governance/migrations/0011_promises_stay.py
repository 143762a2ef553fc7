"""What was promised stays as it was said; only its day and what became of it are written, with their reasons."""

from django.db import migrations

FORWARD = """
create or replace function governance_keep_promise() returns trigger
language plpgsql set search_path = pg_catalog as $$
declare ours text[] := array['state', 'due_on'];
begin
  if tg_op = 'DELETE' or (to_jsonb(new) - ours) is distinct from (to_jsonb(old) - ours)
     or new.due_on < old.due_on
     or (new.state is distinct from old.state
         and not (old.state = 'open' or old.state = 'broken' and new.state = 'kept')) then
    raise exception 'a promise stays as it was said' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger keep before update or delete on governance_promise
  for each row execute function governance_keep_promise();
create or replace function governance_keep_promise_word() returns trigger
language plpgsql set search_path = pg_catalog as $$
begin
  raise exception 'what was said about a promise stays' using errcode = '42501';
end $$;
create trigger keep before update or delete on governance_promiseword
  for each row execute function governance_keep_promise_word();
"""
BACK = """
drop trigger keep on governance_promiseword;
drop trigger keep on governance_promise;
drop function governance_keep_promise_word, governance_keep_promise;
"""


class Migration(migrations.Migration):
    dependencies = [("governance", "0010_promises")]

    operations = [migrations.RunSQL(FORWARD, BACK)]
