"""The finishing touches for many plain rows at once, by their columns.

Each function fills in what the finisher of its kind would fill in of plain rows, and marks as odd every row
that the finisher might fault, hide, or make further records of: those are prepared one by one. A test
compares both ways on rows of every sort.
"""

from collections.abc import Callable, Mapping, Sequence

from commonweal.exchange.hsds import phones
from commonweal.exchange.hsds.faults import Unreadable
from commonweal.exchange.hsds.finishing.shared import CONFIDENTIAL, LISTS, PLACES, STATUS, TEMPLATE
from commonweal.exchange.hsds.plans import Columns
from commonweal.exchange.hsds.records import Preparer

_HIDE_AN_ADDRESS = ("confidential", "undisclosed", "address")
"""One of these is in whatever :data:`CONFIDENTIAL` finds; to look for words is quicker than for a pattern."""


def organizations(preparer: Preparer, columns: Columns) -> None:
    _named(columns)
    columns.doubt(columns.raw("funding_sources"))


def locations(preparer: Preparer, columns: Columns) -> None:
    for name in ("virtual", "languages", "accessibility"):
        columns.doubt(columns.raw(name))
    columns.doubt(map(_no_point, columns.column("latitude"), columns.column("longitude")))
    columns.read["location_type"] = _meant(columns, "location_type", _place)
    _without_template(columns, "name")
    owners = columns.column("organization_id")
    for place, (original, owner) in enumerate(zip(columns.originals, owners, strict=True)):
        if owner and place not in columns.odd:
            preparer.organization_of[original] = owner


def services(preparer: Preparer, columns: Columns) -> None:
    _named(columns)
    columns.read["status"] = _meant(columns, "status", _status)
    ages = [*zip(columns.column("minimum_age"), columns.column("maximum_age"), strict=True)]
    wrong = {pair for pair in {*ages} if _odd_ages(*pair)}
    columns.doubt(pair in wrong for pair in ages)
    for name in ("location_id", *LISTS):
        columns.doubt(columns.raw(name))
    if preparer.eligibility:
        columns.doubt(one in preparer.eligibility for one in columns.originals)


def addresses(preparer: Preparer, columns: Columns) -> None:
    columns.doubt(not one for one in columns.column("location_id"))
    for name in ("address_3", "address_4"):
        columns.doubt(columns.column(name))
    columns.read["address_type"] = _meant(columns, "address_type", _kind_of_address(columns.implied))
    said = zip(*map(columns.column, ("address_1", "address_2", "city", "postal_code")), strict=True)
    columns.doubt(not any(row) for row in said)
    _without_template(columns, "address_1")
    for name in ("address_1", "address_2"):
        column = columns.column(name)
        if any(word in "|".join(column).lower() for word in _HIDE_AN_ADDRESS):
            columns.doubt(map(CONFIDENTIAL.search, column))


def telephones(preparer: Preparer, columns: Columns) -> None:
    for name in ("department", "language"):
        columns.doubt(columns.column(name))
    written = columns.column("number")
    numbers = {cell: _number(cell) for cell in {*written}}
    columns.doubt(numbers[cell] is None for cell in written)
    read = [numbers[cell] or phones.Number("") for cell in written]
    columns.read["number"] = [one.number for one in read]
    columns.read["e164"] = [one.e164 for one in read]
    columns.read["extension"] = [
        said or one.extension for said, one in zip(columns.column("extension"), read, strict=True)
    ]


def _named(columns: Columns) -> None:
    columns.doubt(not name for name in columns.column("name"))
    _without_template(columns, "name")


def _without_template(columns: Columns, name: str) -> None:
    column = columns.column(name)
    whole = "|".join(column)
    if "*" in whole or "!" in whole:
        columns.doubt(map(TEMPLATE.search, column))


def _meant(columns: Columns, name: str, meaning: Callable[[str], str | None]) -> list[str]:
    """A column of a few words by their meaning; what has none here is odd."""
    column: Sequence[str] = columns.column(name)
    meant = {cell: meaning(cell.lower()) for cell in {*column}}
    columns.doubt(meant[cell] is None for cell in column)
    return [meant[cell] or "" for cell in column]


def _place(word: str) -> str | None:
    return "physical" if not word else word if word in PLACES else None


def _status(word: str) -> str | None:
    return STATUS.get(word or "active")


def _kind_of_address(implied: Mapping[str, str]) -> Callable[[str], str]:
    def kind(word: str) -> str:
        word = word or implied.get("address_type", "").lower()
        return word if word in PLACES else "physical"

    return kind


def _no_point(latitude: str, longitude: str) -> bool:
    """Half a point, or the null island."""
    if not latitude or not longitude:
        return bool(latitude or longitude)
    return float(latitude) == 0 and float(longitude) == 0


def _odd_ages(low: str, high: str) -> bool:
    return bool(high) and (float(high) >= 120 or (bool(low) and float(low) > float(high)))


def _number(cell: str) -> phones.Number | None:
    try:
        return phones.number(cell) if cell else None
    except Unreadable:
        return None
