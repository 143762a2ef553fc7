"""Rows of the directory that are not public stay hidden in the database itself."""

from django.db import migrations

from commonweal.foundation.sqlfiles import read_sql

# table → the columns that may name something of one's own organization
TABLES: dict[str, tuple[str, ...]] = {
    "directory_organization": ("id",),
    "directory_organizationidentifier": ("organization_id",),
    "directory_program": ("organization_id",),
    "directory_location": ("id", "organization_id"),
    "directory_service": ("id", "organization_id"),
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


def _own(table: str, columns: tuple[str, ...]) -> str:
    if table == "directory_organization":
        return "partner_id = (select guard.partner())"
    return " or ".join(f"{column} = any ((select guard.own_directory())::uuid[])" for column in columns)


def _protect(table: str, columns: tuple[str, ...]) -> str:
    sees = f"""visibility = 'public'
  or (select guard.keeps_directory())
  or (visibility = 'partners' and (select guard.partner()) is not null)
  or ((select guard.partner()) is not null and ({_own(table, columns)}))"""
    return f"""
alter table {table} enable row level security;
alter table {table} force row level security;
create policy seeing on {table} for all using ({sees}) with check ({sees});
"""


def _unprotect(table: str) -> str:
    return f"""
drop policy seeing on {table};
alter table {table} no force row level security;
alter table {table} disable row level security;
"""


FUNCTIONS_BACK = """
drop function guard.own_directory();
drop function guard.keeps_directory();
"""


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_tables"), ("access", "0002_guard")]

    operations = [
        migrations.RunSQL(read_sql("commonweal.directory", "sql/visibility.sql"), FUNCTIONS_BACK),
        *(migrations.RunSQL(_protect(t, c), _unprotect(t)) for t, c in TABLES.items()),
    ]
