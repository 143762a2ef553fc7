"""The ring of those at the table, as numbers for an SVG."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

CENTER, RING, LARGEST = 150.0, 128.0, 13.0


@dataclass(frozen=True, slots=True)
class Place:
    """One place at the ring. ``kind``: ``org`` or ``res``."""

    x: float
    y: float
    r: float
    kind: str
    title: str
    is_empty: bool = False


@dataclass(frozen=True, slots=True)
class Chair:
    """Whose place it is, and whether somebody sits there."""

    title: str
    is_resident: bool
    is_empty: bool = False


def places(organizations: list[str], residents: list[str]) -> list[Place]:
    """Everyone around the ring, the residents spread evenly among the organizations."""
    return around(
        [*(Chair(name, False) for name in organizations), *(Chair(name, True) for name in residents)]
    )


def around(chairs: Sequence[Chair]) -> list[Place]:
    """Chairs around the ring, the residents' spread evenly among the others."""
    total = len(chairs)
    if total == 0:
        return []
    residents = [chair for chair in chairs if chair.is_resident]
    others = iter([chair for chair in chairs if not chair.is_resident])
    at_residents = {round((i + 0.5) * total / len(residents)) % total for i in range(len(residents))}
    radius = min(LARGEST, RING * sin(pi / total) * 0.9) if total > 1 else LARGEST
    people = iter(residents)
    found = []
    for i in range(total):
        angle = 2 * pi * i / total - pi / 2
        chair = next(people if i in at_residents else others)
        found.append(
            Place(
                round(CENTER + RING * cos(angle), 1),
                round(CENTER + RING * sin(angle), 1),
                round(radius, 1),
                "res" if chair.is_resident else "org",
                chair.title,
                chair.is_empty,
            )
        )
    return found
