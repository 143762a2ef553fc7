"""The product has one day: on pages, in acts and in the database, and it is the day of the place."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import connection

import commonweal
from commonweal.kernel import clock

SOURCE = Path(commonweal.__file__).parent
AT_GREENWICH = re.compile(r"\bnow\(\)\.date\(\)|astimezone\(UTC\)\.date\(\)|\bdate\.today\(\)")
BY_ITSELF = r"current_date|'UTC'\)::date|_at\)?\)?::date|clock_timestamp\(\)[^)]*\)::date"


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 23, 2, 0, tzinfo=UTC), date(2026, 11, 22)),  # nine in the evening in New York
        (datetime(2026, 11, 23, 5, 0, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2026, 7, 1, 3, 59, tzinfo=UTC), date(2026, 6, 30)),  # summer time
        (datetime(2026, 7, 1, 4, 0, tzinfo=UTC), date(2026, 7, 1)),
    ],
)
@pytest.mark.django_db
def test_a_moment_falls_on_the_same_day_on_a_page_and_in_the_database(moment: datetime, day: date) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select guard.day_of(%s)", [moment])
        (kept,) = cursor.fetchone() or ("",)
    with clock.at(moment):
        assert clock.today() == clock.day_of(moment) == kept == day


@pytest.mark.django_db
def test_today_is_one_day() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select guard.today(), now()")
        today, moment = cursor.fetchone() or ("", datetime.now(UTC))
    assert today == clock.day_of(moment)


@pytest.mark.django_db
def test_no_function_of_the_database_takes_the_day_of_greenwich() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace "
            "where n.nspname in ('public', 'guard') and p.prosrc ~ %s",
            [BY_ITSELF],
        )
        found = [name for (name,) in cursor.fetchall()]
        cursor.execute(
            "select tablename, policyname from pg_policies "
            "where coalesce(qual, '') || coalesce(with_check, '') ~* 'current_date'"
        )
        assert found + cursor.fetchall() == [], "ask guard.today() or guard.day_of(moment)"


def test_no_line_of_the_program_takes_the_day_of_greenwich() -> None:
    found = [
        f"{path.relative_to(SOURCE)}:{number}"
        for path in SOURCE.rglob("*.py")
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if AT_GREENWICH.search(line)
    ]
    assert found == [], "ask clock.today() or clock.day_of(moment)"
