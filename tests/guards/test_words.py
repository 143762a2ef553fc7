"""Every word that a page can show has its Spanish."""

import subprocess
import sys

from tests.guards.walk import SOURCE


def test_every_word_has_its_spanish() -> None:
    script = SOURCE.parents[1] / "scripts" / "messages.py"
    ran = subprocess.run(
        [sys.executable, str(script), "--check"], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout[-2000:]
