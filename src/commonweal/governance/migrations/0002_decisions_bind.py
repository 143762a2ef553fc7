"""What was decided stays decided, and no terms of sharing live without a mandate: held by the database.

The application may ask (rules, actions); these triggers refuse whatever goes around them, be it a page, an
import, a shell or an injected statement.
"""

from django.db import migrations

FORWARD = """
create or replace function governance_by_backbone() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
begin
  if (select guard.role()) is distinct from 'org_admin' or (select guard.purpose()) is distinct from 'GOV'
     or not exists (select 1 from partners_partner p
                    where p.id = (select guard.partner()) and p.kind = 'backbone' and p.left_on is null) then
    raise exception 'only the backbone enters what the table decided' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger by_backbone before insert on governance_decision
  for each row execute function governance_by_backbone();
create trigger by_backbone before insert or update on governance_mandate
  for each row execute function governance_by_backbone();
create trigger by_backbone before insert on governance_agreement
  for each row execute function governance_by_backbone();
create trigger by_backbone before insert on governance_term
  for each row execute function governance_by_backbone();

create or replace function governance_keep() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  raise exception 'what was decided is not rewritten' using errcode = '42501';
end $$;
create trigger keep before update or delete on governance_decision
  for each row execute function governance_keep();
create trigger keep before update or delete on governance_agreement
  for each row execute function governance_keep();
create trigger keep before update or delete on governance_term
  for each row execute function governance_keep();
create trigger keep_rows before delete on governance_mandate
  for each row execute function governance_keep();

create or replace function governance_keep_mandate() returns trigger
language plpgsql set search_path = pg_catalog as $$
declare bounds text[] := array['withdrawn_at', 'withdrawn_why', 'withdrawn_by_id'];
begin
  if (to_jsonb(new) - bounds) is distinct from (to_jsonb(old) - bounds) or old.withdrawn_at is not null then
    raise exception 'a mandate can only be withdrawn, once' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger keep before update on governance_mandate
  for each row execute function governance_keep_mandate();

create or replace function governance_mandate_binds() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
begin
  if not exists (select 1 from governance_decision d where d.id = new.decision_id and d.adopted
                 and (new.matter not in ('data-sharing', 'publication') or d.residents = 'yes')) then
    raise exception 'this decision gives no such mandate' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger binds before insert on governance_mandate
  for each row execute function governance_mandate_binds();

-- Terms of sharing: a live mandate names the agreement, the agreement has the line, the bounds lie inside.
create or replace function governance_terms_follow() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
begin
  if not exists (
    select 1 from governance_mandate m join governance_term t on t.agreement_id = new.agreement_id
    where m.id = new.mandate_id and m.matter = 'data-sharing' and m.scope = 'agreement:' || new.agreement_id
      and m.withdrawn_at is null and new.starts_at >= m.starts_at
      and new.ends_at is not null and new.ends_at <= m.ends_at
      and t.discloser_id = new.discloser_id and t.recipient_id = new.recipient_id
      and t.segment = new.segment and t.purpose = new.purpose) then
    raise exception 'terms of sharing need a mandate and an agreement that says the same' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger follow_mandate before insert on access_terms
  for each row execute function governance_terms_follow();

create or replace function governance_terms_ended() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
begin
  if new.withdrawn_at is not null
     and exists (select 1 from access_terms where mandate_id = new.id and ended_at is null) then
    raise exception 'a withdrawn mandate leaves no terms behind' using errcode = '42501';
  end if;
  return null;
end $$;
create constraint trigger terms_ended after insert or update on governance_mandate
  deferrable initially deferred for each row execute function governance_terms_ended();
"""

BACK = """
drop trigger follow_mandate on access_terms;
drop trigger terms_ended on governance_mandate;
drop trigger binds on governance_mandate;
drop trigger keep on governance_mandate;
drop trigger keep_rows on governance_mandate;
drop trigger keep on governance_term;
drop trigger keep on governance_agreement;
drop trigger keep on governance_decision;
drop trigger by_backbone on governance_term;
drop trigger by_backbone on governance_agreement;
drop trigger by_backbone on governance_mandate;
drop trigger by_backbone on governance_decision;
drop function governance_terms_ended, governance_terms_follow, governance_mandate_binds,
  governance_keep_mandate, governance_keep, governance_by_backbone;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0001_initial"),
        ("partners", "0001_initial"),
        ("access", "0002_guard"),
    ]

    operations = [migrations.RunSQL(FORWARD, BACK)]
