"""The server's first process: which one it is, whether it lives, and how it is told to stop.

The data directory notes its process id in ``postmaster.pid``. After a kill the note is stale, and the id may
by now be some other process's; so it counts only when that process is a server over this very directory.
"""

import os
import platform
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Literal

from commonweal.foundation.database.accounts import Account, run, write_as
from commonweal.foundation.database.errors import LauncherError

STOP_SECONDS = 60

Mode = Literal["smart", "fast", "immediate"]

_SIGNALS: dict[Mode, signal.Signals] = {
    "smart": signal.SIGTERM,
    "fast": signal.SIGINT,
    "immediate": signal.SIGQUIT,
}
_STATUS_LINE = 7
# Above any real process id: PostgreSQL finds nobody there, and goes on to look for the dead server's orphans.
_NO_PROCESS = 2**31 - 2


def find(data: Path) -> int | None:
    """The process id of the live server over ``data``, whether or not it answers yet; None without one."""
    pid = _noted(data)
    return pid if pid is not None and _serves(pid, data) else None


def launch(program: Path, data: Path, socket: Path, log: Path, account: Account) -> int:
    """Start ``program``, PostgreSQL's server, over ``data`` as ``account``, on its own feet; its process id.

    Not through pg_ctl, which hands paths to a shell badly quoted. What a killed server left at ``socket`` is
    removed, for only one over the same data can have left it there. It may still fail: see ``gone``.
    """
    script = 'rm -f "$3" "$3.lock"; "$1" -D "$2" </dev/null >>"$4" 2>&1 & echo "$!"'
    done = run(["/bin/sh", "-c", script, "sh", program, data, socket, log], account)
    if done.code or not done.output.strip().isdigit():
        raise LauncherError(f"PostgreSQL could not be launched: {done.output.strip()}")
    return int(done.output)


def gone(pid: int) -> bool:
    """Whether process ``pid`` has ended; a corpse that nobody buries counts as such."""
    return not _alive(pid) or (sys.platform == "linux" and not _words(pid))


def says_ready(data: Path) -> bool:
    """Whether the server over ``data`` has noted that it takes connections."""
    lines = _note(data)
    return len(lines) > _STATUS_LINE and lines[_STATUS_LINE].strip() == "ready"


def end(data: Path, mode: Mode) -> bool:
    """Tell the server over ``data`` to stop and wait until its process is gone; whether there was one.

    Raises LauncherError if it has not stopped in ``STOP_SECONDS``.
    """
    pid = find(data)
    if pid is None:
        return False
    os.kill(pid, _SIGNALS[mode])
    deadline = time.monotonic() + STOP_SECONDS
    while _serves(pid, data):
        if time.monotonic() > deadline:
            raise LauncherError(f"PostgreSQL (process {pid}) did not stop in {STOP_SECONDS} seconds")
        time.sleep(0.01)
    return True


def clear_recycled(data: Path, account: Account) -> None:
    """Where a dead server's id now belongs to some other process, PostgreSQL would refuse to start.

    The note is kept, for it leads PostgreSQL to the dead server's orphans; only the id is made one of nobody.
    """
    pid = _noted(data)
    if pid is None or not _alive(pid):
        return
    rest = "\n".join(_note(data)[1:])
    write_as(account, data / "postmaster.pid", f"{_NO_PROCESS}\n{rest}")


def _note(data: Path) -> list[str]:
    try:
        return (data / "postmaster.pid").read_text(encoding="utf-8", errors="surrogateescape").split("\n")
    except FileNotFoundError:
        return []


def _noted(data: Path) -> int | None:
    lines = _note(data)
    return int(lines[0]) if lines and lines[0].strip().isdigit() else None


def _serves(pid: int, data: Path) -> bool:
    if platform.system() == "Linux":
        words = _words(pid)
        return bool(words) and Path(words[0]).name == "postgres" and str(data) in words
    told = subprocess.run(  # noqa: S603 - a fixed program, no shell
        ["/bin/ps", "-ww", "-o", "args=", "-p", str(pid)],
        capture_output=True,
        encoding="utf-8",
        errors="surrogateescape",
        check=False,
    ).stdout
    program, _, _ = told.partition(" -D ")
    return Path(program).name == "postgres" and str(data) in told


def _words(pid: int) -> list[str]:
    """The command line of a process on Linux; empty for a corpse."""
    try:
        line = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return []
    return os.fsdecode(line).split("\0") if line else []


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
