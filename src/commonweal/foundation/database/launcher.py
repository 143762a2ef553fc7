"""Starts, finds and stops the embedded PostgreSQL of a base directory.

The server belongs to nobody in particular: any process may start it, all share it, and it outlives them until
``stop`` is called or the last lease on it ends. Only a real connection counts as running; process ids can be
stale, recycled or those of corpses.

Authentication is ``trust``. It can be, because the only door is a Unix socket in a directory of mode 0700:
who gets through is the same operating system account (or root), and that account could read the data files
anyway. A password would have to lie beside them. TCP is off, and ``pg_hba.conf`` would refuse it. As root the
account is a borrowed one, so whatever else runs as that account can connect too; name a dedicated one in
``COMMONWEAL_PG_ACCOUNT`` where that matters, or use a real server through ``DATABASE_URL``.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from psycopg import sql

from commonweal.foundation.database import accounts, binaries, cluster, locks, places, postmaster
from commonweal.foundation.database.cluster import SUPERUSER
from commonweal.foundation.database.errors import LauncherError
from commonweal.foundation.database.places import PORT, Place
from commonweal.foundation.database.postmaster import Mode

_MAINTENANCE = "postgres"  # the database that is always there


@dataclass(frozen=True)
class Server:
    """A running server. ``version`` is its own word, such as ``18.1``; ``database`` is the one ensured."""

    socket_dir: Path
    data_dir: Path
    superuser: str
    version: str
    database: str

    def dsn(self, database: str | None = None, user: str | None = None) -> str:
        """A URL for psycopg or ``DATABASE_URL``; by default of the superuser and the ensured database."""
        who, what = quote(user or self.superuser, safe=""), quote(database or self.database, safe="")
        return f"postgresql://{who}@/{what}?host={quote(str(self.socket_dir), safe='')}&port={PORT}"


def ensure(base: Path, database: str = "commonweal") -> Server:
    """A running server over ``base`` in which ``database`` exists; started, and its data made, if need be.

    Safe to call from many processes at once. It does not hold the server: the last lease to end stops it
    all the same, and without any lease it runs until ``stop``. Who needs it for long takes a lease.
    Takes milliseconds when the server runs, a second or two when the data must be made; waits up to
    ``cluster.START_SECONDS`` for crash recovery.
    Raises LauncherError: NoBinariesError, OtherVersionError, or with what the server's log said.
    """
    base = places.resolve(base)
    server = _connect(places.known(base), database)
    if server is not None:
        return server
    with locks.alone(base):
        place = places.known(base)
        if not _answers(place):
            place = _bring_up(place)
        _create(place, database)
        server = _connect(place, database)
    if server is None:
        raise LauncherError(f"The server over {base} was started, but does not answer for {database}")
    return server


def running(base: Path) -> bool:
    """Whether a server over ``base`` answers a connection right now."""
    return _answers(places.known(places.resolve(base)))


def stop(base: Path, mode: Mode = "fast") -> bool:
    """Stop the server over ``base`` and wait until its process is gone; whether there was one.

    ``smart`` waits for clients to leave, ``fast`` disconnects them, ``immediate`` skips the checkpoint and
    leaves recovery to the next start. Raises LauncherError if it has not stopped in
    ``postmaster.STOP_SECONDS``.
    """
    base = places.resolve(base)
    if not base.is_dir():
        return False
    with locks.alone(base):
        return postmaster.end(places.known(base).data, mode)


def discard(base: Path) -> None:
    """Stop the server over ``base`` and delete its data for good, wherever they lie. For tests and demos."""
    base = places.resolve(base)
    if not base.is_dir():
        return
    with locks.alone(base):
        place = places.known(base)
        postmaster.end(place.data, "immediate")
        places.forget(place)


def _bring_up(place: Place) -> Place:
    try:
        account = accounts.account_for(place.data)
        place = places.prepare(place, account)
        made_by = cluster.major(place.data)
        programs = binaries.find(account, made_by)
        if made_by is None:
            cluster.make(place, programs, account)
        cluster.start(place, programs, account, lambda: _answers(place))
    except OSError as error:
        raise LauncherError(f"The server over {place.base} could not be started: {error}") from error
    return place


def _answers(place: Place) -> bool:
    return _connect(place, _MAINTENANCE) is not None


def _connect(place: Place, database: str) -> Server | None:
    if not places.door_is_safe(place):
        return None
    try:
        with _connection(place, database) as connection:
            version = connection.info.parameter_status("server_version") or ""
    except psycopg.OperationalError:
        return None
    return Server(place.socket, place.data, SUPERUSER, version.partition(" ")[0], database)


def _create(place: Place, database: str) -> None:
    with _connection(place, _MAINTENANCE) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
        if known.fetchone() is None:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))


def _connection(place: Place, database: str) -> psycopg.Connection[tuple[Any, ...]]:
    return psycopg.connect(
        host=str(place.socket),
        port=PORT,
        user=SUPERUSER,
        dbname=database,
        connect_timeout=5,
        autocommit=True,
    )
