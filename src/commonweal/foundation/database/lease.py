"""Leases: who needs the server says so, and the last one to leave stops it.

Each lease is a shared lock on a file in the base. The kernel drops it when its process ends, so a process
that is killed holds nothing up: the next lease to end finds itself the last and stops the server. A process
that is killed as the very last one leaves the server running until another lease on the base ends.
"""

import atexit
import contextlib
import os
import threading
from collections.abc import Iterator
from pathlib import Path

from commonweal.foundation.database import launcher, locks, places, postmaster
from commonweal.foundation.database.launcher import Server

_LOCK = "lease.lock"
_held: dict[Path, contextlib.ExitStack] = {}
_guard = threading.RLock()


@contextlib.contextmanager
def lease(base: Path, database: str = "commonweal") -> Iterator[Server]:
    """A server over ``base``, as ``launcher.ensure`` gives it, for the length of the block.

    At the end the server is stopped, unless another lease on ``base``, in any process, is still held.
    Raises LauncherError as ``launcher.ensure`` and ``launcher.stop`` do.
    """
    base = places.resolve(base)
    handle = locks.opened(base, _LOCK)
    server = None
    try:
        locks.share(handle)  # waits while the last one before us is stopping the server
        server = launcher.ensure(base, database)
        yield server
    finally:
        _release(base, handle, server)


def hold(base: Path, database: str = "commonweal") -> Server:
    """As ``lease``, until this process ends; calling it again adds no second lease.

    A process that SIGTERM or SIGKILL ends without Python's exit handlers leaves like a killed one.
    """
    base = places.resolve(base)
    with _guard:
        if base not in _held:
            stack = contextlib.ExitStack()
            stack.enter_context(lease(base, database))
            _held[base] = stack
            atexit.register(stack.close)
    return launcher.ensure(base, database)


def _release(base: Path, handle: int, server: Server | None) -> None:
    if not (
        base / _LOCK
    ).exists():  # the base was deleted under us; data that lie elsewhere still have a server
        if server is not None and locks.take(handle):
            postmaster.end(server.data_dir, "fast")
        os.close(handle)
        return
    # Closed, not unlocked: a forked child shares the lock and keeps it for as long as it lives.
    os.close(handle)
    handle = locks.opened(base, _LOCK)
    try:
        if locks.take(handle):
            launcher.stop(base)
    finally:
        os.close(handle)
