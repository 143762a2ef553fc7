"""The home greets by the name that people use."""

from datetime import UTC, datetime

import pytest

from commonweal.site.templatetags.site_tags import greeting


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Danielle Whitfield", "Good morning, Danielle"),
        ("Dr. Hal Gorman", "Good morning, Dr. Gorman"),
        ("Commissioner Dell Rourke", "Good morning, Commissioner Rourke"),
        ("Judge", "Good morning, Judge"),
        ("", "Good morning"),
    ],
)
def test_who_goes_by_a_title_keeps_it(name: str, said: str) -> None:
    assert greeting(datetime(2026, 11, 2, 8, tzinfo=UTC), name) == said
