"""Killing an import in a process of its own, for the tests here and those with real data."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role

KEEPER = Actor(Role.OPERATOR, Purpose.ADMIN, name="the keeper")
_CHILD = """
import sys, os
from pathlib import Path
import django
django.setup()
from commonweal.exchange.hsds import beside, command
from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import Purpose, Role
if len(sys.argv) > 2:
    beside.LARGE = int(sys.argv[2])
def progress(done, whole, doing):
    print(doing, flush=True)
command.run([Path(sys.argv[1])], by=Actor(Role.OPERATOR, Purpose.ADMIN), source="killed", progress=progress)
print("ended", flush=True)
"""


def _start(folder: Path) -> subprocess.Popen[str]:
    """An import as a program of its own; what counts as large there is what does here."""
    from django.conf import settings

    from commonweal.exchange.hsds import beside

    environment = dict(os.environ)
    doors = json.loads(environment["COMMONWEAL_DB"])
    doors["name"] = settings.DATABASES["default"]["NAME"]
    environment["COMMONWEAL_DB"] = json.dumps(doors)
    return subprocess.Popen(
        [sys.executable, "-c", _CHILD, str(folder), str(beside.LARGE)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _kill_after(folder: Path, seconds: float) -> bool:
    """Run an import in a process of its own and kill it this long after it began to read; True if killed."""
    process = _start(folder)
    assert process.stdout is not None
    first = process.stdout.readline()
    assert first, process.stderr.read() if process.stderr else ""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        time.sleep(0.005)
    killed = process.poll() is None
    if killed:
        process.send_signal(signal.SIGKILL)
    process.communicate()
    return killed


def _import(folder: Path, source: str = "killed") -> object:
    from commonweal.exchange.hsds import command
    from commonweal.foundation.intake.progress import silent

    return command.run([folder], by=KEEPER, source=source, progress=silent)


def _wait_for_server() -> None:
    """A killed client's back end ends by itself, its transaction undone; wait until it has."""
    from django.db import connection

    for _ in range(400):
        with connection.cursor() as cursor:
            cursor.execute(
                "select count(*) from pg_locks where locktype = 'advisory' and pid <> pg_backend_pid()"
                " and database = (select oid from pg_database where datname = current_database())"
            )
            if not cursor.fetchone()[0]:
                return
        time.sleep(0.05)


def _runs() -> list[str]:
    from commonweal.foundation.intake.models import ImportRun

    with acting(KEEPER):
        return list(ImportRun.objects.order_by("started_at").values_list("state", flat=True))


def killed_and_resumed(folder: Path, points: list[float]) -> None:
    from commonweal.exchange.hsds.state import directory_state_hash

    began = time.monotonic()
    process = _start(folder)
    assert process.stdout is not None
    process.stdout.readline()
    began = time.monotonic()
    _, complaint = process.communicate(timeout=600)
    assert process.returncode == 0, complaint
    whole = time.monotonic() - began
    unbroken = directory_state_hash()

    kills = 0
    for share in points:
        _forget_everything()
        kills += _kill_after(folder, share * whole)
        _wait_for_server()
        report = _import(folder)
        assert directory_state_hash() == unbroken, f"differs when killed at {share:.0%}"
        assert report.exit_code in (0, 3)
    assert kills >= len(points) // 2
    assert set(_runs()) <= {"done", "broken"}


def _forget_everything() -> None:
    """An empty directory again: the test database alone allows it."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "select string_agg(quote_ident(tablename), ', ') from pg_tables where schemaname = 'public'"
            " and (tablename like 'directory\\_%%' or tablename like 'intake\\_%%')"
            " and tablename not like 'directory\\_stage\\_%%'"
        )
        cursor.execute(f"truncate {cursor.fetchone()[0]} cascade")
