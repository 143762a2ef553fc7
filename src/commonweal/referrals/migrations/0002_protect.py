"""Row-level security for every row about a person; what happened stays written; counting without names."""

from importlib import resources

from django.db import migrations

from commonweal.foundation.access.protect import protect
from commonweal.foundation.access.vocabulary import DataClass

TABLES = (
    "referrals_referral",
    "referrals_task",
    "referrals_candidate",
    "referrals_taskevent",
    "referrals_outcome",
    "referrals_personanswer",
    "referrals_unmetneed",
)

_HOLDERS = "\n".join(
    f"alter table {table} add constraint {table}_holder_exists foreign key (holder_id) "
    "references partners_partner (id) deferrable initially deferred;"
    for table in TABLES
)
_HOLDERS_BACK = "\n".join(f"alter table {table} drop constraint {table}_holder_exists;" for table in TABLES)


def _sql(name: str) -> str:
    return resources.files("commonweal.referrals").joinpath("sql", name).read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("referrals", "0001_tables"), ("access", "0002_guard"), ("people", "0002_protect")]

    operations = [
        migrations.RunSQL(_HOLDERS, _HOLDERS_BACK),
        *(operation for table in TABLES for operation in protect(table, DataClass.D4, shared_writes=table != "referrals_personanswer")),
        migrations.RunSQL(_sql("keep.sql"), _sql("keep_undo.sql")),
        migrations.RunSQL(_sql("counting.sql"), _sql("counting_undo.sql")),
    ]
