from django.db import migrations

from commonweal.foundation.sqlfiles import read_sql


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_no_last_login"), ("access", "0002_guard")]
    operations = [
        migrations.RunSQL(
            read_sql("commonweal.foundation.accounts", "accounts.sql"),
            """
            drop function guard.account_to_enter(uuid);
            drop policy changing on accounts_account;
            drop policy adding on accounts_account;
            drop policy reading on accounts_account;
            drop policy guard_reads on accounts_account;
            alter table accounts_account no force row level security;
            alter table accounts_account disable row level security;
            """,
        ),
    ]
