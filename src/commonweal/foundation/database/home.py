"""Where Commonweal keeps what must outlive a process, on a machine that has no other place for it."""

import os
import sys
from pathlib import Path

HOME_VARIABLE = "COMMONWEAL_HOME"


def home() -> Path:
    """The directory of this installation: ``COMMONWEAL_HOME``, else the platform's place for user data.

    Created with mode 0700 where it is absent; an existing directory keeps its mode.
    Raises OSError when it cannot be created.
    """
    return _made(_named() or _user_data() / _title("commonweal"))


def demo_home() -> Path:
    """As ``home``, for the demonstration: a sibling directory, so that a demo never meets real data.

    ``COMMONWEAL_HOME`` wins here too: who names a directory means that one.
    """
    return _made(_named() or _user_data() / _title("commonweal-demo"))


def _named() -> Path | None:
    value = os.environ.get(HOME_VARIABLE, "")
    return Path(value).expanduser().absolute() if value else None


def _user_data() -> Path:
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    # The XDG specification tells us to ignore a relative path.
    named = os.environ.get("XDG_DATA_HOME", "")
    return Path(named) if named.startswith("/") else Path.home() / ".local" / "share"


def _title(name: str) -> str:
    return name.capitalize() if sys.platform == "darwin" else name


def _made(path: Path) -> Path:
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path
