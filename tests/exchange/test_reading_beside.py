"""A large delivery is read by a process of its own; what comes of it is the same."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from benchmarks.directory_made import make

from commonweal.exchange.hsds import beside, importing, reading, tabular
from commonweal.exchange.hsds.state import directory_state_hash
from commonweal.foundation.access import acting
from commonweal.kernel.errors import BadInput
from exchange.conftest import KEEPER
from exchange.killing import _forget_everything as forget_everything

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def folder(deliver: Callable[..., Path]) -> Path:
    made = deliver("two-hundred")
    make(made, 200, faulty=0.1)
    return made


def _staged() -> int:
    """How many rows stand in the stage."""
    from django.db import connection

    from commonweal.directory.shapes_intake import LAYOUTS

    count = "select " + " + ".join(f"(select count(*) from directory_staged_{kind})" for kind in LAYOUTS)
    with acting(KEEPER), connection.cursor() as cursor:
        cursor.execute(count)
        return int(cursor.fetchone()[0])


def _numbers(report: object) -> dict[str, object]:
    told = report.as_json()  # type: ignore[attr-defined]
    return {name: told[name] for name in ("by_type", "reasons") if name in told}


def test_a_process_and_a_thread_bring_the_same(bring_in, folder, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    by_thread = bring_in(folder)
    state = directory_state_hash()
    forget_everything()
    monkeypatch.setattr(beside, "LARGE", 0)
    by_process = bring_in(folder)
    assert directory_state_hash() == state
    assert _numbers(by_process) == _numbers(by_thread)
    assert by_process.quarantined == by_thread.quarantined > 0  # type: ignore[attr-defined]


def test_a_newer_snapshot_updates_and_marks_the_same_by_either_way(bring_in, folder, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    newer = _newer_than(folder)
    found = []
    for large in (beside.LARGE, 0):
        forget_everything()
        monkeypatch.setattr(beside, "LARGE", large)
        bring_in(folder, source="alder")
        again = bring_in(folder, source="alder")
        report = bring_in(newer, source="alder")
        assert again.created == again.updated == 0
        assert report.created == 1
        assert report.updated > 50
        assert report.not_seen > 50
        found.append((_numbers(again), _numbers(report), directory_state_hash()))
    assert found[0] == found[1]


def _newer_than(older: Path) -> Path:
    """A later snapshot: half of the services is gone, the others changed; one telephone came."""
    newer = older.with_name("newer")
    shutil.copytree(older, newer)
    services = (older / "services.csv").read_text().splitlines(keepends=True)
    kept = "".join(services[: len(services) // 2])
    (newer / "services.csv").write_text(kept.replace("Call or walk in.", "Call."))
    phones = (older / "phones.csv").read_text().splitlines(keepends=True)
    (newer / "phones.csv").write_text("".join([*phones, str(UUID(int=5)) + phones[1][36:]]))
    return newer


@pytest.mark.parametrize("dry", [True, False])
def test_nothing_stays_behind_in_the_stage(bring_in, folder, monkeypatch, dry) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(beside, "LARGE", 0)
    if dry:
        bring_in(folder, dry_run=True)
    else:
        monkeypatch.setattr(importing.Importing, "_settle", _broken)
        with pytest.raises(RuntimeError, match="no quarantine"):
            bring_in(folder)
    assert _staged() == 0


def _broken(self: object, holding: object) -> None:
    raise RuntimeError("no quarantine")


def test_what_a_killed_import_left_in_the_stage_is_not_brought_in(bring_in, folder, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    from commonweal.directory.actions.intake import Stage
    from commonweal.directory.shapes_intake import LAYOUTS, RecordType

    bring_in(folder)
    state = directory_state_hash()
    forget_everything()
    cells = ["Left behind", *[""] * (len(LAYOUTS[RecordType.PROGRAM].all_columns) - 2)]
    line = "\t".join([str(UUID(int=9)), "9", "", "0", "1", "", "", "", *cells])
    with acting(KEEPER):
        Stage("alder").take(RecordType.PROGRAM, f"{line}\n".encode())
    assert _staged() == 1
    monkeypatch.setattr(beside, "LARGE", 0)
    bring_in(folder)
    assert directory_state_hash() == state
    assert _staged() == 0


@pytest.mark.parametrize(
    ("broken", "kind"), [(BadInput("services.csv", "no"), BadInput), (KeyError("x"), RuntimeError)]
)
def test_what_goes_wrong_in_the_process_is_told_here(bring_in, folder, monkeypatch, broken, kind) -> None:  # type: ignore[no-untyped-def]
    def fail(self: object) -> None:
        raise broken

    monkeypatch.setattr(beside, "LARGE", 0)
    monkeypatch.setattr(reading.Reading, "_tables", fail)
    before = directory_state_hash()
    with pytest.raises(kind):
        bring_in(folder)
    assert directory_state_hash() == before


def test_a_reader_that_dies_ends_the_import_and_changes_nothing(bring_in, folder, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    whole, here = tabular.Sheet.batches, os.getpid()

    def dying(self: tabular.Sheet, size: int):  # type: ignore[no-untyped-def]
        if self.path.name == "services.csv" and os.getpid() != here:
            os._exit(9)
        return whole(self, size)

    monkeypatch.setattr(beside, "LARGE", 0)
    monkeypatch.setattr(tabular.Sheet, "batches", dying)
    before = directory_state_hash()
    with pytest.raises(RuntimeError, match="ended early"):
        bring_in(folder)
    assert directory_state_hash() == before
