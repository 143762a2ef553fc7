"""The Miami directory, killed while it comes in."""

import random
from pathlib import Path

import pytest

from exchange.killing import killed_and_resumed


@pytest.mark.slow
@pytest.mark.corpus
@pytest.mark.django_db(transaction=True)
def test_the_miami_import_killed_at_twenty_points_ends_the_same(shared_data: Path) -> None:
    chance = random.Random(20)
    folder = shared_data / "directory" / "hsds-miami-211-2019"
    killed_and_resumed(folder, sorted(chance.random() * 0.98 for _ in range(20)))
