"""The database has the day that the pages have: the place's, not the one at Greenwich.

From the early evening on, in the Americas, the two differ: a term that ends tomorrow was over for the
database, and who still held the seat could not cast. Each function that took a day from the clock by
itself is written anew with ``guard.today()`` and ``guard.day_of()``; the rest of its text stays.
"""

from django.db import migrations

ONE_DAY = r"""
do $one_day$
declare f record; told text;
begin
  for f in
    select p.oid from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname in ('public', 'guard') and p.prolang in (select oid from pg_language where lanname in ('sql', 'plpgsql'))
      and p.prosrc ~ 'current_date|::date|recorded_on::timestamp' and p.proname not in ('day_of', 'today')
  loop
    told := pg_get_functiondef(f.oid);
    told := replace(told, 'current_date', 'guard.today()');
    told := replace(told, $$(clock_timestamp() - interval '14 hours')::date$$, 'guard.today()');
    told := regexp_replace(told, $$\(((?:max\()?\w+(?:\.\w+)?\)?) at time zone 'UTC'\)::date$$, 'guard.day_of(\1)', 'g');
    told := replace(told, $$new.recorded_on::timestamp at time zone 'UTC'$$,
                    'new.recorded_on::timestamp at time zone guard.zone()');
    told := replace(told, 'min(b.starts_at)::date', 'guard.day_of(min(b.starts_at))');
    told := replace(told, '(coalesce(m.withdrawn_at, m.ends_at))::date',
                    'guard.day_of(coalesce(m.withdrawn_at, m.ends_at))');
    execute told;
  end loop;
end $one_day$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0022_delegation_days"),
        ("partners", "0008_seats_closed"),
        ("access", "0004_one_day"),
    ]

    operations = [migrations.RunSQL(ONE_DAY, migrations.RunSQL.noop)]
