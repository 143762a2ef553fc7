"""The small table."""

import pytest

from tests.partners.table import Table, lay_table


@pytest.fixture
def table(db: None) -> Table:
    return lay_table()
