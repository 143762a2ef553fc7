"""The county of the attacks: laid once a module, in a transaction that is undone."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from tests.security.county import County, lay_county


@pytest.fixture(scope="module")
def county(django_db_setup: None, django_db_blocker) -> Iterator[County]:
    with django_db_blocker.unblock():
        inside = transaction.atomic()
        inside.__enter__()
        try:
            yield lay_county()
        finally:
            transaction.set_rollback(True)
            inside.__exit__(None, None, None)
