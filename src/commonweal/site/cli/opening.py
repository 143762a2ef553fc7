"""Opening an installation for a command: the server, Django, and who acts."""

import contextlib
import os
from collections.abc import Iterator

import django

from commonweal.foundation.access.context import Actor
from commonweal.foundation.access.keys import key
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.database.home import home
from commonweal.foundation.database.opening import Doors, doors_from_environment, open_database


def open_installation() -> Doors:
    """Reach the database (embedded: start it for as long as this process lives), then load Django."""
    doors = doors_from_environment() or open_database(
        home(), url=os.environ.get("DATABASE_URL"), secret=key("database")
    )
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonweal.site.settings")
    django.setup()
    return doors


@contextlib.contextmanager
def installed() -> Iterator[Doors]:
    """Open the installation and bring its database up to date."""
    doors = open_installation()
    from commonweal.site import install

    install.migrate(doors)
    yield doors


@contextlib.contextmanager
def as_operator() -> Iterator[Actor]:
    """``installed``, to act as its operator. Long work opens its own transactions."""
    with installed():
        yield Actor(Role.OPERATOR, Purpose.ADMIN, name="Commonweal")
