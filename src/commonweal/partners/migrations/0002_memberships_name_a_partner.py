"""Accounts stands below and can't name us; the database can: a membership's partner exists."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("partners", "0001_initial"), ("accounts", "0001_initial")]

    operations = [
        migrations.RunSQL(
            """
            alter table accounts_membership add constraint membership_partner_exists
              foreign key (partner_id) references partners_partner (id) deferrable initially deferred
            """,
            "alter table accounts_membership drop constraint membership_partner_exists",
        )
    ]
