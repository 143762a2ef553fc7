"""Whom a county counts, and whether they have their share of seats. Pure; a share, never a ranking.

Shares are ranges: a published estimate carries a margin, and a small body can't be split finer than a seat.
"""

from collections.abc import Iterable, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, InvalidOperation

from commonweal.kernel.errors import BadInput
from commonweal.kernel.text import fold
from commonweal.kernel.words import N_
from commonweal.partners.shapes_seats import PopulationGap, PopulationShape
from commonweal.partners.vocabulary_seats import POPULATION_NAMES, Population

SVI_COLUMNS: dict[Population, tuple[str, ...]] = {
    Population.CHILDREN: ("AGE17",),
    Population.OLDER: ("AGE65",),
    Population.DISABLED: ("DISABL",),
    Population.POOR: ("POV150", "POV"),
    Population.UNINSURED: ("UNINSUR",),
    Population.LIMITED_ENGLISH: ("LIMENG",),
    Population.BLACK: ("AFAM",),
    Population.HISPANIC: ("HISP",),
    Population.ASIAN: ("ASIAN",),
    Population.NATIVE: ("AIAN",),
    Population.ISLANDER: ("NHPI",),
}
"""Columns ``EP_…`` (percent) and ``MP_…`` (margin) of the CDC/ATSDR Social Vulnerability Index by county.

Whom it counts by household (cars, single parents) is left out: a household is no neighbor.
"""

Rows = Iterable[Mapping[str, str]]


def read_figures(rows: Rows, *, county: str, source: str, year: int | None) -> list[PopulationShape]:
    """The figures of one county from a table: of the index above, or a plain one.

    The plain one has the columns ``population, percent`` and where known ``margin, name, county, source,
    year``. A value that is missing (empty or -999) is left out. Raises BadInput where the table or the county
    is unknown, or a value is no share.
    """
    rows = iter(rows)
    for row in rows:
        plain = {key.strip().lstrip("\ufeff"): (value or "").strip() for key, value in row.items() if key}
        if "population" in plain:
            return _plain([plain, *map(_clean, rows)], county, source, year)
        if "FIPS" not in plain:
            raise BadInput("file", N_("The file has neither a column population nor a column FIPS."))
        if _is_county(plain, county):
            if year is None:
                raise BadInput("year", N_("Say of which year the figures are."))
            return _index(plain, source, year)
    raise BadInput("county", N_("The file has no such county."))


def _clean(row: Mapping[str, str]) -> dict[str, str]:
    return {key.strip(): (value or "").strip() for key, value in row.items() if key}


def _is_county(row: Mapping[str, str], county: str) -> bool:
    asked = county.strip()
    if asked.isdigit():  # a spreadsheet eats leading zeros
        return row["FIPS"].zfill(5) == asked.zfill(5)
    return fold(row.get("LOCATION", "")) == fold(asked)


def _index(row: Mapping[str, str], source: str, year: int) -> list[PopulationShape]:
    found = []
    for population, names in SVI_COLUMNS.items():
        for name in names:
            percent = _percent(row.get(f"EP_{name}", ""))
            if percent is not None:
                margin = _percent(row.get(f"MP_{name}", "")) or Decimal(0)
                place = row.get("LOCATION") or row.get("COUNTY", "")
                found.append(PopulationShape(population.value, "", percent, margin, place, source, year))
                break
    return found


def _plain(
    rows: Iterable[Mapping[str, str]], county: str, source: str, year: int | None
) -> list[PopulationShape]:
    found = []
    for row in rows:
        said_name, percent = row["population"], _percent(row.get("percent", ""))
        key = fold(said_name).replace(" ", "-")[:40]
        said = row.get("year", "")
        of_year = int(said) if said.isdigit() else year
        if not key or percent is None:
            continue
        if of_year is None:
            raise BadInput("year", N_("Say of which year the figures are."))
        found.append(
            PopulationShape(
                key=key,
                name="" if key in set(Population) else (row.get("name") or said_name)[:120],
                percent=percent,
                margin=_percent(row.get("margin", "")) or Decimal(0),
                county=row.get("county") or county,
                source=row.get("source") or source,
                year=of_year,
            )
        )
    return found


def _percent(text: str) -> Decimal | None:
    if not text:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise BadInput("percent", N_("A share is a number between 0 and 100.")) from None
    if value == -999:
        return None
    if not 0 <= value <= 100:
        raise BadInput("percent", N_("A share is a number between 0 and 100."))
    return value.quantize(Decimal("0.01"))


def population_name(figure: PopulationShape) -> str:
    """Its name in English, marked for translation where we know it."""
    return figure.name or POPULATION_NAMES.get(Population(figure.key), figure.key)


def range_of(figure: PopulationShape) -> tuple[int, int]:
    """From how many to how many of a hundred, in whole neighbors."""
    low = max(figure.percent - figure.margin, Decimal(0)).to_integral_value(ROUND_FLOOR)
    high = min(figure.percent + figure.margin, Decimal(100)).to_integral_value(ROUND_CEILING)
    return int(low), int(high)


def gaps(figures: Iterable[PopulationShape], speaking: Mapping[str, int], seats: int) -> list[PopulationGap]:
    """Populations with fewer seats than the low end of their share, in the order in which they came.

    ``speaking``: how many filled seats speak for a population, by its folded key or name. Where less than one
    whole seat would be its share, nothing is said: that is no gap but the size of the body.
    """
    found = []
    for figure in figures:
        low, high = range_of(figure)
        name, expected = population_name(figure), seats * low // 100
        have = speaking.get(fold(name), 0) or speaking.get(fold(figure.key), 0)
        if have < expected:
            found.append(PopulationGap(name, low, high, have, expected, seats, figure.source, figure.year))
    return found
