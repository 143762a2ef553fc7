"""What an installation does after each migration: keys and the place's zone into the database,
the policy into its table."""

import secrets

import psycopg

from commonweal.foundation.access.keys import context_key
from commonweal.foundation.access.protect import policies_sql
from commonweal.foundation.access.rules import policy
from commonweal.foundation.sqlfiles import read_sql
from commonweal.kernel.clock import place

FILES = ("sql/guard.sql", "sql/facts.sql", "sql/fact_policies.sql")


def apply(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    """As the owner: the guard's functions and policies as of now, the keys, the zone, the policy file.

    Safe to repeat; changed functions, policies and a changed policy file take effect with it.
    """
    with connection.transaction():
        for name in FILES:
            connection.execute(read_sql("commonweal.foundation.access", name).encode())
        for table, person, shared_writes in connection.execute(
            "select table_name, person_column, shared_writes from guard.protected order by 1"
        ).fetchall():
            connection.execute(policies_sql(str(table), str(person), bool(shared_writes)).encode())
        connection.execute("select guard.keep_secret('context', %s)", [context_key()])
        if not connection.execute("select 1 from guard.secret where name = 'seal'").fetchone():
            connection.execute("select guard.keep_secret('seal', %s)", [secrets.token_bytes(32)])
        connection.execute("update guard.place set zone = %s", [str(place())])
        connection.execute("delete from guard.rule")
        with connection.cursor() as cursor:
            cursor.executemany(
                "insert into guard.rule values (%s, %s, %s, %s, %s, %s, %s)",
                [
                    (r.role, r.purpose, r.data_class, r.relation, r.need, r.level, r.can_write)
                    for r in policy()
                ],
            )
        connection.execute("revoke all on schema guard from public")
        connection.execute("revoke all on all functions in schema guard from public")
