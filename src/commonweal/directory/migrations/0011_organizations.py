"""Whether organizations of services and places are there is checked set by set."""

import django.db.models.deletion
from django.db import migrations, models

from commonweal.foundation.sqlfiles import read_sql

AS_BEFORE = """
drop trigger organization_is_there on directory_service;
drop trigger organization_stays_there on directory_service;
drop trigger organization_is_there on directory_location;
drop trigger organization_stays_there on directory_location;
drop function guard.organization_is_there();
drop function guard.organization_stays_there();
"""


def _organization() -> models.ForeignKey:
    return models.ForeignKey(
        blank=True,
        db_constraint=False,
        db_index=False,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="directory.organization",
    )


class Migration(migrations.Migration):
    dependencies = [("directory", "0010_staged")]

    operations = [
        migrations.AlterField(model_name="service", name="organization", field=_organization()),
        migrations.AlterField(model_name="location", name="organization", field=_organization()),
        migrations.RunSQL(read_sql("commonweal.directory", "sql/organizations.sql"), AS_BEFORE),
    ]
