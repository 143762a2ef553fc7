"""A large delivery is read by a process of its own; what comes of it is the same."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from commonweal.exchange.hsds import beside, reading, tabular
from commonweal.exchange.hsds.state import directory_state_hash
from commonweal.kernel.errors import BadInput
from exchange.killing import _forget_everything as forget_everything

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def folder(deliver: Callable[..., Path]) -> Path:
    from benchmarks.directory_made import make

    made = deliver("two-hundred")
    make(made, 200, faulty=0.1)
    return made


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
