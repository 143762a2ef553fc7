"""Setting up and upgrading an installation's database: migrate as the owner, then keys, policy and grants."""

import contextlib
from collections.abc import Callable, Iterator

from django.db import connections
from django.db.models.signals import post_migrate

from commonweal.foundation.access import setup as access_setup
from commonweal.foundation.audit import setup as audit_setup
from commonweal.foundation.database.opening import Doors, grant_to_app
from commonweal.site import migrating


@contextlib.contextmanager
def as_owner(doors: Doors) -> Iterator[None]:
    """Let Django's default connection be the owner's for the length of the block: migrations only."""
    default = connections["default"]
    default.close()
    close_pool()
    before = dict(default.settings_dict)
    default.settings_dict.update(doors.django(as_owner=True))
    try:
        yield
    finally:
        default.close()
        default.settings_dict.clear()
        default.settings_dict.update(before)


def close_pool() -> None:
    """Close the connection pool, so that a database can be copied or dropped."""
    close = getattr(connections["default"], "close_pool", None)
    if close is not None:
        close()


def migrate(doors: Doors, say: Callable[[str], None] = lambda _: None) -> None:
    """Bring the database to this version. Safe to repeat and to run from several processes at once."""
    with doors.connect() as lock:
        lock.execute("select pg_advisory_lock(hashtext('commonweal.migrate'))")
        with as_owner(doors):
            if migrating.is_behind():
                say("Preparing the database")
                _without_permissions()
                migrating.catch_up()
        with doors.connect(as_owner=True) as owner:
            access_setup.apply(owner)
            audit_setup.apply(owner)
        grant_to_app(doors)


def _without_permissions() -> None:
    """Django's own permissions are not ours; writing a few hundred of them would slow each first start."""
    post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")


def allow_truncate(doors: Doors) -> None:
    """Test databases only: Django's transaction tests empty tables with TRUNCATE."""
    with doors.connect(as_owner=True) as owner:
        owner.execute(f'grant truncate on all tables in schema public to "{doors.app}"')
        owner.execute(f'grant update on all sequences in schema public to "{doors.app}"')
