"""Who receives protected records may read the consent that lets them go: its scope is due with them."""

from django.db import migrations

# 42 CFR 2.32 sends the consent, or its scope, along with the records. A consent for treatment records alone opens
# no everyday row to the recipient, so not the consent's own row either; this function shows just the document on
# which a live fact about the asking partner rests, to those who read shared consents at all.
ALONG = """
drop policy only_those_it_names on people_consent;
do $$ begin
  execute format('create policy only_those_it_names on people_consent as restrictive for select to %I using (
    person_id = (select guard.person()) or holder_id = (select guard.partner())
    or (select guard.partner()) = any (recipient_ids))', guard.app_role());
end $$;
create policy going_along on people_consent for select to current_user using ((select guard.ctx()) is not null);
create function people_consents_toward_me(of_person uuid, of_segment text, of_purpose text)
returns setof people_consent language plpgsql stable security definer
set search_path = pg_catalog, pg_temp as $$
begin
  if guard.partner() is null or guard.level('D9', 'shared') = 0 then return; end if;
  return query select d.* from public.people_consent d
    where d.person_id = of_person and d.status = 'active' and exists (
      select 1 from public.access_consent c
      where c.document_id = d.id and c.person_id = of_person and c.recipient_id = guard.partner()
        and c.segment = of_segment and c.purpose = of_purpose and c.confirmed_at is not null
        and c.revoked_at is null and c.starts_at <= now() and (c.ends_at is null or c.ends_at > now()));
end $$;
revoke all on function people_consents_toward_me(uuid, text, text) from public;
do $$ begin
  execute format('grant execute on function people_consents_toward_me(uuid, text, text) to %I', guard.app_role());
end $$;
"""
ALONG_BACK = """
drop function people_consents_toward_me(uuid, text, text);
drop policy going_along on people_consent;
drop policy only_those_it_names on people_consent;
create policy only_those_it_names on people_consent as restrictive for select using (
  person_id = (select guard.person()) or holder_id = (select guard.partner())
  or (select guard.partner()) = any (recipient_ids));
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0003_safety_apart")]

    operations = [migrations.RunSQL(ALONG, ALONG_BACK)]
