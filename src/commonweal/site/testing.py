"""A pytest plugin that opens a PostgreSQL server before Django reads its settings.

``-p commonweal.site.testing``. ``DATABASE_URL`` names a server (its user must be allowed to create roles and
databases); without it the embedded server runs in ``.home/test`` below the working directory, or in
``COMMONWEAL_TEST_HOME``, and stops with the last run. Each process gets a database name of its own.
"""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from commonweal.foundation.database.opening import open_database

_home = Path(os.environ.get("COMMONWEAL_TEST_HOME", Path.cwd() / ".home" / "test"))


def _url(name: str) -> str | None:
    url = os.environ.get("DATABASE_URL")
    return urlsplit(url)._replace(path=f"/{name}").geturl() if url else None


def _open() -> None:
    _home.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.environ["COMMONWEAL_HOME"] = str(_home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "commonweal.site.settings"
    # Playwright keeps an event loop in the main thread, where Django would refuse its queries.
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    name = f"test_{os.getpid()}_{secrets.token_hex(3)}"
    open_database(_home, url=_url(name), name=name, secret=b"tests", roles="commonweal_test", create=False)


_open()
