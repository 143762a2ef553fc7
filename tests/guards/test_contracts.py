"""The import contracts of pyproject.toml hold."""

import subprocess
import sys

from tests.guards.walk import SOURCE

ROOT = SOURCE.parents[1]


def test_the_import_contracts_hold() -> None:
    """Storeys, rooms, quiet rooms; the doors are in test_rooms."""
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports; raise SystemExit(lint_imports())",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout[-3000:]
    assert "0 broken" in done.stdout
