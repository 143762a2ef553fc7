"""Tables that a delivery passes through on its way into the directory."""

from django.db import migrations

from commonweal.foundation.sqlfiles import read_sql

TABLES = (
    "taxonomy",
    "taxonomy_term",
    "unit",
    "organization",
    "organization_identifier",
    "program",
    "location",
    "service",
    "service_at_location",
    "address",
    "contact",
    "phone",
    "schedule",
    "service_area",
    "language",
    "accessibility",
    "cost_option",
    "required_document",
    "funding",
    "url",
    "service_capacity",
    "attribute",
    "metadata",
    "spared",
    "misfit",
    "loose",
    "meaning",
    "need",
)


class Migration(migrations.Migration):
    dependencies = [("directory", "0003_search")]

    operations = [
        migrations.RunSQL(
            read_sql("commonweal.directory", "sql/staging.sql"),
            "drop function guard.empty_directory_stage();"
            + "".join(f"drop table directory_stage_{name};" for name in TABLES),
        )
    ]
