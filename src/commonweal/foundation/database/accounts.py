"""Whose processes the server's are. PostgreSQL refuses to run as root, so root lends it another account."""

import os
import pwd
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from commonweal.foundation.database.errors import LauncherError

ACCOUNT_VARIABLE = "COMMONWEAL_PG_ACCOUNT"
UNPRIVILEGED = ("nobody", "daemon")

# A clean environment: no PG* variable, locale or library path of the caller reaches the server.
_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC", "HOME": "/"}


@dataclass(frozen=True)
class Account:
    """An operating system account. ``borrowed`` means that we are root and step down to it."""

    name: str
    uid: int
    gid: int
    borrowed: bool


@dataclass(frozen=True)
class Outcome:
    """How a command ended: its exit code, and its output and errors as one text."""

    code: int
    output: str


def account_for(data: Path) -> Account:
    """The account that runs the server over ``data``: its owner; else ours, or as root a borrowed one.

    Raises LauncherError if the data belongs to someone we cannot act as.
    """
    owner = _owner(data)
    mine = os.geteuid()
    if mine != 0:
        if owner is not None and owner != mine:
            raise LauncherError(f"{data} belongs to user {_name(owner)}: start Commonweal as that user")
        return Account(_name(mine), mine, os.getegid(), borrowed=False)
    if owner:
        return _borrow(_name(owner))
    names = (os.environ[ACCOUNT_VARIABLE],) if os.environ.get(ACCOUNT_VARIABLE) else UNPRIVILEGED
    for name in names:
        account = _find(name)
        if account is not None and account.uid != 0:
            return account
    raise LauncherError(
        "PostgreSQL does not run as root, and none of these accounts can be borrowed for it: "
        f"{', '.join(names)}. Start Commonweal as an ordinary user, or name an account in {ACCOUNT_VARIABLE}"
    )


def run(
    command: Sequence[str | Path], account: Account, *, given: str | None = None, seconds: float = 120
) -> Outcome:
    """Run ``command`` as ``account`` from ``/`` in a clean environment and a session of its own.

    A session of its own, so that Ctrl-C in a terminal reaches us and not a server being started or stopped.
    ``given`` is its standard input; ``seconds`` its time limit. Output is captured.
    Raises LauncherError when it cannot be run at all; a non-zero exit is the caller's to judge.
    """
    step_down = account.borrowed
    try:
        done = subprocess.run(  # noqa: S603 - our own binaries, no shell
            [str(word) for word in command],
            input=given or "",
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="surrogateescape",
            env=_ENVIRONMENT,
            cwd="/",
            umask=0o077,
            start_new_session=True,
            timeout=seconds,
            check=False,
            user=account.uid if step_down else None,
            group=account.gid if step_down else None,
            extra_groups=[] if step_down else None,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise LauncherError(f"{command[0]} cannot be run as {account.name}: {error}") from error
    return Outcome(done.returncode, done.stdout)


def can_run(binary: Path, account: Account) -> bool:
    """Whether ``account`` can really execute ``binary``, by doing it: modes are not guessed at."""
    try:
        return run([binary, "--version"], account, seconds=20).code == 0
    except LauncherError:
        return False


def can_write(directory: Path, account: Account) -> bool:
    """Whether ``account`` can really enter ``directory`` and write there."""
    script = 'cd "$1" && test -w .'
    return run(["/bin/sh", "-c", script, "sh", directory], account, seconds=20).code == 0


def write_as(account: Account, path: Path, text: str) -> None:
    """Replace the file at ``path`` by ``text``, atomically, with the rights of ``account`` and no more.

    Root never writes into a directory that a lesser account owns: a planted link would lead it astray.
    """
    script = 'cat > "$1.new" && mv "$1.new" "$1"'
    done = run(["/bin/sh", "-c", script, "sh", path], account, given=text)
    if done.code:
        raise LauncherError(f"{path} cannot be written as {account.name}: {done.output.strip()}")


def _owner(path: Path) -> int | None:
    try:
        return path.stat().st_uid
    except FileNotFoundError:
        return None
    except PermissionError as error:
        raise LauncherError(f"{path} cannot be reached by this user") from error


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def _find(name: str) -> Account | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(name, entry.pw_uid, entry.pw_gid, borrowed=True)


def _borrow(name: str) -> Account:
    account = _find(name)
    if account is None:
        raise LauncherError(f"The data belongs to user id {name}, which has no account on this machine")
    return account
