"""Row-level security for persons; the anchor shows where a record shows; what was said stays said."""

from django.db import migrations

from commonweal.foundation.access.protect import protect
from commonweal.foundation.access.vocabulary import DataClass

TABLES = {
    "people_source_record": DataClass.D2,
    "people_record_version": DataClass.D2,
    "people_search_key": DataClass.D2,
    "people_safe_address": DataClass.D3,
    "people_kept_apart": DataClass.D2,
    "people_standing_note": DataClass.D2,
    "people_consent": DataClass.D9,
}

_HOLDERS = "\n".join(
    f"alter table {table} add constraint {table}_holder_exists foreign key (holder_id) "
    "references partners_partner (id) deferrable initially deferred;"
    for table in TABLES
)
_HOLDERS_BACK = "\n".join(f"alter table {table} drop constraint {table}_holder_exists;" for table in TABLES)

ANCHOR = """
alter table people_person enable row level security;
alter table people_person force row level security;
-- No oracle: the anchor is there for those alone who may see a record of the person.
create policy reading on people_person for select using (
  id = (select guard.person()) or exists (select 1 from people_source_record r where r.person_id = people_person.id));
create policy adding on people_person for insert with check (
  origin_id = (select guard.partner()) and 'D2' = any ((select guard.writable('own', ''))::text[]));
"""
ANCHOR_BACK = """
drop policy reading on people_person; drop policy adding on people_person;
alter table people_person no force row level security;
alter table people_person disable row level security;
"""

KEYS = """
-- Keys are derived from a record and made anew when it changes; facts are never deleted.
create policy renewing on people_search_key for delete using (
  (holder_id = (select guard.partner()) and 'D2' = any ((select guard.writable('own', ''))::text[]))
  or (person_id = (select guard.person()) and 'D2' = any ((select guard.writable('self', ''))::text[])));
"""

CONSENTS = """
-- A consent tells of needs, of treatment or of danger by being there: it is shown to those it names.
create policy only_those_it_names on people_consent as restrictive for select using (
  person_id = (select guard.person()) or holder_id = (select guard.partner())
  or (select guard.partner()) = any (recipient_ids));
create function people_keep_consent() returns trigger language plpgsql set search_path = pg_catalog as $$
declare ours text[] := array['revoked_at', 'revoked_recorded_at', 'revoked_how', 'revoked_by'];
begin
  if (to_jsonb(new) - ours) is distinct from (to_jsonb(old) - ours)
     or (old.revoked_at is not null and new.revoked_at is distinct from old.revoked_at) then
    raise exception 'a recorded consent can only be withdrawn, once' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger keep_consent before update on people_consent
  for each row execute function people_keep_consent();
"""
CONSENTS_BACK = """
drop trigger keep_consent on people_consent;
drop function people_keep_consent();
drop policy only_those_it_names on people_consent;
"""

SAFE_ADDRESS = """
-- The policy lets nobody write this class at will. Whoever may read the person's safe address at the
-- source may keep it, through this one function.
create policy desk on people_safe_address to current_user
  using ((select guard.ctx()) is not null) with check ((select guard.ctx()) is not null);
create function people_keep_safe_address(of_person uuid, in_words text, with_note text)
returns uuid language plpgsql volatile security definer set search_path = pg_catalog as $$
declare fresh uuid := gen_random_uuid(); me uuid := guard.partner();
begin
  if me is null or not guard.related(of_person) or not (
       'D3' = any (guard.classes('own', ''))
       or ('D3' = any (guard.classes('own', 'assigned')) and of_person = any (guard.assigned()))) then
    return null;
  end if;
  update public.people_safe_address set ended_at = now()
   where person_id = of_person and holder_id = me and ended_at is null;
  if in_words <> '' then
    insert into public.people_safe_address
      (id, person_id, holder_id, segment, data_class, topic, address, note, occurred_at, recorded_at)
    values (fresh, of_person, me, 'general', 'D3', '', in_words, with_note, now(), now());
  end if;
  return fresh;
end $$;
"""
SAFE_ADDRESS_BACK = """
drop function people_keep_safe_address(uuid, text, text);
drop policy desk on people_safe_address;
"""

ACCOUNTS = """
alter table accounts_account add constraint account_person_exists
  foreign key (person_id) references people_person (id) deferrable initially deferred;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("access", "0002_guard"), ("accounts", "0001_initial")]

    operations = [
        *(operation for table, base in TABLES.items() for operation in protect(table, base)),
        migrations.RunSQL(_HOLDERS, _HOLDERS_BACK),
        migrations.RunSQL(ANCHOR, ANCHOR_BACK),
        migrations.RunSQL(KEYS, "drop policy renewing on people_search_key;"),
        migrations.RunSQL(CONSENTS, CONSENTS_BACK),
        migrations.RunSQL(SAFE_ADDRESS, SAFE_ADDRESS_BACK),
        migrations.RunSQL(ACCOUNTS, "alter table accounts_account drop constraint account_person_exists;"),
    ]
