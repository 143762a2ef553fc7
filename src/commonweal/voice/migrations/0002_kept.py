"""What was said and how it is linked stays; words and addresses are read by those for whom they are."""

from django.db import migrations

from commonweal.foundation.sqlfiles import read_sql

POLICIES = {
    "input": ("heard",),
    "group": ("heard",),
    "act": ("heard",),
    "reply": ("heard",),
    "link": ("heard",),
    "redaction": ("reading", "adding"),
    "said": ("reading", "adding"),
    "contact": ("reading", "adding", "changing"),
}
BACK = "".join(
    f"drop trigger keep on voice_{table};"
    + "".join(f"drop policy {name} on voice_{table};" for name in POLICIES[table])
    + f"alter table voice_{table} no force row level security;"
    f"alter table voice_{table} disable row level security;"
    for table in ("said", "redaction", "contact", "link", "reply", "act", "group", "input")
) + """
drop function guard.keeps_voices;
drop function voice_keep, voice_keep_link, voice_keep_contact;
"""


class Migration(migrations.Migration):
    dependencies = [("voice", "0001_inputs"), ("partners", "0006_closed_rooms"), ("access", "0002_guard")]

    operations = [migrations.RunSQL(read_sql("commonweal.voice", "sql/kept.sql"), BACK)]
