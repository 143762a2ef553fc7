"""Locks between processes. The kernel drops them when their process ends, however it ends."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from commonweal.foundation.database.errors import LauncherError


@contextlib.contextmanager
def alone(base: Path) -> Iterator[None]:
    """Make ``base`` if it is absent, and be alone in starting or stopping its server. Waits for its turn."""
    handle = opened(base, "launcher.lock")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        fcntl.flock(handle, fcntl.LOCK_UN)  # said aloud: a child forked meanwhile must not go on holding it
        os.close(handle)


def share(handle: int) -> None:
    """Hold the lock of ``handle`` together with others. Waits while someone holds it alone."""
    fcntl.flock(handle, fcntl.LOCK_SH)


def take(handle: int) -> bool:
    """Hold the lock of ``handle`` alone, or say at once that others hold it."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def opened(base: Path, name: str) -> int:
    """A descriptor of the lock file ``name`` in ``base``; both made if absent. Not inherited by programs.

    Raises LauncherError if this user cannot.
    """
    try:
        # As root others may pass through, not list: the account that runs the server must reach its data.
        base.mkdir(mode=0o700 if os.geteuid() else 0o711, parents=True, exist_ok=True)
        return os.open(base / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise LauncherError(f"{base} cannot be used by this user: {error}") from error
