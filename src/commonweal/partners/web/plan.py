"""The ring of those at the table, as numbers for an SVG."""

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


def places(organizations: list[str], residents: list[str]) -> list[Place]:
    """Everyone around the ring, the residents spread evenly among the organizations."""
    total = len(organizations) + len(residents)
    if total == 0:
        return []
    at_residents = {round((i + 0.5) * total / len(residents)) % total for i in range(len(residents))}
    radius = min(LARGEST, RING * sin(pi / total) * 0.9) if total > 1 else LARGEST
    people, offices = iter(residents), iter(organizations)
    found = []
    for i in range(total):
        is_resident = i in at_residents
        angle = 2 * pi * i / total - pi / 2
        found.append(
            Place(
                round(CENTER + RING * cos(angle), 1),
                round(CENTER + RING * sin(angle), 1),
                round(radius, 1),
                "res" if is_resident else "org",
                next(people if is_resident else offices, ""),
            )
        )
    return found
