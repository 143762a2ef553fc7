"""Published figures of real counties are read as they are, faults and all."""

import csv
import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from commonweal.partners import rules
from commonweal.partners.rules.representation import range_of

pytestmark = pytest.mark.corpus


def _rows(shared_data: Path, year: int) -> Iterator[dict[str, str]]:
    path = shared_data / "community" / "indicators_svi" / f"SVI_{year}_US_county.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:  # with the mark of the maker's BOM
        yield from csv.DictReader(file)


def test_every_county_of_two_vintages_can_be_read(shared_data: Path) -> None:
    for year, fewest in ((2018, 5), (2022, 11)):
        counties = [row["FIPS"] for row in _rows(shared_data, year)]
        assert len(counties) > 3100
        for row in _rows(shared_data, year):
            found = rules.read_figures([row], county=row["FIPS"], source="SVI", year=year)
            assert len(found) >= fewest, row["FIPS"]
            assert all(0 <= low <= high <= 100 for low, high in map(range_of, found))


def test_a_county_whose_poverty_is_missing_says_nothing_of_it(shared_data: Path) -> None:
    found = rules.read_figures(_rows(shared_data, 2018), county="35039", source="SVI", year=2018)
    assert {f.county for f in found} == {"Rio Arriba County, New Mexico"}
    assert "poor" not in {f.key for f in found}
    assert "limited-english" in {f.key for f in found}


def test_what_a_table_of_twenty_lacks_in_central_oregon(shared_data: Path) -> None:
    """Deschutes County 2022: 20 % are 65 or older; of 20 seats two speak for them, four would be due."""
    found = rules.read_figures(
        _rows(shared_data, 2022), county="Deschutes County, Oregon", source="SVI", year=2022
    )
    gaps = {g.name: g for g in rules.gaps(found, {"people 65 or older": 2}, 20)}
    older = gaps["People 65 or older"]
    assert (older.low, older.high, older.seats, older.expected) == (20, 21, 2, 4)
    assert "Asian neighbors" not in gaps, "less than one seat of twenty is no gap"
