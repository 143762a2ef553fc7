"""From the address of a search to its query and back: short names, lenient values, nothing kept."""

from collections.abc import Mapping
from urllib.parse import quote_plus

from commonweal.directory.rules.languages import LANGUAGES
from commonweal.directory.rules.places import METERS_PER_MILE
from commonweal.directory.shapes_search import SearchQuery
from commonweal.kernel.domains import NeedDomain

MOST_TYPED = 200
RADII = (1, 5, 15, 40)
"""Miles that one may choose."""
_DOMAINS = {domain.value: domain for domain in NeedDomain}


def query_from(values: Mapping[str, str]) -> SearchQuery:
    """The query of these values. What makes no sense is left out, so that no link ever fails."""
    miles = _number(values.get("within", ""), 100)
    return SearchQuery(
        need=values.get("q", "")[:MOST_TYPED].strip(),
        domain=_DOMAINS.get(values.get("need", "")),
        near=values.get("near", "")[:MOST_TYPED].strip(),
        radius=miles * METERS_PER_MILE if miles else None,
        language=values.get("speaks", "") if values.get("speaks", "") in LANGUAGES else "",
        open_now="open" in values,
        free="free" in values,
        age=_number(values.get("age", ""), 120),
        step_free="walk" in values,
        no_documents="noid" in values,
        room_now="room" in values,
        include_stale="all" in values,
        page=_number(values.get("page", ""), 200) or 1,
    )


def _number(text: str, most: int) -> int | None:
    text = text.strip()
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 4 and int(text) <= most else None


def is_asked(query: SearchQuery) -> bool:
    """Whether anything was asked: an empty form shows no list."""
    return query != SearchQuery()


def parameters(query: SearchQuery, **changes: str | None) -> str:
    """The query as the part of an address behind ``?``; ``changes`` add values, or drop those of ``None``."""
    miles = round(query.radius / METERS_PER_MILE) if query.radius else None
    values: dict[str, str | None] = {
        "q": query.need,
        "need": query.domain.value if query.domain else None,
        "near": query.near,
        "within": str(miles) if miles else None,
        "speaks": query.language,
        "open": "1" if query.open_now else None,
        "walk": "1" if query.step_free else None,
        "noid": "1" if query.no_documents else None,
        "free": "1" if query.free else None,
        "age": None if query.age is None else str(query.age),
        "room": "1" if query.room_now else None,
        "all": "1" if query.include_stale else None,
        "page": str(query.page) if query.page > 1 else None,
    } | changes
    return "&".join([f"{name}={_quoted(value)}" for name, value in values.items() if value])


def _quoted(value: str) -> str:
    """As in an address. A page writes half a dozen of them, mostly of plain words and numbers."""
    return value if value.isascii() and value.isalnum() else quote_plus(value)
