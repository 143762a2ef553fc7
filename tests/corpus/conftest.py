"""Real data for development, where it is at hand: ``COMMONWEAL_SHARED_DATA`` or ``../shared/data``."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of shared development data; the test is skipped where it is absent."""
    named = os.environ.get("COMMONWEAL_SHARED_DATA")
    place = Path(named) if named else ROOT.parent / "shared" / "data"
    if not place.is_dir():
        pytest.skip("no shared development data here: set COMMONWEAL_SHARED_DATA to its folder")
    return place
