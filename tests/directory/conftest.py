"""A small invented directory, made row by row, and searched as a stranger does."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from commonweal.kernel.clock import at

NOW = datetime(2026, 11, 24, 17, tzinfo=UTC)


@pytest.fixture
def clock() -> Iterator[datetime]:
    """Tuesday noon in New York, and nothing remembered from another test."""
    from commonweal.directory.queries import lexicon, offers, places
    from commonweal.directory.web import skeleton

    for kept in (lexicon, offers, places, skeleton):
        kept.forget()
    with at(NOW):
        yield NOW


@pytest.fixture
def make(db: None, clock: datetime) -> Callable[..., UUID]:
    """Make a service with everything that hangs on it, and put it into the search. Returns its id."""
    from directory_rows import make_service

    return make_service


@pytest.fixture
def steward(db: None) -> Any:
    """Who looks after the directory."""
    from commonweal.directory.actions.search_index import KEEPER

    return KEEPER


@pytest.fixture
def visitor(clock: datetime) -> Any:
    """A stranger's browser."""
    from django.test import Client

    return Client()
