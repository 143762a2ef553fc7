"""The stage of the screening tests."""

from collections.abc import Iterator

import pytest

from commonweal.foundation.access import Actor, acting

from .cast import Stage, lay_stage


@pytest.fixture
def stage(db: None) -> Stage:
    return lay_stage()


@pytest.fixture
def ines(stage: Stage) -> Iterator[Actor]:
    """Everything in the test is done by Inés, for coordination."""
    with acting(stage.ines):
        yield stage.ines
