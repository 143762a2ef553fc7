"""The command line as its users meet it: what it prints, what it writes, how it ends."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.conftest import template_name

from commonweal.foundation.database.opening import create_database, doors_from_environment, see_to_database

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def command(django_db_setup: None, django_db_blocker) -> Iterator[Run]:
    """Runs ``commonweal`` as a process of its own, in a database of its own."""
    doors = doors_from_environment()
    assert doors is not None
    mine = replace(doors, name=f"{doors.name}_commands")
    with django_db_blocker.unblock(), doors.connect(database="postgres") as admin:
        create_database(admin, mine.name, mine.owner, template_name())
        see_to_database(admin, mine)
        environment = os.environ | {
            "COMMONWEAL_DB": json.dumps(json.loads(os.environ["COMMONWEAL_DB"]) | {"name": mine.name})
        }

        def run(*words: str) -> "subprocess.CompletedProcess[str]":
            command = [sys.executable, "-m", "commonweal", *words]
            return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)

        yield run
        admin.execute(f'drop database if exists "{mine.name}" with (force)')


def write_directory(folder: Path) -> Path:
    folder.mkdir()
    (folder / "organizations.csv").write_text("id,name\no1,Ferry Street Pantry\n")
    (folder / "services.csv").write_text(
        "id,organization_id,name,status\ns1,o1,Weekly food box,active\ns2,o9,Lost box,active\n"
    )
    return folder


def test_a_directory_goes_in_and_the_public_part_comes_out(command: Run, tmp_path: Path) -> None:
    brought = command("import", "hsds", str(write_directory(tmp_path / "county")), "--json")
    assert brought.returncode == 3, brought.stderr
    report = json.loads(brought.stdout)
    assert (report["read"], report["created"], report["quarantined"]) == (3, 2, 1)
    assert "services.csv row 3: organization_id is o9" in command("quarantine", "list").stdout

    given = command("export", "hsds", str(tmp_path / "out.json"), "--json")
    assert given.returncode == 0, given.stderr
    assert json.loads(given.stdout)["services"] == 1
    (service,) = json.loads((tmp_path / "out.json").read_text())["contents"]
    assert service["name"] == "Weekly food box"


def test_released_figures_go_to_files(command: Run, tmp_path: Path) -> None:
    assert command("export", "measures", str(tmp_path / "figures")).returncode == 0
    assert list((tmp_path / "figures").iterdir()) == []  # nothing is adopted here


def test_the_record_is_whole(command: Run) -> None:
    looked = command("audit", "verify", "--json")
    assert looked.returncode == 0, looked.stdout + looked.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("import", "hsds", "nowhere-at-all"), "nowhere-at-all"),
        (("export", "hsds", "no-such-folder/out.json"), "out.json: it cannot be written"),
        (("measures", "compute", "--as-of", "yesterday"), "--as-of"),
        (("dance",), "invalid choice"),
    ],
)
def test_unusable_input_ends_with_2_and_names_what(command: Run, words: tuple[str, ...], said: str) -> None:
    ended = command(*words)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert said in ended.stderr
