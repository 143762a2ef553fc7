"""The last client to leave stops the server, and a killed client holds nothing up."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from commonweal.foundation.database import launcher
from commonweal.foundation.database.lease import lease

from .database_tools import client, servers, soon, throwaway

LEASE = """
with lease.lease(base) as server:
    say(server.data_dir)
    sys.stdin.readline()
"""
HOLD = """
say(lease.hold(base).data_dir)
assert lease.hold(base, "second").database == "second"
sys.stdin.readline()
"""


@pytest.fixture(scope="module")
def base() -> Iterator[Path]:
    with throwaway() as directory:
        yield directory / "base"


def test_last_client_of_a_test_run_leaves_nothing_running(base: Path) -> None:
    first, second, third = client(LEASE, base), client(HOLD, base), client(LEASE, base)
    data = {Path(one.line()) for one in (first, second, third)}
    assert len(data) == 1
    assert len(servers(*data)) == 1

    first.kill()
    first.communicate()
    assert launcher.running(base)
    third.end()
    assert launcher.running(base)
    second.end()
    assert not launcher.running(base)
    assert soon(lambda: not servers(*data))


def test_server_of_a_killed_last_client_ends_with_the_next_lease(base: Path) -> None:
    lonely = client(HOLD, base)
    data = Path(lonely.line())
    lonely.kill()
    lonely.communicate()
    assert launcher.running(base)
    with lease(base):
        assert len(servers(data)) == 1
    assert not servers(data)


def test_leases_of_one_process_nest(base: Path) -> None:
    with lease(base) as outer:
        with lease(base, "other") as inner:
            assert inner.database == "other"
        assert launcher.running(base)
    assert not launcher.running(base)
    assert not servers(outer.data_dir)


def test_forked_child_keeps_the_server_until_it_ends(base: Path) -> None:
    script = """
with lease.lease(base) as server:
    gate, opener = os.pipe()
    child = os.fork()
    if not child:
        os.close(opener)
        os.read(gate, 1)
        os._exit(0)
say(launcher.running(base))
os.close(opener)
os.waitpid(child, 0)
with lease.lease(base):
    pass
say(launcher.running(base))
"""
    assert client(script, base).end().split() == ["True", "False"]


def test_error_inside_a_lease_stops_the_server_too(base: Path) -> None:
    with pytest.raises(ZeroDivisionError), lease(base):
        raise ZeroDivisionError
    assert not launcher.running(base)


def test_coming_and_going_at_once_never_pulls_the_server_away(base: Path) -> None:
    script = """
import psycopg
for _ in range(3):
    with lease.lease(base) as server, psycopg.connect(server.dsn()) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
say("well")
"""
    visitors = [client(script, base) for _ in range(4)]
    assert [visitor.end().strip() for visitor in visitors] == ["well"] * 4
    assert not launcher.running(base)


def test_base_deleted_under_a_lease_leaves_no_server() -> None:
    # Below a closed directory: as root the data lie elsewhere and outlive the base.
    with throwaway(0o700) as directory:
        base = directory / "base"
        with lease(base) as server:
            launcher.stop(base)
            launcher.ensure(base)
            elsewhere = server.data_dir.parent != base
            shutil.rmtree(base) if elsewhere else launcher.discard(base)
        assert not servers(server.data_dir)
        if elsewhere:
            shutil.rmtree(server.data_dir.parent)
