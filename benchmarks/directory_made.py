"""An invented directory of any size, as HSDS 3.1 CSV tables: for benchmarks and for tests of size.

Every facet that the search knows is used: needs, places, languages, hours, ages, costs, documents,
accessibility, areas. The same seed and size give the same bytes.
"""

import csv
import random
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from uuid import UUID

NEEDS = (
    "food pantry", "hot meals", "rent help", "emergency shelter", "rides to appointments", "utility help",
    "job training", "child care", "legal aid", "tax preparation", "primary care clinic", "dental clinic",
    "counseling", "recovery support", "prenatal visits", "senior lunch", "clothing closet", "furniture bank",
    "internet access", "English classes",
)  # fmt: skip
WORDS = (
    "alder", "bridge", "harbor", "meadow", "union", "county", "north", "valley", "sunrise", "river", "open",
    "door", "oak", "family", "center", "hope", "lantern", "mill", "orchard", "harvest",
)  # fmt: skip
LANGUAGES = (
    ("English", "eng"), ("Spanish", "spa"), ("Vietnamese", "vie"), ("Arabic", "ara"), ("Somali", "som"),
    ("Haitian Creole", "hat"), ("Mandarin", "cmn"),
)  # fmt: skip
DAYS = ("MO,TU,WE,TH,FR", "MO,WE,FR", "SA", "TU,TH", "MO,TU,WE,TH,FR,SA,SU")
_FIRST = ("Alder", "Mill", "Stone", "Fern", "Clay", "Birch", "Elm", "Rush")
_SECOND = ("ton", "ford", "field", "brook", "ville", "port", "dale", "bury")
_VOCABULARY = "00000000-0000-4000-9000-000000000001"
_NOBODY = "00000000-0000-4000-8000-00000000dead"

Rows = Iterable[Sequence[object]]
Table = tuple[str, str, Rows]


def _town(number: int, name: str) -> tuple[str, str, float, float]:
    """Name, ZIP code, latitude and longitude of an invented town."""
    latitude, longitude = 30 + (number * 7919 % 1500) / 100, -120 + (number * 104729 % 4500) / 100
    return name, f"{10000 + number * 97:05d}", latitude, longitude


TOWNS = tuple(_town(n, a + b) for n, (a, b) in enumerate((a, b) for a in _FIRST for b in _SECOND))


class County:
    """What the tables are drawn from: organizations, places and offers, each with its ids."""

    def __init__(self, services: int, seed: int, faulty: float) -> None:
        self.chance = random.Random(seed)
        self.faulty = faulty
        pick = self.chance.choice
        self.organizations = [
            (self.uid(), f"{pick(WORDS)} {pick(WORDS)} {n}".title()) for n in range(max(1, services // 4))
        ]
        self.places = [
            (self.uid(), pick(self.organizations), pick(TOWNS)) for _ in range(max(1, services * 3 // 5))
        ]
        self.offers = [(self.uid(), pick(self.places), pick(NEEDS), n) for n in range(services)]

    def uid(self) -> str:
        return str(UUID(int=self.chance.getrandbits(128), version=4))


def make(folder: Path, services: int, *, seed: int = 5, faulty: float = 0.0) -> int:
    """Write the tables of a directory with this many services into ``folder``; returns its rows.

    ``faulty`` is the share of services with something wrong (no name, an impossible age, an
    organization that does not exist).
    """
    folder.mkdir(parents=True, exist_ok=True)
    county = County(services, seed, faulty)
    tables = (*_shared(county), *_of_places(county), *_of_services(county))
    return sum(_write(folder / f"{name}.csv", header, rows) for name, header, rows in tables)


def _write(path: Path, header: str, rows: Rows) -> int:
    count = 0
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(header.split())
        for row in rows:
            writer.writerow(row)
            count += 1
    return count


def _term(need: str) -> str:
    return str(UUID(int=NEEDS.index(need) + 1, version=4))


def _shared(county: County) -> Iterable[Table]:
    terms = [(_term(n), n.replace(" ", "-"), n.title(), n, "", _VOCABULARY) for n in NEEDS]
    offered = [(i, n, f"{n} serves its neighbors.") for i, n in county.organizations]
    yield "taxonomies", "id name description", [(_VOCABULARY, "Needs of the invented county", "Our words")]
    yield "taxonomy_terms", "id code name description parent_id taxonomy_id", terms
    yield "organizations", "id name description", offered


def _of_places(county: County) -> Iterable[Table]:
    chance, uid = county.chance, county.uid

    def near(degrees: float) -> float:
        return round(degrees + chance.gauss(0, 0.15), 6)

    def street(town: Sequence[object]) -> tuple[object, ...]:
        return f"{chance.randrange(1, 9999)} Main Street", town[0], "NY", town[1], "US", "physical"

    yield (
        "locations",
        "id location_type organization_id name latitude longitude",
        [(i, "physical", o[0], f"{o[1]} site", near(t[2]), near(t[3])) for i, o, t in county.places],
    )
    yield (
        "addresses",
        "id location_id address_1 city state_province postal_code country address_type",
        [(uid(), i, *street(t)) for i, _, t in county.places],
    )
    yield (
        "accessibility",
        "id location_id description",
        [(uid(), i, "Ramp, accessible toilet") for i, _, _ in county.places if chance.random() < 0.2],
    )


def _of_services(county: County) -> Iterable[Table]:
    chance, uid, offers = county.chance, county.uid, county.offers

    def some(each: int) -> list[str]:
        return [i for i, _, _, n in offers if n % each == 0]

    def hours() -> tuple[object, ...]:
        opens, closes = f"{chance.randrange(7, 12):02d}:00", f"{chance.randrange(13, 21):02d}:00"
        return "WEEKLY", chance.choice(DAYS), opens, closes

    def number(n: int) -> tuple[object, ...]:
        return f"(555) 555-01{n % 100:02d}", f"{n % 50:04d}" if n % 5 == 0 else "", "voice"

    def spoken() -> list[tuple[str, str]]:
        return chance.sample(LANGUAGES, chance.randrange(1, 4))

    yield "services", _SERVICE, [_service(county, *offer) for offer in offers]
    at = [(uid(), i, place[0], "") for i, place, _, _ in offers]
    yield "service_at_location", "id service_id location_id description", at
    yield (
        "phones",
        "id service_id number extension type",
        [(uid(), i, *number(n)) for i, _, _, n in offers],
    )
    yield (
        "schedules",
        "id service_id freq byday opens_at closes_at",
        [(uid(), i, *hours()) for i, _, _, n in offers if n % 10 < 6],
    )
    yield (
        "languages",
        "id service_id name code",
        [(uid(), i, *language) for i, _, _, _ in offers for language in spoken()],
    )
    yield "required_documents", "id service_id document", [(uid(), i, "Photo ID") for i in some(7)]
    yield (
        "cost_options",
        "id service_id option amount currency",
        [(uid(), i, "Sliding scale", 10, "USD") for i in some(9)],
    )
    yield (
        "service_areas",
        "id service_id name",
        [(uid(), i, place[2][0]) for i, place, _, n in offers if n % 8 == 0],
    )
    yield (
        "attributes",
        "id link_id link_entity taxonomy_term_id",
        [(uid(), i, "service", _term(need)) for i, _, need, _ in offers],
    )


_SERVICE = (
    "id organization_id name description url email status application_process fees_description"
    " eligibility_description minimum_age maximum_age assured_date last_modified"
)


def _service(county: County, id_: str, place: Sequence[object], need: str, n: int) -> tuple[object, ...]:
    pick: Callable[[Sequence[object]], object] = county.chance.choice
    organization: object = place[1][0]  # type: ignore[index]
    name, low = f"{need.title()} {pick(WORDS)} {n}", pick((0, 0, 0, 18, 60))
    if county.faulty and county.chance.random() < county.faulty:
        name, low, organization = (
            ("", low, organization),
            (name, 900, organization),
            (name, low, _NOBODY),
        )[n % 3]
    filling = " ".join(str(pick(WORDS)) for _ in range(25))
    told = f"We offer {need} and {pick(NEEDS)} to families. {filling}"
    return (
        id_, organization, name, told, f"https://example.org/{n}", f"help{n}@example.org", "active",
        "Call or walk in.", "Free" if n % 4 else "Sliding scale",
        "Income below 200% FPL" if n % 3 else "All residents", low,
        pick(("", "", 17, 64)) if low == 0 else "", "2026-05-01" if n % 2 else "", "2026-06-01T12:00:00Z",
    )  # fmt: skip
