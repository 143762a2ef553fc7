"""Where: distance, the cells of the map by which places are found, and the way there in words."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from commonweal.directory.shapes_search import Sentence
from commonweal.kernel.words import N_

EARTH_METERS = 6_371_008.8  # mean radius
METERS_PER_MILE = 1609.344
USUAL_RADIUS = 15 * METERS_PER_MILE
WALK_METERS_PER_MINUTE = 60.0  # three miles an hour, a third longer than the crow flies
LONGEST_WALK = 25  # minutes
METERS_PER_DEGREE = EARTH_METERS * math.pi / 180

# Cells of 1/16, 1/4, 1 and 4 degrees; a search takes the finest of which a few cover its circle.
CELLS_PER_DEGREE = (16.0, 4.0, 1.0, 0.25)
MOST_CELLS = 30
EVERYWHERE = 0
NOWHERE = 1
"""The cells of all entries, and of those that have no place."""


@dataclass(frozen=True, slots=True)
class Box:
    """Degrees that surely hold a circle. ``west > east`` never happens: a box is cut at the date line."""

    south: float
    west: float
    north: float
    east: float


def meters_between(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Distance over ground between two points in degrees (haversine)."""
    a, b = math.radians(lat1), math.radians(lat2)
    half = math.sin((b - a) / 2) ** 2
    half += math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * EARTH_METERS * math.asin(min(1.0, math.sqrt(half)))


def box_around(latitude: float, longitude: float, meters: float) -> Box:
    """The box around a circle of ``meters``; near a pole it spans all longitudes."""
    up = meters / METERS_PER_DEGREE
    south, north = max(-90.0, latitude - up), min(90.0, latitude + up)
    narrowest = math.cos(math.radians(max(abs(south), abs(north))))
    if narrowest < 0.01:
        return Box(south, -180.0, north, 180.0)
    aside = up / narrowest
    return Box(south, max(-180.0, longitude - aside), north, min(180.0, longitude + aside))


_LEVELS = tuple((level << 32, scale) for level, scale in enumerate(CELLS_PER_DEGREE, 1))


def cells_of(latitude: float, longitude: float) -> tuple[int, ...]:
    """The cells that hold a point, one of each level, as numbers made of level, row and column; never
    :data:`EVERYWHERE`."""
    north, east = latitude + 90, longitude + 180
    return tuple([base | int(north * scale) << 16 | int(east * scale) for base, scale in _LEVELS])


def cells_over(box: Box) -> tuple[int, ...]:
    """The cells that cover a box: of the finest level that needs no more than :data:`MOST_CELLS`."""
    for level, scale in enumerate(CELLS_PER_DEGREE):
        rows = range(int((box.south + 90) * scale), int((box.north + 90) * scale) + 1)
        columns = range(int((box.west + 180) * scale), int((box.east + 180) * scale) + 1)
        if len(rows) * len(columns) <= MOST_CELLS:
            return tuple(_numbers(level, rows, columns))
    return (EVERYWHERE,)


def _numbers(level: int, rows: range, columns: range) -> Iterator[int]:
    for row in rows:
        for column in columns:
            yield (level + 1) << 32 | row << 16 | column


def search_keys(domain_numbers: Iterable[int], cells: Sequence[int]) -> list[int]:
    """The number (:func:`search_key`) for each of these needs in each of these cells."""
    return [number << 40 | cell for number in domain_numbers for cell in cells]


def search_key(domain_number: int, cell: int) -> int:
    """One number for *help with this need in this cell*; domain 0 is any need, cell 0 is anywhere."""
    return domain_number << 40 | cell


def way_words(meters: float, *, miles: bool = True) -> Sentence:
    """How far it is, for somebody who has to get there."""
    minutes = max(1, round(meters / WALK_METERS_PER_MINUTE))
    if minutes == 1:
        return Sentence("way.walk.one", N_("About a minute on foot"))
    if minutes <= LONGEST_WALK:
        return Sentence("way.walk", N_("About %(minutes)s minutes on foot"), {"minutes": minutes})
    distance = meters / (METERS_PER_MILE if miles else 1000)
    number = f"{distance:.1f}" if distance < 10 else f"{distance:.0f}"
    text = N_("About %(number)s miles away") if miles else N_("About %(number)s km away")
    return Sentence("way.far", text, {"number": number})
