"""What the launcher's tests share: bases to throw away, clients in other processes, a count of servers."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg

import commonweal
from commonweal.foundation.database import launcher

SOURCES = Path(commonweal.__file__).resolve().parents[1] if commonweal.__file__ else Path("src")
PACKAGES = Path(psycopg.__file__).resolve().parents[1]
AS_ROOT = os.geteuid() == 0


@contextmanager
def throwaway(mode: int = 0o711) -> Iterator[Path]:
    """A directory that every account may pass through (pytest's own is closed), and no server left in it."""
    directory = Path(tempfile.mkdtemp(prefix="cw-"))
    directory.chmod(mode)
    try:
        yield directory
    finally:
        for base in {path.parent for path in directory.rglob("launcher.lock")}:
            launcher.discard(base)
        shutil.rmtree(directory)


def client(script: str, *words: object, python: str = sys.executable, user: int | None = None) -> "Client":
    """Start ``script`` with ``words`` as arguments in another process, as another user if one is given."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("PG", "COMMONWEAL"))},
        "PYTHONPATH": f"{SOURCES}{os.pathsep}{PACKAGES}",
        "PYTHONWARNINGS": "error",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    prelude = (
        "import sys, os, time, signal; from pathlib import Path\n"
        "from commonweal.foundation.database import launcher, lease\n"
        "base = Path(sys.argv[1])\n"
        "def say(*words): print(*words, flush=True)\n"
    )
    return Client(
        [python, "-c", prelude + script, *map(str, words)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd="/",
        env=environment,
        user=user,
        group=user,
        extra_groups=[] if user is not None else None,
    )


class Client(subprocess.Popen[str]):
    """A process that says a line, waits for one, and ends."""

    def line(self) -> str:
        assert self.stdout is not None
        said = self.stdout.readline().strip()
        assert said, self.communicate(timeout=30)[1]
        return said

    def end(self) -> str:
        """Let it go on to its end; what it still said."""
        said, complaints = self.communicate("\n", timeout=60)
        assert self.returncode == 0, complaints
        return said


def servers(data: Path) -> list[psutil.Process]:
    """The live postmasters over ``data``."""
    found = []
    for process in psutil.process_iter():
        try:
            words = process.cmdline()
            if words and Path(words[0]).name == "postgres" and str(data) in words:
                found.append(process)
        except psutil.Error:
            continue
    return found


def alive(process: psutil.Process) -> bool:
    """Whether it still runs; a corpse that its parent has not buried yet does not."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def kill_all(data: Path) -> None:
    """``kill -9`` of the server over ``data`` and all its children, as a power cut would."""
    for postmaster in servers(data):
        for process in (postmaster, *postmaster.children(recursive=True)):
            try:
                process.kill()
            except psutil.NoSuchProcess:
                continue


def soon(truth: Callable[[], bool], seconds: float = 10) -> bool:
    """Whether ``truth`` comes true within ``seconds``."""
    deadline = time.monotonic() + seconds
    while not truth():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
