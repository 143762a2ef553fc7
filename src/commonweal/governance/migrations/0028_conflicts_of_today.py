"""Who judges another's conflict of interest holds a seat today, and is one of as many as there are today.

Until now the day of a word decided, and whoever wrote the word chose its day: one who had left the seat spoke
from it as of back then, and two of nine were more than half of the three that there once were.
"""

import re

from django.db import migrations

from commonweal.foundation.sqlfiles import read_sql

SQL = read_sql("commonweal.governance", "sql/conflicts_of_today.sql")
BEFORE = read_sql("commonweal.governance", "sql/others_judge.sql")


def _as_before(name: str) -> str:
    start = BEFORE.index(f"create or replace function {name}(")
    told = BEFORE[start : BEFORE.index("end $$;", start)] + "end $$;\n"
    return re.sub(r"\(((?:max\()?[\w.]+\)?) at time zone 'UTC'\)::date", r"guard.day_of(\1)", told)


BACK = "".join(map(_as_before, ("governance_conflict_is_said", "governance_conflict_is_judged")))


class Migration(migrations.Migration):
    dependencies = [("governance", "0027_carrying"), ("access", "0004_one_day")]

    operations = [migrations.RunSQL(SQL, BACK)]
