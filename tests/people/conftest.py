"""The table of the people tests."""

import pytest

from people.cast import Table, lay_table


@pytest.fixture
def table(db: None) -> Table:
    return lay_table()
