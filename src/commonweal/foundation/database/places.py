"""Where the data and the socket of a base directory lie. Mostly inside it; elsewhere when they cannot.

Two things can keep them out. A Unix socket's path is short (104 bytes on macOS, 108 on Linux), so below a
long base the socket directory moves to the temporary directory. And as root, PostgreSQL runs as a lesser
account, which may be unable to pass a parent of the base (a home of mode 0700): then data and socket move to
a directory of ours under ``/var/lib``. Where they went is written down in ``place.json`` in the base.
"""

import contextlib
import json
import os
import shutil
import stat
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from commonweal.foundation.database.accounts import Account, can_write
from commonweal.foundation.database.errors import LauncherError

PORT = 5432  # part of the socket's file name; no TCP port is opened
SOCKET_NAME = f".s.PGSQL.{PORT}"
_SOCKET_PATH_BYTES = 100
_RECORD = "place.json"
_BACK_REFERENCE = "belongs_to"
_PREFIX = "commonweal-"
_REACHABLE = (Path("/var/lib"), Path("/var/tmp"))  # noqa: S108 - mkdtemp below them


@dataclass(frozen=True)
class Place:
    """``root`` holds ``data`` and ``s``: the base, unless they had to move. ``apart`` is a moved socket."""

    base: Path
    root: Path
    apart: Path | None = None

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def socket(self) -> Path:
        return self.apart or self.root / "s"


def resolve(base: Path) -> Path:
    """``base`` as one absolute path without links, so that every process says the same."""
    return Path(base).expanduser().resolve()


def known(base: Path) -> Place:
    """The place as far as it has been decided; changes nothing. ``base`` is resolved."""
    record = base / _RECORD
    try:
        with record.open(encoding="utf-8") as file:
            if os.fstat(file.fileno()).st_uid not in (0, os.geteuid()):
                raise LauncherError(f"{record} was written by another user")
            said = json.load(file)
    except (FileNotFoundError, NotADirectoryError):
        return Place(base, base)
    except PermissionError as error:
        raise LauncherError(f"{base} cannot be read by this user") from error
    except ValueError as error:
        raise LauncherError(f"{record} is damaged: {error}") from error
    apart = said.get("socket")
    return Place(base, Path(said.get("root") or base), Path(apart) if apart else None)


def prepare(place: Place, account: Account) -> Place:
    """Decide what is still open of ``place``, make its directories, write down what lies elsewhere.

    To be called under the base's lock. Raises LauncherError when no place will do.
    """
    if not place.root.is_dir():
        raise LauncherError(
            f"{place.base / _RECORD} says that the data lie in {place.root}, which is gone. "
            "Bring it back, or delete that file to begin with an empty database"
        )
    before, fresh = place, not place.data.exists()
    if not _make_usable(place.data, account):
        if not fresh or place.root != place.base:
            raise LauncherError(
                f"{place.data} cannot be reached by user {account.name}, who runs PostgreSQL: "
                f"let that user pass the directories above it, or move {place.root} to where it can"
            )
        place = replace(place, root=_moved(place.base, account))
    place = _with_socket(place, account)
    if place != before:
        _write_down(place)
    return place


def forget(place: Place) -> None:
    """Delete data, socket directory and record of ``place``. The server must be stopped. The base stays."""
    if place.apart is not None and door_is_safe(place):
        shutil.rmtree(place.apart)
    if place.root != place.base:
        told = place.root / _BACK_REFERENCE
        if place.root.exists():
            if not told.is_file() or told.read_text(encoding="utf-8") != str(place.base):
                raise LauncherError(f"{place.root} does not say that it belongs to {place.base}: not deleted")
            shutil.rmtree(place.root)
    for path in (place.data, partial(place), place.root / "s"):
        if path.exists():
            shutil.rmtree(path)
    (place.base / _RECORD).unlink(missing_ok=True)


def door_is_safe(place: Place) -> bool:
    """Whether the socket directory exists and is the server's own: among others, anyone puts up a door."""
    try:
        return _is_private(place.socket, place.data.stat().st_uid)
    except OSError:
        return False


def partial(place: Place) -> Path:
    """Where a new data directory grows before it takes its name: half of one is never mistaken for it."""
    return place.root / "data.partial"


def lend(directory: Path, account: Account) -> None:
    """Make ``directory`` with mode 0700 for ``account``. Raises OSError if it exists or cannot be given."""
    directory.mkdir(mode=0o700)
    if account.borrowed:
        os.chown(directory, account.uid, account.gid, follow_symlinks=False)


def _make_usable(directory: Path, account: Account) -> bool:
    """Whether ``account`` can use ``directory``; made if absent, and gone again if it turns out useless."""
    made = not directory.exists()
    try:
        if made:
            lend(directory, account)
        if can_write(directory, account):
            return True
    except OSError:
        pass
    if made:
        with contextlib.suppress(OSError):
            directory.rmdir()
    return False


def _moved(base: Path, account: Account) -> Path:
    """A directory of ours that ``account`` can reach, for the data of a base that it cannot."""
    if not account.borrowed:
        raise LauncherError(f"{base} cannot be written by this user")
    for parent in _REACHABLE:
        try:
            root = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=parent))
        except OSError:
            continue
        root.chmod(0o711)
        if _make_usable(root / "data", account):
            (root / _BACK_REFERENCE).write_text(str(base), encoding="utf-8")
            return root
        root.rmdir()
    raise LauncherError(
        f"User {account.name}, who runs PostgreSQL for root, cannot reach {base}, nor a directory below "
        f"{' or '.join(map(str, _REACHABLE))}"
    )


def _with_socket(place: Place, account: Account) -> Place:
    inside = place.root / "s"
    if _fits(inside):
        if _make_private(inside, account):
            return replace(place, apart=None)
        raise LauncherError(f"{inside} is not a directory of mode 0700 that belongs to {account.name}")
    if place.apart is not None and _make_private(place.apart, account):
        return place
    for parent in dict.fromkeys((Path(tempfile.gettempdir()), Path("/tmp"), Path("/var/tmp"))):  # noqa: S108
        with contextlib.suppress(OSError):
            apart = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=parent))
            if account.borrowed:
                os.chown(apart, account.uid, account.gid)
            if _fits(apart) and can_write(apart, account):
                return replace(place, apart=apart)
            apart.rmdir()
    raise LauncherError(f"{place.base} is too long a path for a socket, and no temporary directory is usable")


def _fits(directory: Path) -> bool:
    """Whether a socket can live in ``directory``; libpq would read a comma as the end of its name."""
    return len(os.fsencode(directory / SOCKET_NAME)) <= _SOCKET_PATH_BYTES and "," not in str(directory)


def _make_private(directory: Path, account: Account) -> bool:
    """Whether ``directory`` is for ``account`` alone; made if absent."""
    if not directory.exists() and not _make_usable(directory, account):
        return False
    return _is_private(directory, account.uid)


def _is_private(directory: Path, uid: int) -> bool:
    """A real directory of user ``uid``, closed to all others."""
    state = directory.lstat()
    return stat.S_ISDIR(state.st_mode) and state.st_uid == uid and not state.st_mode & 0o077


def _write_down(place: Place) -> None:
    said = {}
    if place.root != place.base:
        said["root"] = str(place.root)
    if place.apart is not None:
        said["socket"] = str(place.apart)
    record = place.base / _RECORD
    if not said:
        record.unlink(missing_ok=True)
        return
    # A temporary file of an unguessable name: a link planted in the base leads nowhere.
    handle, name = tempfile.mkstemp(prefix=f".{_RECORD}-", dir=place.base)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(said, file, indent=1)
        file.flush()
        os.fsync(handle)
    Path(name).replace(record)
