"""The installation's keys: random, kept in files of mode 0600 beside the data, never in the database dump."""

import os
import secrets
import time
from functools import cache
from pathlib import Path

from commonweal.foundation.database.home import home


def key(name: str) -> bytes:
    """The 32 random bytes called ``name``, made on first use."""
    return _read_or_make(home() / "keys" / f"{name}.key")


@cache
def context_key() -> bytes:
    """The key that signs the context of each transaction."""
    return key("context")


def _read_or_make(path: Path) -> bytes:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _wait_for(path)
    with os.fdopen(handle, "wb") as file:
        fresh = secrets.token_bytes(32)
        file.write(fresh)
    return fresh


def _wait_for(path: Path) -> bytes:
    for _ in range(200):
        content = path.read_bytes()
        if len(content) == 32:
            return content
        time.sleep(0.01)
    raise RuntimeError(f"the key file {path.name} is not whole; restore it from the backup")
