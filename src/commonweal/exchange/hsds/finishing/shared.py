"""What several kinds of row have in common: lists in a cell, names that must be, what counts as hidden."""

import re

from commonweal.directory.shapes_intake import RecordType as T
from commonweal.exchange.hsds import cells, tongues
from commonweal.exchange.hsds.plans import Row
from commonweal.exchange.hsds.records import Record

Derived = list[tuple[T, Record, str]]

LICENSED = re.compile(
    r"\b(?:AIRS|211\s?HSIS|HSIS|211\s?L\.?A\.?|INFO\s?LINE|Taxonomy of Human Services)\b", re.IGNORECASE
)

LICENSED_CODE = re.compile(r"[A-Z]{1,2}-\d{4}(?:\.\d{4}(?:-\d{3}(?:\.\d{2})?)?)?\Z")

CONFIDENTIAL = re.compile(
    r"\b(?:confidential|undisclosed|address (?:is )?(?:withheld|not published))\b", re.IGNORECASE
)

TEMPLATE = re.compile(r"\*required\*|\A!-hsds-required-!\Z", re.IGNORECASE)

STATUS = {
    "active": "active", "open": "active", "available": "active", "published": "active",
    "verified": "active", "vetted": "active", "verification in progress": "active", "not vetted": "active",
    "inactive": "inactive", "suspended": "inactive", "closed": "defunct", "defunct": "defunct",
    "ended": "defunct", "discontinued": "defunct", "temporarily closed": "temporarily closed",
    "temporarily_closed": "temporarily closed", "on hold": "temporarily closed",
}  # fmt: skip

KINDS = {kind.value: kind for kind in T}

PLACES = ("physical", "postal", "virtual")

LISTS = frozenset(
    {
        "languages",
        "required_documents",
        "service_areas",
        "funding_sources",
        "accepted_payments",
        "taxonomy_ids",
    }
)
"""Columns of a service that list what HSDS keeps in tables of their own."""


def listed(cell: str) -> list[str]:
    """The members of a cell that lists several things; ``{a,b}`` is PostgreSQL's way."""
    if not cell:
        return []
    parts = re.split(r"[;,]", cells.text(cell).strip("{}"))
    return list(dict.fromkeys(part.strip(" \"'") for part in parts if part.strip(" \"'")))


def needs_name(row: Row) -> None:
    name = row.record.get("name", "")
    if not name:
        row.fault("name", "missing")
    elif TEMPLATE.search(name):
        row.fault("name", "template", name)


def language(word: str) -> Record:
    code = tongues.code_of(word)
    return {"name": tongues.name_of(code) if word == code else word, "code": code}
