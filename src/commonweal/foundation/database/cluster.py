"""Makes a data directory, writes its settings and starts the server over it. To be called under the lock."""

import shutil
import time
from collections.abc import Callable
from pathlib import Path

from commonweal.foundation.database import accounts, places, postmaster
from commonweal.foundation.database.accounts import Account
from commonweal.foundation.database.binaries import Binaries
from commonweal.foundation.database.errors import LauncherError
from commonweal.foundation.database.places import PORT, SOCKET_NAME, Place

SUPERUSER = "postgres"
START_SECONDS = 120  # crash recovery included

# For two cores and a small machine. An operator's ALTER SYSTEM wins over these.
_SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "512MB",
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

# A UTF-8 locale has other names elsewhere; "C" is the last resort, where only ASCII letters are letters.
_LOCALES = ("C.UTF-8", "en_US.UTF-8", "C")
# What the log says while the remains of a killed server are still going away.
_PASSING = ("pre-existing shared memory block", "the database system is starting up")


def major(data: Path) -> int | None:
    """The PostgreSQL version that made ``data``; None if it is empty. Raises LauncherError if neither."""
    try:
        return int((data / "PG_VERSION").read_text(encoding="ascii"))
    except FileNotFoundError:
        if any(data.iterdir()):
            raise LauncherError(f"{data} holds something, but no PostgreSQL data") from None
        return None
    except ValueError as error:
        raise LauncherError(f"{data / 'PG_VERSION'} is damaged") from error


def make(place: Place, programs: Binaries, account: Account) -> None:
    """Make the data directory under another name, and give it its own in one step when it is whole."""
    growing = places.partial(place)
    output = ""
    for locale in _LOCALES:
        shutil.rmtree(growing, ignore_errors=True)
        places.lend(growing, account)
        done = accounts.run(_initdb(programs, growing, locale), account)
        output = done.output.strip()
        if not done.code:
            break
        if "invalid locale" not in output:
            raise LauncherError(f"The database could not be made: {output}")
    else:
        raise LauncherError(f"The database could not be made: {output}")
    main = growing / "postgresql.conf"
    text = main.read_text(encoding="utf-8")
    accounts.write_as(account, main, f"{text}\ninclude '{_SETTINGS_FILE}'  # written at every start\n")
    growing.rename(place.data)  # onto the empty directory that held the name


def start(place: Place, programs: Binaries, account: Account, answers: Callable[[], bool]) -> None:
    """Start the server and return when it ``answers``. Raises LauncherError with what its log said."""
    accounts.write_as(account, place.data / _SETTINGS_FILE, _settings(place))
    log = place.data / _LOG
    if log.exists():
        accounts.run(["/bin/mv", "-f", log, f"{log}.old"], account)
    deadline = time.monotonic() + START_SECONDS
    pid = None
    while not answers():
        if _shut_out(place):
            postmaster.end(place.data, "fast")
        if postmaster.find(place.data) is None and (pid is None or postmaster.gone(pid)):
            if pid is not None:
                if not any(sign in _tail(log) for sign in _PASSING):
                    raise LauncherError(f"PostgreSQL did not start:\n{_tail(log)}")
                time.sleep(0.2)
            postmaster.clear_recycled(place.data, account)
            pid = postmaster.launch(
                programs["postgres"], place.data, place.socket / SOCKET_NAME, log, account
            )
        if time.monotonic() > deadline:
            raise LauncherError(f"PostgreSQL did not answer in {START_SECONDS} seconds:\n{_tail(log)}")
        time.sleep(0.01)


def _initdb(programs: Binaries, data: Path, locale: str) -> list[str | Path]:
    # The built-in locale sorts and folds the same on every platform; PostgreSQL has it from 17 on.
    # The platform's is still asked which letters are letters, by full text search and trigrams.
    builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if programs.major >= 17 else []
    return [
        programs["initdb"],
        "--pgdata",
        data,
        "--username",
        SUPERUSER,
        "--encoding=UTF8",
        f"--locale={locale}",
        "--lc-collate=C",
        "--lc-messages=C",
        *builtin,
        "--data-checksums",
        "--auth-local=trust",
        "--auth-host=reject",
        "--no-instructions",
    ]


def _settings(place: Place) -> str:
    directory = str(place.socket).replace('"', '""')
    values = {**_SETTINGS, "unix_socket_directories": f'"{directory}"'}  # by its grammar a list of names
    lines = [f"{name} = {_quoted(value)}" for name, value in values.items()]
    return "\n".join(
        ["# Written by Commonweal at every start. Change settings with ALTER SYSTEM.", *lines, ""]
    )


def _quoted(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'"


def _shut_out(place: Place) -> bool:
    """Whether the server is up but its socket is gone, swept away with a temporary directory."""
    return postmaster.says_ready(place.data) and not (place.socket / SOCKET_NAME).exists()


def _tail(log: Path) -> str:
    try:
        return log.read_bytes()[-3000:].decode(errors="replace")
    except FileNotFoundError:
        return ""
