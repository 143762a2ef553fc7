"""The embedded server: started once, shared by all, killed without loss, stopped for good."""

import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from commonweal.foundation.database import accounts, launcher, postmaster
from commonweal.foundation.database.errors import LauncherError, OtherVersionError

from .database_tools import AS_ROOT, alive, client, kill_all, servers, throwaway

SAY_SERVER = "server = launcher.ensure(base); say(server.data_dir); say(server.dsn())"


@pytest.fixture(scope="module")
def base() -> Iterator[Path]:
    """One base for the tests that leave it as they found it, give or take a restart."""
    with throwaway() as directory:
        yield directory / "base"


@pytest.fixture
def fresh() -> Iterator[Path]:
    with throwaway() as directory:
        yield directory / "base"


def test_eight_first_starts_at_once_give_one_server(fresh: Path) -> None:
    answers = [one.end() for one in [client(SAY_SERVER, fresh) for _ in range(8)]]
    assert len(set(answers)) == 1
    assert len(servers(Path(answers[0].split("\n")[0]))) == 1
    with psycopg.connect(answers[0].split("\n")[1]) as connection:
        assert connection.execute("SELECT current_database()").fetchone() == ("commonweal",)


def test_server_is_set_up_as_promised(base: Path) -> None:
    server = launcher.ensure(base)
    with psycopg.connect(server.dsn()) as connection:
        settings = dict(connection.execute("SELECT name, current_setting(name) FROM pg_settings").fetchall())
        letters = connection.execute(
            "SELECT lower('ÁÉÑ'), to_tsvector('simple', 'Peña') @@ 'peña'"
        ).fetchone()
    expected = {
        "data_checksums": "on",
        "fsync": "on",
        "full_page_writes": "on",
        "jit": "off",
        "listen_addresses": "",
        "max_connections": "100",
        "server_encoding": "UTF8",
        "shared_buffers": "512MB",
        "synchronous_commit": "on",
        "TimeZone": "UTC",
        "unix_socket_permissions": "0700",
    }
    assert {name: settings[name] for name in expected} == expected
    assert letters == ("áéñ", True)
    assert server.version == settings["server_version"].split()[0]
    assert server.socket_dir.stat().st_mode & 0o777 == 0o700
    assert server.data_dir.stat().st_mode & 0o777 == 0o700


def test_dsn_names_database_and_user(base: Path) -> None:
    server = launcher.ensure(base, "an odd/name?")
    launcher.ensure(base)
    with psycopg.connect(server.dsn()) as connection:
        assert connection.info.dbname == "an odd/name?"
        connection.execute("CREATE ROLE visitor LOGIN")
    with psycopg.connect(server.dsn("postgres", "visitor")) as connection:
        assert (connection.info.dbname, connection.info.user) == ("postgres", "visitor")


def test_data_outlive_the_server(base: Path) -> None:
    with psycopg.connect(launcher.ensure(base).dsn()) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS n")
    assert launcher.stop(base)
    assert not launcher.running(base)
    assert not launcher.stop(base)
    with psycopg.connect(launcher.ensure(base).dsn()) as connection:
        assert connection.execute("SELECT n FROM kept").fetchone() == (42,)


def test_stop_leaves_no_process(base: Path) -> None:
    server = launcher.ensure(base)
    family = [child for one in servers(server.data_dir) for child in (one, *one.children(recursive=True))]
    assert family
    assert launcher.stop(base)
    assert not servers(server.data_dir)
    assert not [process for process in family if alive(process)]


def test_what_was_never_there_is_not_running_and_is_not_made(fresh: Path) -> None:
    assert not launcher.running(fresh)
    assert not launcher.stop(fresh)
    launcher.discard(fresh)
    assert not fresh.exists()


def test_killed_amid_writes_loses_no_acknowledged_commit(fresh: Path) -> None:
    server = launcher.ensure(fresh)
    with psycopg.connect(server.dsn()) as connection:
        connection.execute(
            "CREATE TABLE written (writer int, n int, half int, PRIMARY KEY (writer, n, half))"
        )

    def write(writer: int, acknowledged: list[tuple[int, int]]) -> None:
        try:
            with psycopg.connect(server.dsn()) as connection:
                for n in range(10**9):
                    for half in (0, 1):
                        connection.execute("INSERT INTO written VALUES (%s, %s, %s)", [writer, n, half])
                    connection.commit()
                    acknowledged.append((writer, n))
        except psycopg.Error:
            return

    for turn in range(3):
        acknowledged: list[tuple[int, int]] = []
        writers = [threading.Thread(target=write, args=(turn * 4 + k, acknowledged)) for k in range(4)]
        for writer in writers:
            writer.start()
        time.sleep(0.6 + 0.2 * turn)
        kill_all(server.data_dir)
        for writer in writers:
            writer.join()
        launcher.ensure(fresh)
        with psycopg.connect(server.dsn()) as connection:
            halves = {
                (writer, n): count
                for writer, n, count in connection.execute(
                    "SELECT writer, n, count(*) FROM written GROUP BY 1, 2"
                )
            }
        assert len(acknowledged) > 20
        assert set(acknowledged) <= set(halves)
        assert set(halves.values()) == {2}


def test_orphans_of_a_killed_postmaster_do_not_bar_the_next(base: Path) -> None:
    server = launcher.ensure(base)
    with psycopg.connect(server.dsn()):
        servers(server.data_dir)[0].kill()
        launcher.ensure(base)
    assert len(servers(server.data_dir)) == 1


def test_recycled_process_id_bars_nothing_and_is_left_alone(base: Path) -> None:
    server = launcher.ensure(base)
    kill_all(server.data_dir)
    account = accounts.account_for(server.data_dir)
    user = account.uid if account.borrowed else None
    with subprocess.Popen(["/bin/sleep", "60"], user=user) as innocent:
        note = server.data_dir / "postmaster.pid"
        first, rest = note.read_text().split("\n", 1)
        assert first.isdigit()
        note.write_text(f"{innocent.pid}\n{rest}")
        assert not launcher.stop(base)
        launcher.ensure(base)
        assert launcher.stop(base)
        assert innocent.poll() is None
        innocent.kill()


def test_half_made_data_are_made_anew(fresh: Path) -> None:
    fresh.mkdir()
    (fresh / "data.partial").mkdir()
    (fresh / "data.partial" / "PG_VERSION").write_text("18")
    server = launcher.ensure(fresh)
    assert server.data_dir == fresh / "data"
    assert not (fresh / "data.partial").exists()


def test_swept_away_socket_comes_back(base: Path) -> None:
    shutil.rmtree(launcher.ensure(base).socket_dir)
    assert not launcher.running(base)
    launcher.ensure(base)
    assert launcher.running(base)


def test_data_of_another_version_are_refused_and_left_alone(base: Path) -> None:
    server = launcher.ensure(base)
    launcher.stop(base)
    version = server.data_dir / "PG_VERSION"
    made_by = version.read_text()
    version.write_text("12\n")
    before = sorted(path.name for path in server.data_dir.iterdir())
    with pytest.raises(OtherVersionError, match=r"PostgreSQL 12.*Nothing was changed.*COMMONWEAL_PG_BIN"):
        launcher.ensure(base)
    assert sorted(path.name for path in server.data_dir.iterdir()) == before
    version.write_text(made_by)


def test_failing_start_says_why_at_once(base: Path) -> None:
    server = launcher.ensure(base)
    launcher.stop(base)
    main = server.data_dir / "postgresql.conf"
    text = main.read_text()
    main.write_text(f"{text}\nno_such_setting = 1\n")
    with pytest.raises(LauncherError, match="no_such_setting"):
        launcher.ensure(base)
    main.write_text(text)


def test_base_that_is_a_file_is_an_error_in_our_words(fresh: Path) -> None:
    fresh.write_text("")
    with pytest.raises(LauncherError, match="cannot be used"):
        launcher.ensure(fresh)


def test_log_keeps_nothing_about_people(base: Path) -> None:
    server = launcher.ensure(base)
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        connection.execute("CREATE TABLE person (name text PRIMARY KEY)")
        connection.execute("INSERT INTO person VALUES ('Maria Quintero')")
        for statement in (
            "INSERT INTO person VALUES ('Maria Quintero')",
            "SELECT 'Maria Quintero'::text / 2",
        ):
            with pytest.raises(psycopg.Error):
                connection.execute(statement)
    log = (server.data_dir / "server.log").read_text()
    assert "person_pkey" in log
    assert "Quintero" not in log


def test_server_is_deaf_to_ctrl_c_in_its_starter(fresh: Path) -> None:
    starter = client(f"{SAY_SERVER}; sys.stdin.readline()", fresh)
    data = Path(starter.line())
    (server,) = servers(data)
    assert os.getsid(server.pid) != os.getsid(starter.pid)
    assert os.getpgid(server.pid) != os.getpgid(starter.pid)
    starter.send_signal(signal.SIGKILL)
    starter.communicate()
    assert launcher.running(fresh)


@pytest.mark.skipif(not AS_ROOT, reason="only root borrows an account")
def test_as_root_the_server_runs_as_a_lesser_account(base: Path) -> None:
    server = launcher.ensure(base)
    (process,) = servers(server.data_dir)
    assert set(process.uids()) == {server.data_dir.stat().st_uid}
    assert 0 not in process.uids()
    assert os.getgroups() is not None
    assert Path(f"/proc/{process.pid}/status").read_text().split("Groups:")[1].split("\n")[0].split() == []


def test_noted_process_counts_only_if_it_is_this_server(base: Path) -> None:
    server = launcher.ensure(base)
    (process,) = servers(server.data_dir)
    assert postmaster.find(server.data_dir) == process.pid
    assert postmaster.find(server.data_dir.parent / "elsewhere") is None
