"""What a benchmark stands on: a database of its own, the product's own server, and the machine in words.

The embedded server keeps its data in a temporary folder. With ``DATABASE_URL`` a database of its own is made
on that server, with roles of its own, and dropped at the end; what else the server holds is not touched.
"""

import os
import platform
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

ROLES = "commonweal_bench"
DEPARTURE = 20
"""Seconds that a server may take to end."""


@contextmanager
def database() -> Iterator[Any]:
    """A database of its own, empty, with its doors in the environment; gone at the end."""
    from commonweal.foundation.database import launcher
    from commonweal.foundation.database.opening import open_database

    home = Path(tempfile.mkdtemp(prefix="bench-"))
    url = os.environ.pop("DATABASE_URL", None)
    before = dict(os.environ)
    name = f"commonweal_bench_{os.getpid()}"
    os.environ |= {"COMMONWEAL_HOME": str(home), "COMMONWEAL_NAME": "Bench"}
    os.environ.pop("COMMONWEAL_DEMO", None)
    there = urlunsplit(urlsplit(url)._replace(path=f"/{name}")) if url else None
    doors = open_database(home, url=there, name=name, secret=os.urandom(32), roles=ROLES)
    try:
        yield doors
    finally:
        if url:
            with doors.connect(database="postgres") as admin:
                admin.execute(f'drop database if exists "{name}" with (force)')
            os.environ["DATABASE_URL"] = url
        else:
            launcher.discard(home)
        shutil.rmtree(home, ignore_errors=True)
        for changed in set(os.environ) - set(before):
            del os.environ[changed]


@contextmanager
def installation() -> Iterator[Any]:
    """A scratch installation in ``database``, with Django loaded in this process."""
    with database() as doors:
        from commonweal.site.cli import opening

        opening.open_installation()
        from commonweal.site import install

        install.migrate(doors)
        try:
            yield doors
        finally:
            from django.db import connections

            connections.close_all()
            install.close_pool()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(
    command: Sequence[str] = ("-m", "commonweal", "serve"), environment: Mapping[str, str] | None = None
) -> Iterator[tuple[str, int]]:
    """A Python server on a free port: its address and its process."""
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, *command, "--port", str(port)],
        stderr=subprocess.DEVNULL,
        env={**os.environ, **(environment or {})},
    )
    base = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{base}/healthz", server)
        yield base, server.pid
    finally:
        server.terminate()
        server.wait(DEPARTURE)


def _wait_for(url: str, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        time.sleep(0.2)
        if server.poll() is not None:
            raise RuntimeError(f"the server ended with code {server.returncode}")
        try:
            urllib.request.urlopen(url, timeout=5).read()
        except OSError:
            continue
        return
    raise RuntimeError(f"nothing answers at {url}")


def postmaster(doors: Any) -> int:
    """The process over all that serve the database's connections; 0 where it runs on another machine."""
    with doors.connect() as admin:
        backend = admin.execute("select pg_backend_pid()").fetchone()[0]
        try:
            return int(Path(f"/proc/{backend}/stat").read_text().rsplit(")", 1)[1].split()[1])
        except OSError:
            return 0


def machine(doors: Any) -> dict[str, object]:
    """On what it was measured, and how busy that was."""
    with doors.connect() as admin:
        version = str(admin.execute("show server_version").fetchone()[0])
    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "postgresql": version.split()[0],
        "client": "wrk" if shutil.which("wrk") else "threads of Python",
        "load": round(os.getloadavg()[0], 1),
        "taken": f"{datetime.now(UTC):%Y-%m-%d}",
    }
