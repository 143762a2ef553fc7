"""The small table."""

import pytest

from partners.table import Table, lay_table


@pytest.fixture
def table(db: None) -> Table:
    return lay_table()
