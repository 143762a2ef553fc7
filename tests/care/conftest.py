"""The county of the referral tests serves care too."""

import pytest

from referrals.world import World, lay_world


@pytest.fixture
def world(db: None) -> World:
    return lay_world()
