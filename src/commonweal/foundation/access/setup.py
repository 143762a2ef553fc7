"""What an installation does after each migration: keys into the database, the policy into its table."""

import secrets

import psycopg

from commonweal.foundation.access.keys import context_key
from commonweal.foundation.access.rules import policy
from commonweal.foundation.sqlfiles import read_sql


def apply(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    """As the owner: the guard's functions as of now, the signing key, a sealing key once, the policy file.

    Safe to repeat; changed functions and a changed policy file take effect with it.
    """
    with connection.transaction():
        for name in ("sql/guard.sql", "sql/facts.sql"):
            connection.execute(read_sql("commonweal.foundation.access", name).encode())
        connection.execute("select guard.keep_secret('context', %s)", [context_key()])
        if not connection.execute("select 1 from guard.secret where name = 'seal'").fetchone():
            connection.execute("select guard.keep_secret('seal', %s)", [secrets.token_bytes(32)])
        connection.execute("delete from guard.rule")
        with connection.cursor() as cursor:
            cursor.executemany(
                "insert into guard.rule values (%s, %s, %s, %s, %s, %s, %s)",
                [
                    (r.role, r.purpose, r.data_class, r.relation, r.need, r.level, r.can_write)
                    for r in policy()
                ],
            )
