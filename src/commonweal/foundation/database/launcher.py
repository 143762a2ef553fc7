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

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import quote

import psycopg
from psycopg import sql

from commonweal.foundation.database import accounts, binaries, locks, places
from commonweal.foundation.database.accounts import Account
from commonweal.foundation.database.binaries import Binaries
from commonweal.foundation.database.errors import LauncherError
from commonweal.foundation.database.places import PORT, Place

SUPERUSER = "postgres"
START_SECONDS = 120  # crash recovery included
STOP_SECONDS = 60

Mode = Literal["smart", "fast", "immediate"]

# For two cores and a small machine. An operator's ALTER SYSTEM wins over these.
_SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    # A failed statement or a duplicate key quotes people's data; the log must not keep it.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
_SETTINGS_FILE = "commonweal.conf"
_LOG = "server.log"

# What the log says while the remains of a killed server are still going away.
_PASSING = ("pre-existing shared memory block", "the database system is starting up")
# Above any real process id: PostgreSQL finds nobody there, and goes on to look for the dead server's orphans.
_NO_PROCESS = 2**31 - 2


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
    ``START_SECONDS`` for crash recovery.
    Raises LauncherError: NoBinariesError, OtherVersionError, or with what the server's log said.
    """
    base = places.resolve(base)
    place = places.known(base)
    server = _connect(place, database)
    if server is not None:
        return server
    with locks.alone(base):
        place = places.known(base)
        if _connect(place, SUPERUSER) is None:
            place = _bring_up(base)
        _create(place, database)
    server = _connect(place, database)
    if server is None:
        raise LauncherError(f"The server over {base} was started, but stopped again at once")
    return server


def running(base: Path) -> bool:
    """Whether a server over ``base`` answers a connection right now."""
    return _connect(places.known(places.resolve(base)), SUPERUSER) is not None


def stop(base: Path, mode: Mode = "fast") -> bool:
    """Stop the server over ``base`` and wait until its process is gone; whether there was one.

    ``smart`` waits for clients to leave, ``fast`` disconnects them, ``immediate`` skips the checkpoint and
    leaves recovery to the next start. Raises LauncherError if it has not stopped in ``STOP_SECONDS``.
    """
    base = places.resolve(base)
    if not base.is_dir():
        return False
    with locks.alone(base):
        return _stop(places.known(base), mode)


def discard(base: Path) -> None:
    """Stop the server over ``base`` and delete its data for good, wherever they lie. For tests and demos."""
    base = places.resolve(base)
    if not base.is_dir():
        return
    with locks.alone(base):
        place = places.known(base)
        _stop(place, "immediate")
        places.forget(place)


def _connect(place: Place, database: str) -> Server | None:
    try:
        with _connection(place, database) as connection:
            version = connection.info.parameter_status("server_version") or ""
    except psycopg.OperationalError:
        return None
    return Server(place.socket, place.data, SUPERUSER, version.split()[0], database)


def _connection(place: Place, database: str) -> psycopg.Connection:
    return psycopg.connect(
        host=str(place.socket),
        port=PORT,
        user=SUPERUSER,
        dbname=database,
        connect_timeout=5,
        autocommit=True,
    )


def _create(place: Place, database: str) -> None:
    with _connection(place, SUPERUSER) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
        if known.fetchone() is None:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))


def _bring_up(base: Path) -> Place:
    account = accounts.account_for(places.known(base).data)
    place = places.prepare(base, account)
    programs = binaries.find(account, _major(place.data))
    if _major(place.data) is None:
        _make_data(place, programs, account)
    accounts.write_as(account, place.data / _SETTINGS_FILE, _settings(place))
    _start(place, programs, account)
    return place


def _major(data: Path) -> int | None:
    """The PostgreSQL version that made ``data``; None if it is empty."""
    try:
        return int((data / "PG_VERSION").read_text(encoding="ascii"))
    except FileNotFoundError:
        if any(data.iterdir()):
            raise LauncherError(f"{data} holds something, but no PostgreSQL data") from None
        return None


def _make_data(place: Place, programs: Binaries, account: Account) -> None:
    """Make the data directory under another name and give it its own in one step."""
    growing = places.partial(place)
    # The names of a UTF-8 locale differ by platform; "C" is the last resort, where only ASCII letters fold.
    for locale in ("C.UTF-8", "en_US.UTF-8", "C"):
        shutil.rmtree(growing, ignore_errors=True)
        places.lend(growing, account)
        builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if programs.major >= 17 else []
        command: list[str | Path] = [
            programs["initdb"], "--pgdata", growing, "--username", SUPERUSER, "--encoding=UTF8",
            f"--locale={locale}", "--lc-collate=C", "--lc-messages=C", *builtin,
            "--data-checksums", "--auth-local=trust", "--auth-host=reject", "--no-instructions",
        ]  # fmt: skip
        done = accounts.run(command, account)
        if not done.code:
            break
        if "invalid locale" not in done.output:
            raise LauncherError(f"The database could not be made: {done.output.strip()}")
    else:
        raise LauncherError(f"The database could not be made: {done.output.strip()}")
    main = growing / "postgresql.conf"
    text = main.read_text(encoding="utf-8")
    accounts.write_as(account, main, f"{text}\ninclude '{_SETTINGS_FILE}'  # written at every start\n")
    place.data.rmdir()
    growing.rename(place.data)


def _settings(place: Place) -> str:
    directory = '"{}"'.format(str(place.socket).replace('"', '""'))  # a list by its grammar, hence the quotes
    values = {**_SETTINGS, "unix_socket_directories": directory}
    lines = [
        f"{name} = '{value.replace(chr(92), chr(92) * 2).replace(chr(39), chr(39) * 2)}'"
        for name, value in values.items()
    ]
    return "\n".join(
        ["# Written by Commonweal at every start. Change settings with ALTER SYSTEM.", *lines, ""]
    )


def _start(place: Place, programs: Binaries, account: Account) -> None:
    log = place.data / _LOG
    if log.exists():
        accounts.run(["/bin/mv", "-f", log, f"{log}.old"], account)
    start: list[str | Path] = [
        programs["pg_ctl"],
        "--pgdata",
        place.data,
        "--wait",
        "--timeout",
        str(START_SECONDS),
        "--silent",
    ]
    deadline = time.monotonic() + START_SECONDS
    while _connect(place, SUPERUSER) is None:
        if _postmaster(place.data) is None:
            _clear_recycled(place.data, account)
            done = accounts.run([*start, "--log", log, "start"], account, seconds=START_SECONDS + 10)
            if done.code and not any(sign in _tail(log) for sign in _PASSING):
                raise LauncherError(f"PostgreSQL did not start: {done.output.strip()}\n{_tail(log)}")
        if time.monotonic() > deadline:
            raise LauncherError(f"PostgreSQL did not answer in {START_SECONDS} seconds:\n{_tail(log)}")
        time.sleep(0.02)


def _tail(log: Path) -> str:
    try:
        return log.read_bytes()[-3000:].decode(errors="replace")
    except FileNotFoundError:
        return ""


def _stop(place: Place, mode: Mode) -> bool:
    pid = _postmaster(place.data)
    if pid is not None:
        account = accounts.account_for(place.data)
        programs = binaries.find(account, _major(place.data))
        command: list[str | Path] = [
            programs["pg_ctl"],
            "--pgdata",
            place.data,
            "--mode",
            mode,
            "--wait",
            "--timeout",
            str(STOP_SECONDS),
        ]
        done = accounts.run([*command, "--silent", "stop"], account, seconds=STOP_SECONDS + 10)
        deadline = time.monotonic() + 5
        while _postmaster_is(pid, place.data):
            if done.code or time.monotonic() > deadline:
                raise LauncherError(f"PostgreSQL (process {pid}) did not stop: {done.output.strip()}")
            time.sleep(0.01)
    places.drop_socket(place)
    return pid is not None


def _noted_pid(data: Path) -> int | None:
    try:
        return int((data / "postmaster.pid").read_text(encoding="utf-8").split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None


def _postmaster(data: Path) -> int | None:
    """The process id of a live server over ``data``, whether or not it answers yet."""
    pid = _noted_pid(data)
    return pid if pid is not None and _postmaster_is(pid, data) else None


def _postmaster_is(pid: int, data: Path) -> bool:
    """Whether process ``pid`` is a server over ``data``: ids are recycled, and a corpse keeps its own."""
    if sys.platform == "linux":
        try:
            words = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").split("\0")
        except OSError:
            return False
        return Path(words[0]).name == "postgres" and str(data) in words
    told = subprocess.run(  # noqa: S603
        ["/bin/ps", "-ww", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False
    ).stdout
    return "postgres" in told.split(str(data))[0] and str(data) in told


def _clear_recycled(data: Path, account: Account) -> None:
    """Where a dead server's id now belongs to some other process, PostgreSQL would refuse to start.

    The file is kept, for it leads PostgreSQL to the dead server's orphans; only the id is made one of nobody.
    """
    pid = _noted_pid(data)
    if pid is None or not _alive(pid):
        return
    _, _, rest = (data / "postmaster.pid").read_text(encoding="utf-8").partition("\n")
    accounts.write_as(account, data / "postmaster.pid", f"{_NO_PROCESS}\n{rest}")


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
