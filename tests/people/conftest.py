"""The table of the people tests."""

import pytest

from .cast import Table, lay_table


@pytest.fixture
def table(db: None) -> Table:
    return lay_table()
