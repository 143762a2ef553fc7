"""What an installation does after each migration: the audit's functions and policies as of now."""

import psycopg

from commonweal.foundation.sqlfiles import read_sql


def apply(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    """As the owner, after ``access.setup.apply``. Safe to repeat."""
    with connection.transaction():
        connection.execute(read_sql("commonweal.foundation.audit", "audit.sql").encode())
        connection.execute("revoke all on all functions in schema guard from public")
