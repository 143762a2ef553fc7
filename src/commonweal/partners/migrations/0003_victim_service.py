"""No broken glass opens what a victim service provider holds (DOMAIN 2.8): says who is one, also of those who left."""

from django.db import migrations

SQL = """
create or replace function guard.victim_service_partners() returns uuid[]
language sql stable security definer parallel restricted set search_path = pg_catalog, pg_temp as $$
  select coalesce(array_agg(id), '{}') from public.partners_partner where is_victim_service_provider
$$;
"""
BACK = """
create or replace function guard.victim_service_partners() returns uuid[]
language sql stable security definer parallel restricted set search_path = pg_catalog, pg_temp as $$
  select '{}'::uuid[]
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("partners", "0002_memberships_name_a_partner"), ("access", "0002_guard")]

    operations = [migrations.RunSQL(SQL, BACK)]
