"""The county of the referral tests."""

import pytest

from .world import World, lay_world


@pytest.fixture
def world(db: None) -> World:
    return lay_world()
