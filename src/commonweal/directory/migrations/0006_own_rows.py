"""An organization sees its own hidden rows: asked by organization alone, so that no policy asks itself."""

from django.db import migrations

ORGANIZATIONS = """
create function guard.own_organizations() returns uuid[]
language sql stable security definer set search_path = pg_catalog, public as $$
  select coalesce(array_agg(id), '{}') from directory_organization where partner_id = guard.partner()
$$;
"""
SERVICES = "select s.id from directory_service s where s.organization_id = any ((select guard.own_organizations())::uuid[])"
LOCATIONS = "select l.id from directory_location l where l.organization_id = any ((select guard.own_organizations())::uuid[])"

# table → the columns that may name something of one's own organization
TABLES: dict[str, tuple[str, ...]] = {
    "directory_organization": ("partner_id",),
    "directory_organizationidentifier": ("organization_id",),
    "directory_program": ("organization_id",),
    "directory_location": ("organization_id",),
    "directory_service": ("organization_id",),
    "directory_serviceatlocation": ("service_id",),
    "directory_address": ("location_id",),
    "directory_contact": ("organization_id", "service_id", "location_id"),
    "directory_phone": ("organization_id", "service_id", "location_id"),
    "directory_schedule": ("service_id", "location_id"),
    "directory_servicearea": ("service_id",),
    "directory_language": ("service_id", "location_id"),
    "directory_accessibility": ("location_id",),
    "directory_costoption": ("service_id",),
    "directory_requireddocument": ("service_id",),
    "directory_funding": ("organization_id", "service_id"),
    "directory_url": ("organization_id", "service_id"),
    "directory_servicecapacity": ("service_id",),
    "directory_attribute": ("link_id",),
    "directory_metadata": ("resource_id",),
}
_OWN = {
    "partner_id": "partner_id = (select guard.partner())",
    "organization_id": "organization_id = any ((select guard.own_organizations())::uuid[])",
    "service_id": f"service_id in ({SERVICES})",
    "location_id": f"location_id in ({LOCATIONS})",
    "link_id": f"link_id in ({SERVICES})",
    "resource_id": f"resource_id in ({SERVICES})",
}


def _policies(table: str, columns: tuple[str, ...]) -> str:
    own = " or ".join(_OWN[column] for column in columns)
    sees = f"""visibility = 'public'
  or (select guard.keeps_directory())
  or (visibility = 'partners' and (select guard.partner()) is not null)
  or ((select guard.partner()) is not null and ({own}))"""
    return f"""
alter policy reading on {table} using ({sees});
alter policy adding on {table} with check ({sees});
alter policy changing on {table} using ({sees}) with check ({sees});
"""


class Migration(migrations.Migration):
    dependencies = [("directory", "0005_hanging")]

    operations = [
        migrations.RunSQL(ORGANIZATIONS, migrations.RunSQL.noop),
        *(migrations.RunSQL(_policies(t, c), migrations.RunSQL.noop) for t, c in TABLES.items()),
        migrations.RunSQL("drop function guard.own_directory();", migrations.RunSQL.noop),
    ]
