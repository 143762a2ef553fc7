"""Alder County, invented: its towns, streets and the names that its organizations go by."""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Town:
    """A town with its middle, in degrees, its ZIP code and streets."""

    name: str
    latitude: float
    longitude: float
    zip: str
    streets: tuple[str, ...]
    areas: tuple[str, ...] = ()


ALDER_FALLS = Town(
    "Alder Falls",
    41.801,
    -77.952,
    "16991",
    (
        "Ferry Street",
        "Hope Street",
        "Canal Street",
        "Depot Avenue",
        "Court Street",
        "Weir Lane",
        "Spruce Street",
    ),
    ("Ferry Street", "Quarry Hill", "Courthouse Square"),
)
NORTHBANK = Town(
    "Northbank",
    41.838,
    -77.981,
    "16992",
    ("Bridge Street", "Orchard Road", "North Main Street", "Sawmill Road"),
)
MILLRACE = Town(
    "Millrace", 41.766, -77.901, "16993", ("Mill Lane", "Race Street", "Chapel Street", "Old Dam Road")
)
TANNERS_FORD = Town(
    "Tanner’s Ford", 41.872, -77.823, "16994", ("Ford Street", "Tannery Road", "High Street", "Elm Row")
)
COLD_SPRING = Town("Cold Spring", 41.703, -78.044, "16995", ("Spring Street", "Church Road", "County Road 9"))
TOWNS = (ALDER_FALLS, NORTHBANK, MILLRACE, TANNERS_FORD, COLD_SPRING)

_FIRST = (
    "Quarry Hill", "Cold Spring", "Three Elms", "Weir Street", "Blackberry", "Heron Creek",
    "Lantern", "Open Gate", "Good Neighbor", "Maple Row", "Kingfisher", "Second Harvest Lane",
    "Old Mill", "Willow Bend", "Cornerstone", "Sparrow", "Hillside", "Courthouse Square", "Stone Bridge",
    "Fernwood", "Long Meadow", "Clearwater", "Juniper", "Bluebell", "Red Barn", "Harvest Moon",
    "West Gate", "Larkspur", "Silver Birch", "Riverside",
)  # fmt: skip


def organization_name(kind: str, random: Random) -> str:
    """An invented name for an organization of a kind, such as *Quarry Hill Neighbors*."""
    return f"{random.choice(_FIRST)} {kind}"


def spot_in(town: Town, random: Random) -> tuple[float, float]:
    """A point in or near a town."""
    return (
        round(town.latitude + random.gauss(0, 0.008), 5),
        round(town.longitude + random.gauss(0, 0.010), 5),
    )
