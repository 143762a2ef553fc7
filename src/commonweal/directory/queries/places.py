"""From what people type for *near* to a point: by the directory's own public addresses, nothing else."""

import re
import time
from collections.abc import Sequence

from django.db import connection

from commonweal.directory.shapes_search import Spot
from commonweal.kernel.text import fold

_POINT = re.compile(r"^\s*(-?\d{1,2}(?:\.\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*$")
_ZIP = re.compile(r"\b(\d{5})(?:-\d{4})?\b")
_SHORT = {"st": "street", "ave": "avenue", "av": "avenue", "rd": "road", "blvd": "boulevard", "dr": "drive",
          "ln": "lane", "ct": "court", "hwy": "highway", "sq": "square", "pl": "place"}  # fmt: skip
_NUMBER_FIRST = re.compile(r"^\d+\s+")
_KEEP_SECONDS = 60.0
_MOST_KEPT = 2000
_held: dict[str, tuple[float, Spot | None]] = {}

_FIND = """
select name, within, latitude, longitude from directory_place
where key = any(%s) order by within = any(%s) desc, array_position(%s, key),
  array_position(array['zip', 'city', 'area', 'street'], kind), locations desc limit 1
"""
_LIKE = """
select name, within, latitude, longitude from directory_place
where kind in ('city', 'area') and abs(length(key) - length(%s)) <= 2 and left(key, 1) = left(%s, 1)
order by locations desc limit 200
"""


def place_key(text: str) -> str:
    """A place's name made comparable: ``Ferry St.`` and ``ferry street`` are one."""
    words = re.sub(r"[^\w\s-]", " ", fold(text)).split()
    return " ".join(_SHORT.get(word, word) for word in words)


def spot_of(near: str) -> Spot | None:
    """Where ``near`` is, or ``None`` where the directory knows no such place.

    Reads coordinates, a ZIP code, a town, a neighborhood or a street with or without its town. What was
    found is kept for a minute.
    """
    near = near.strip()[:120]
    if not near:
        return None
    held = _held.get(near)
    if held and time.monotonic() - held[0] < _KEEP_SECONDS:
        return held[1]
    spot = _point(near) or _named(near)
    if len(_held) >= _MOST_KEPT:
        _held.clear()
    _held[near] = (time.monotonic(), spot)
    return spot


def forget() -> None:
    """Look places up anew, after the directory changed."""
    _held.clear()


def _point(near: str) -> Spot | None:
    found = _POINT.match(near)
    if not found:
        return None
    latitude, longitude = float(found[1]), float(found[2])
    return Spot(latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def _named(near: str) -> Spot | None:
    keys = _keys(near)
    with connection.cursor() as cursor:
        cursor.execute(_FIND, [keys, keys, keys])
        row = cursor.fetchone() or _misspelled(cursor, keys)
    return Spot(row[2], row[3], ", ".join(part for part in (row[0], row[1]) if part)) if row else None


def _keys(near: str) -> list[str]:
    """The names to look for, the most telling first: ZIP code, the whole, its parts between commas."""
    parts = [place_key(part) for part in near.split(",")]
    zips = _ZIP.findall(near)
    whole = place_key(near)
    bare = [_NUMBER_FIRST.sub("", part) for part in parts]
    return list(dict.fromkeys(key for key in [*zips, whole, *parts, *bare] if key))


def _misspelled(cursor: object, keys: Sequence[str]) -> tuple[str, str, float, float] | None:
    """A town or neighborhood whose name differs by a slip or two."""
    from rapidfuzz import process  # noqa: PLC0415  # only a place that nobody knows needs it
    from rapidfuzz.distance import DamerauLevenshtein  # noqa: PLC0415

    for key in keys:
        if len(key) < 4 or key.isdigit():
            continue
        cursor.execute(_LIKE, [key, key])  # type: ignore[attr-defined]
        rows = {place_key(row[0]): row for row in cursor.fetchall()}  # type: ignore[attr-defined]
        slips = 1 if len(key) < 7 else 2
        found = process.extractOne(key, list(rows), scorer=DamerauLevenshtein.distance, score_cutoff=slips)
        if found:
            row: tuple[str, str, float, float] = rows[found[0]]
            return row
    return None
