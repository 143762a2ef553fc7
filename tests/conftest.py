"""The database of every test: real PostgreSQL, the application's role, row-level security in force.

One template database is migrated for each state of the sources; every run works in a copy of its own, so that
runs do not meet. The server was opened by the plugin ``commonweal.site.testing``.
"""

import contextlib
import fcntl
import hashlib
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HOME = Path(os.environ["COMMONWEAL_HOME"])


def _fingerprint() -> str:
    from django.conf import settings

    digest = hashlib.sha256()
    rooms = ("foundation/access/*.py", "foundation/audit/*.py", "foundation/database/*.py", "site/install.py")
    kinds = ("*.sql", "*.toml", "*/migrations/*.py", "models*.py", *rooms)
    for pattern in kinds:
        for file in sorted((ROOT / "src" / "commonweal").rglob(pattern)):
            digest.update(file.read_bytes())
    digest.update(" ".join(settings.INSTALLED_APPS).encode())
    digest.update(os.environ.get("DATABASE_URL", "").encode())
    return digest.hexdigest()[:16]


def template_name() -> str:
    """The template database that this state of the sources is copied from."""
    return f"commonweal_template_{_fingerprint()}"


@contextlib.contextmanager
def _alone(name: str) -> Iterator[None]:
    with (HOME / f"{name}.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _drop_older(admin) -> None:
    """Drop the templates of sources that are a day old: runs of today may still copy theirs."""
    found = admin.execute(
        "select datname from pg_database where datname like %s"
        " and coalesce(shobj_description(oid, 'pg_database'), '')"
        " < to_char(now() - interval '1 day', 'YYYY-MM-DD HH24:MI')",
        ["commonweal\\_template\\_%"],
    )
    for (name,) in found.fetchall():
        admin.execute(f'alter database "{name}" is_template false')
        admin.execute(f'drop database if exists "{name}" with (force)')


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker) -> Iterator[None]:
    """A fresh copy of the migrated template, dropped at the end."""
    from django.db import connections

    from commonweal.foundation.database.opening import (
        create_database,
        doors_from_environment,
        see_to_database,
    )
    from commonweal.site import install

    doors = doors_from_environment()
    assert doors is not None
    template = template_name()
    with django_db_blocker.unblock(), doors.connect(database="postgres") as admin:
        with _alone("template"):
            ready = admin.execute(
                "select 1 from pg_database where datname = %s and datistemplate", [template]
            ).fetchone()
            if not ready:
                admin.execute(f'drop database if exists "{template}" with (force)')
                _drop_older(admin)
                model = replace(doors, name=template)
                see_to_database(admin, model)
                settings = connections["default"].settings_dict
                settings["NAME"] = template
                install.migrate(model)
                install.allow_truncate(model)
                connections["default"].close()
                install.close_pool()
                settings["NAME"] = doors.name
                admin.execute(f'alter database "{template}" is_template true')
                made = admin.execute("select to_char(now(), 'YYYY-MM-DD HH24:MI')").fetchone()[0]
                admin.execute(f"comment on database \"{template}\" is '{made}'")
            create_database(admin, doors.name, doors.owner, template)
            see_to_database(admin, doors)  # a copy does not take the grants on the database with it
        yield
        connections.close_all()
        install.close_pool()
        admin.execute(f'drop database if exists "{doors.name}" with (force)')


@pytest.fixture(autouse=True)
def _speak_english() -> Iterator[None]:
    """No test hears the language of the one before: a request leaves its reader's behind."""
    from django.utils import translation

    translation.activate("en")
    yield
    translation.deactivate()


@pytest.fixture
def as_public():
    """Act as anyone."""
    from commonweal.foundation.access import Actor, acting

    with acting(Actor.public()) as actor:
        yield actor
