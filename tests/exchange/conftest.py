"""Helpers of the import tests: small deliveries made in a folder, and who brings them in."""

import csv
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import Purpose, Role

KEEPER = Actor(Role.OPERATOR, Purpose.ADMIN, name="the keeper")
Rows = Sequence[Mapping[str, object]]


@pytest.fixture
def keeper() -> Actor:
    """Who keeps the directory."""
    return KEEPER


@pytest.fixture
def deliver(tmp_path: Path) -> Callable[..., Path]:
    """Write tables (name → rows) as CSV into a folder of this name and return it."""

    def write(name: str = "alder-directory", **tables: Rows) -> Path:
        folder = tmp_path / name
        folder.mkdir(parents=True, exist_ok=True)
        for table, rows in tables.items():
            names = list(dict.fromkeys(key for row in rows for key in row)) or ["id"]
            with (folder / f"{table}.csv").open("w", newline="", encoding="utf-8") as file:
                writer = csv.DictWriter(file, names, restval="")
                writer.writeheader()
                writer.writerows(rows)
        return folder

    return write


@pytest.fixture
def bring_in(db: None) -> Callable[..., object]:
    """Import paths as the keeper; returns the report."""
    from commonweal.exchange.hsds import command
    from commonweal.foundation.intake.progress import silent

    def run(*paths: Path, **asked: object) -> object:
        return command.run(list(paths), by=KEEPER, progress=silent, **asked)  # type: ignore[arg-type]

    return run
