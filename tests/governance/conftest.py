"""The small table, in English unless a test says otherwise."""

from collections.abc import Iterator

import pytest
from django.utils import translation
from tests.partners.table import Table, lay_table


@pytest.fixture
def table(db: None) -> Table:
    return lay_table()


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield
