"""The installation's keys: random, kept in files of mode 0600 beside the data, never in the database dump."""

import contextlib
import os
import secrets
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
    """The key in ``path``; of several processes that make it at once, one wins and all read the same."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        _make(path)
    content = path.read_bytes()
    if len(content) != 32:
        raise RuntimeError(f"the key file {path.name} is not whole; restore it from the backup")
    return content


def _make(path: Path) -> None:
    """Write aside and link into place, so that a process killed half way leaves no half a key."""
    aside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(32))
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(aside, path)
    finally:
        aside.unlink()
