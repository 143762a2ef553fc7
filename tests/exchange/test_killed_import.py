"""An import that was killed at any moment, started again, ends as one that was never broken."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from commonweal.exchange.hsds import beside
from exchange.killing import killed_and_resumed


@pytest.fixture
def two_hundred(deliver: Callable[..., Path]) -> Path:
    from benchmarks.directory_made import make

    folder = deliver("two-hundred")
    make(folder, 200, faulty=0.1)
    return folder


@pytest.mark.django_db(transaction=True)
def test_a_small_import_killed_at_three_points_ends_the_same(two_hundred: Path) -> None:
    chance = random.Random(7)
    killed_and_resumed(two_hundred, [chance.random() * 0.95 for _ in range(3)])


@pytest.mark.django_db(transaction=True)
def test_one_that_was_staged_on_a_connection_of_its_own_does_too(
    two_hundred: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beside, "LARGE", 0)
    chance = random.Random(11)
    killed_and_resumed(two_hundred, [chance.random() * 0.95 for _ in range(3)])
