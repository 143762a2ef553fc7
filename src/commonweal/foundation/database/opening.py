"""Opening the database: a server by URL or the embedded one, its roles, and how Django reaches it.

Roles, so that an injection in a page gains nothing (SECURITY P02, P03):

- the *administrator* of ``DATABASE_URL`` (or of the embedded server) makes the others, once;
- the *owner* holds tables and functions and runs migrations; no web process connects as the owner;
- the *application* reads and writes under row-level security: it owns nothing, bypasses nothing, makes
  nothing, not even a temporary table;
- the *auditor* reads the audit and nothing else, and writes nothing.
"""

import hashlib
import hmac
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import psycopg
from psycopg import sql

from commonweal.foundation.database import lease
from commonweal.foundation.database.errors import DatabaseUrlError

_VARIABLE = "COMMONWEAL_DB"


@dataclass(frozen=True)
class Doors:
    """How to reach one database as its administrator, owner and application."""

    host: str
    port: str
    name: str
    admin: str
    admin_password: str
    owner: str
    app: str
    app_password: str
    embedded: bool

    @property
    def auditor(self) -> str:
        """The role that may read the whole audit; cannot sign in by itself."""
        return f"{self.owner.removesuffix('_owner')}_auditor"

    def django(self, as_owner: bool = False) -> dict[str, object]:
        """A Django ``DATABASES`` entry."""
        user, password = (self.admin, self.admin_password) if as_owner else (self.app, self.app_password)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "HOST": self.host,
            "PORT": self.port,
            "NAME": self.name,
            "USER": user,
            "PASSWORD": password,
            "OPTIONS": {"options": f"-c role={self.owner}"} if as_owner else {},
        }

    def connect(
        self, as_owner: bool = False, database: str | None = None, *, as_auditor: bool = False
    ) -> psycopg.Connection[tuple[object, ...]]:
        """A plain autocommit connection, as the owner, the auditor or the administrator."""
        role = self.owner if as_owner else self.auditor if as_auditor else None
        return psycopg.connect(
            host=self.host,
            port=self.port,
            dbname=database or self.name,
            user=self.admin,
            password=self.admin_password or None,
            autocommit=True,
            options=f"-c role={role}" if role else None,
        )


def open_database(
    base: Path,
    *,
    url: str | None = None,
    name: str = "commonweal",
    secret: bytes = b"",
    roles: str = "commonweal",
    create: bool = True,
) -> Doors:
    """Reach (embedded: start and lease) the server, see to roles and database; Django hears by environment.

    ``secret`` makes the application's password on a server. ``roles`` begins the names of the two roles.
    Raises DatabaseUrlError for a URL that cannot be used, LauncherError from the embedded server.
    """
    doors = _by_url(url, name, secret, roles) if url else _embedded(base, name, roles)
    with doors.connect(database="postgres") as connection:
        _see_to_roles(connection, doors)
        if create:
            see_to_database(connection, doors)
    os.environ[_VARIABLE] = json.dumps(asdict(doors))
    return doors


def doors_from_environment() -> Doors | None:
    """What ``open_database`` of this process or its parent found; None where none was opened."""
    raw = os.environ.get(_VARIABLE)
    return Doors(**json.loads(raw)) if raw else None


def _embedded(base: Path, name: str, roles: str) -> Doors:
    server = lease.hold(base, "postgres")
    return Doors(
        host=str(server.socket_dir),
        port="5432",
        name=name,
        admin=server.superuser,
        admin_password="",
        owner=f"{roles}_owner",
        app=f"{roles}_app",
        app_password="",
        embedded=True,
    )


def _by_url(url: str, name: str, secret: bytes, roles: str) -> Doors:
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise DatabaseUrlError("DATABASE_URL must begin with postgresql://")
    query = parse_qs(parts.query)
    database = unquote(parts.path.lstrip("/")) or name
    return Doors(
        host=query.get("host", [parts.hostname or "localhost"])[0],
        port=str(query.get("port", [parts.port or 5432])[0]),
        name=database,
        admin=unquote(parts.username or "postgres"),
        admin_password=unquote(parts.password or ""),
        owner=f"{roles}_owner",
        app=f"{roles}_app",
        app_password=hmac.new(secret, f"{roles}_app".encode(), hashlib.sha256).hexdigest(),
        embedded=False,
    )


def _see_to_roles(connection: psycopg.Connection[tuple[object, ...]], doors: Doors) -> None:
    with connection.transaction():
        connection.execute("select pg_advisory_xact_lock(hashtext('commonweal.roles'))")
        _role(connection, doors.owner, "nologin", "")
        _role(connection, doors.auditor, "nologin", "")
        _role(connection, doors.app, "login", doors.app_password)
        connection.execute(
            sql.SQL("grant {}, {} to {}").format(
                sql.Identifier(doors.owner), sql.Identifier(doors.auditor), sql.Identifier(doors.admin)
            )
        )
        _hide_statements(connection, doors)


def _hide_statements(connection: psycopg.Connection[tuple[object, ...]], doors: Doors) -> None:
    """Sessions of one role see each other's statements, and with them names; keep ours from the list.

    Takes a superuser; elsewhere the signed context still never stands in a statement (``access.context``).
    """
    try:
        with connection.transaction():
            connection.execute(
                sql.SQL("alter role {} set track_activities = off").format(sql.Identifier(doors.app))
            )
    except psycopg.errors.InsufficientPrivilege:
        return


def see_to_database(connection: psycopg.Connection[tuple[object, ...]], doors: Doors) -> None:
    """Create the database where it is absent, and give its public schema to the owner."""
    exists = connection.execute("select 1 from pg_database where datname = %s", [doors.name]).fetchone()
    if not exists:
        create_database(connection, doors.name, doors.owner)
    with doors.connect() as inside:
        inside.execute(sql.SQL("alter schema public owner to {}").format(sql.Identifier(doors.owner)))
        inside.execute(
            sql.SQL("grant create on database {} to {}").format(
                sql.Identifier(doors.name), sql.Identifier(doors.owner)
            )
        )
        # Nobody makes objects here but the owner: no temporary tables that could stand in for ours.
        inside.execute(
            sql.SQL("revoke create, temporary on database {} from public").format(sql.Identifier(doors.name))
        )
        inside.execute("revoke create on schema public from public")


def create_database(
    connection: psycopg.Connection[tuple[object, ...]], name: str, owner: str, template: str | None = None
) -> None:
    """Create database ``name``; does nothing if another process was quicker."""
    statement = sql.SQL("create database {} owner {}").format(sql.Identifier(name), sql.Identifier(owner))
    if template:
        statement += sql.SQL(" template {}").format(sql.Identifier(template))
    try:
        connection.execute(statement)
    except psycopg.errors.DuplicateDatabase:
        return


def _role(connection: psycopg.Connection[tuple[object, ...]], name: str, login: str, password: str) -> None:
    if not connection.execute("select 1 from pg_roles where rolname = %s", [name]).fetchone():
        connection.execute(sql.SQL("create role {} nosuperuser nobypassrls").format(sql.Identifier(name)))
    statement = sql.SQL("alter role {} {}").format(sql.Identifier(name), sql.SQL(login))
    if password:
        statement += sql.SQL(" password {}").format(sql.Literal(password))
    connection.execute(statement)


def grant_to_app(doors: Doors) -> None:
    """Give the application what it needs on the tables as they are now: no TRUNCATE, no ownership.

    Run after each migration. Tables named in ``guard.closed_table`` are kept from it: what they hold
    goes through functions.
    """
    with doors.connect(as_owner=True) as connection:
        connection.execute(
            sql.SQL(
                """
                grant usage on schema public, guard to {app};
                grant select, insert, update, delete on all tables in schema public to {app};
                grant usage, select on all sequences in schema public to {app};
                grant execute on all functions in schema guard to {app};
                revoke execute on function
                  guard.keep_secret(text, bytea), guard.mac(text, text), guard.pad(bytea, int)
                  from public, {app};
                grant usage on schema public to {auditor};
                grant select on audit_entry, audit_head, audit_anchor to {auditor};
                """
            ).format(app=sql.Identifier(doors.app), auditor=sql.Identifier(doors.auditor))
        )
        closed = connection.execute("select table_name, kept from guard.closed_table").fetchall()
        for table, kept in closed:
            connection.execute(
                sql.SQL("revoke all on {table} from {app}").format(
                    table=sql.Identifier(str(table)), app=sql.Identifier(doors.app)
                )
            )
            if kept:
                connection.execute(
                    sql.SQL("grant {kept} on {table} to {app}").format(
                        kept=sql.SQL(str(kept)),
                        table=sql.Identifier(str(table)),
                        app=sql.Identifier(doors.app),
                    )
                )
