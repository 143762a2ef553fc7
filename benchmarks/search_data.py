"""An invented directory of any size, copied straight into the tables, with every facet of the search in use.

Beside it stands the *floor*: one flat table of the same facts for the least that one statement can cost.
"""

import random
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import psycopg

NEEDS = (
    "food pantry", "diabetes education", "housing assistance", "rental help", "counseling",
    "substance use treatment", "rides to appointments", "utility help", "legal aid", "child care",
    "job training", "nutrition class", "prenatal home visit", "senior meals", "furniture bank",
    "primary care clinic", "dental clinic", "immigration help", "tax preparation",
    "after school program",
)  # fmt: skip
LANGUAGES = ("eng", "spa", "vie", "ara", "som", "hat", "zho")
WORDS = (
    "hope", "bridge", "unity", "county", "north", "valley", "sunrise", "metro", "river", "open",
    "door", "harbor", "oak", "union", "family", "center", "alliance", "partners", "lantern",
    "orchard",
)  # fmt: skip
ZONE = "America/New_York"
TOWNS = 60


@dataclass(frozen=True, slots=True)
class Town:
    """A town with its middle in degrees."""

    name: str
    latitude: float
    longitude: float


def towns() -> list[Town]:
    """The same sixty towns for every size."""
    chance = random.Random(11)
    return [
        Town(f"Alderton {number:02d}", chance.uniform(30, 45), chance.uniform(-120, -75))
        for number in range(TOWNS)
    ]


_EMPTY = (
    "searchentry", "place", "serviceneeddomain", "language", "schedule", "address", "accessibility",
    "requireddocument", "costoption", "phone", "serviceatlocation", "capacityreport", "service", "location",
    "organization",
)  # fmt: skip


def fill(admin: psycopg.Connection[tuple[object, ...]], services: int) -> None:
    """Empty the directory of a scratch database and fill it. ``admin`` must be its superuser."""
    chance = random.Random(5)
    now = datetime.now(UTC)
    with admin.transaction():
        admin.execute("set local session_replication_role = replica")
        for table in _EMPTY:
            admin.execute(f"truncate directory_{table} cascade")
        _Filling(admin, chance, now).fill(services)
    for table in _EMPTY:
        admin.execute(f"analyze directory_{table}")


class _Filling:
    """Copies rows, keeping what later rows refer to."""

    def __init__(
        self, admin: psycopg.Connection[tuple[object, ...]], chance: random.Random, now: datetime
    ) -> None:
        self.admin, self.chance, self.now = admin, chance, now
        self.common = {
            "source": "bench", "source_id": "", "visibility": "public", "hidden_reason": "",
            "first_seen_at": now, "changed_at": now,
        }  # fmt: skip

    def uid(self) -> str:
        return str(uuid.UUID(int=self.chance.getrandbits(128)))

    def copy(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Copy rows into a table of the directory; columns that are not given are empty texts."""
        given = [*self.common, *columns]
        texts = [c for c in self._texts(table) if c not in given]
        statement = f"copy directory_{table} ({', '.join([*given, *texts])}) from stdin"
        head, tail = tuple(self.common.values()), ("",) * len(texts)
        with self.admin.cursor().copy(statement) as copy:
            for row in rows:
                copy.write_row((*head, *row, *tail))

    def _texts(self, table: str) -> list[str]:
        found = self.admin.execute(
            "select column_name from information_schema.columns where table_name = %s and is_nullable = 'NO'"
            " and column_default is null and data_type in ('text', 'character varying')",
            [f"directory_{table}"],
        )
        return [str(row[0]) for row in found]

    def fill(self, count: int) -> None:
        chance = self.chance
        houses = [
            (self.uid(), f"{chance.choice(WORDS)} {chance.choice(WORDS)} {n}".title())
            for n in range(count // 4 + 1)
        ]
        self.copy("organization", ["id", "name"], houses)
        places = list(self._places(count * 3 // 5 + 1, houses))
        columns = ["id", "organization_id", "location_type", "latitude", "longitude", "timezone"]
        self.copy("location", columns, ((p[0], p[1][0], "physical", p[3], p[4], ZONE) for p in places))
        columns = ["id", "location_id", "address_1", "city", "postal_code", "address_type"]
        streets = (
            (self.uid(), p[0], f"{chance.randrange(1, 999)} Main Street", p[2].name, "14991", "physical")
            for p in places
        )
        self.copy("address", columns, streets)
        access = ("Wheelchair accessible",) * 9 + ("Steps at the entrance",)
        rows = ((self.uid(), p[0], chance.choice(access)) for p in places)
        self.copy("accessibility", ["id", "location_id", "description"], rows)
        self._hours(places)
        self._services(count, places)

    def _places(
        self, count: int, houses: list[tuple[str, str]]
    ) -> Iterator[tuple[str, tuple[str, str], Town, float, float]]:
        known = towns()
        for _ in range(count):
            town = self.chance.choice(known)
            yield (
                self.uid(), self.chance.choice(houses), town,
                town.latitude + self.chance.gauss(0, 0.15), town.longitude + self.chance.gauss(0, 0.15),
            )  # fmt: skip

    def _hours(self, places: Sequence[tuple[object, ...]]) -> None:
        """Open half of the day, at any hour, so that the answer is as long at night as at noon."""

        def line(place: tuple[object, ...]) -> tuple[object, ...]:
            opens = self.chance.randrange(24)
            days = self.chance.choice(("MO,TU,WE,TH,FR,SA,SU", "MO,TU,WE,TH,FR,SA,SU", "MO,TU,WE,TH,FR,SA"))
            return (
                self.uid(),
                place[0],
                "WEEKLY",
                days,
                f"{opens:02d}:00",
                f"{(opens + 12) % 24:02d}:00",
                False,
            )

        columns = ["id", "location_id", "freq", "byday", "opens_at", "closes_at", "closed"]
        self.copy("schedule", columns, (line(place) for place in places))

    def _services(self, count: int, places: Sequence[tuple[object, ...]]) -> None:
        chance = self.chance
        offers = [(self.uid(), chance.choice(places), chance.choice(NEEDS), n) for n in range(count)]
        columns = [
            *("id", "organization_id", "name", "description", "status", "application_process"),
            *("fees_description", "eligibility_description", "minimum_age", "maximum_age", "last_modified"),
            *("capacity", "capacity_at", "verified_at", "verified_how"),
        ]
        self.copy("service", columns, (self._service(*offer) for offer in offers))
        self.copy(
            "serviceatlocation",
            ["id", "service_id", "location_id"],
            ((self.uid(), o[0], o[1][0]) for o in offers),
        )  # type: ignore[index]
        self.copy(
            "language", ["id", "service_id", "code"],
            ((self.uid(), o[0], code) for o in offers for code in chance.sample(LANGUAGES, 4)),
        )  # fmt: skip
        papers = ("None",) * 9 + ("Photo ID",)
        self.copy(
            "requireddocument",
            ["id", "service_id", "document"],
            ((self.uid(), o[0], chance.choice(papers)) for o in offers),
        )
        self.copy(
            "phone", ["id", "service_id", "number", "type"],
            ((self.uid(), o[0], f"555-01{o[3] % 100:02d}", "voice") for o in offers),
        )  # fmt: skip

    def _service(self, id_: str, place: tuple[object, ...], need: str, number: int) -> tuple[object, ...]:
        chance = self.chance
        filling = " ".join(chance.choice(WORDS) for _ in range(25))
        low, high = chance.choice(((0, None), (0, None), (18, None), (0, 64), (16, 120)))
        room = chance.choice(("open", "open", "open", "open", "closed"))
        words = f"We offer {need} and {chance.choice(NEEDS)} to families in need. {filling}"
        entrance = chance.choice(("Walk in", "Call for an appointment", ""))
        fees = chance.choice(("Free",) * 4 + ("Sliding scale",))
        rule = "Income below 200% FPL" if number % 3 else ""
        told, checked = timedelta(hours=chance.random() * 40), timedelta(days=chance.randrange(150))
        name = f"{need.title()} {chance.choice(WORDS)} {number}"
        here = place[1][0]  # type: ignore[index]
        return (
            *(id_, here, name, words, "active", entrance, fees, rule, low, high, self.now),
            *(room, self.now - told, self.now - checked, "call"),
        )


_FLOOR = """
create schema if not exists bench;
drop table if exists bench.flat;
create table bench.flat as
select e.id, e.words as tsv, e.latitude as lat, e.longitude as lon, e.languages as lang, e.week,
  coalesce(e.minimum_age, 0) as minage, coalesce(e.maximum_age, 999) as maxage, e.capacity as cap,
  e.free = 1 as free, e.step_free = 1 as step_free, e.no_documents = 1 as no_documents
from directory_searchentry e
"""


def make_floor(admin: psycopg.Connection[tuple[object, ...]]) -> None:
    """The flat table with its two indexes, from the entries that are there."""
    admin.execute(_FLOOR)
    admin.execute("create index on bench.flat using gin (tsv)")
    admin.execute("create index on bench.flat (lat, lon)")
    admin.execute("vacuum analyze bench.flat")
    admin.execute("vacuum analyze directory_searchentry")


def floor_script() -> str:
    """The floor's one statement, for pgbench: all facets, ordered by distance, ten rows."""
    known = towns()
    words = ",".join(
        "'" + " & ".join(w for w in need.split() if w not in ("to", "use")) + "'" for need in NEEDS
    )
    return f"""\\set need random(1, {len(NEEDS)})
\\set town random(1, {TOWNS})
\\set age random(20, 60)
\\set spoken random(1, {len(LANGUAGES)})
with here as materialized (
  select (array[{",".join(str(t.latitude) for t in known)}])[:town]::float8 as lat,
    (array[{",".join(str(t.longitude) for t in known)}])[:town]::float8 as lon,
    to_tsquery('simple', (array[{words}])[:need]) as need,
    (array[{",".join(repr(code) for code in LANGUAGES)}])[:spoken] as lang,
    ((extract(isodow from t) - 1) * 1440 + extract(hour from t) * 60 + extract(minute from t))::int as minute
  from (select now() at time zone '{ZONE}' as t) clock
)
select f.id, 12742017.6 * asin(sqrt(power(sin(radians(f.lat - h.lat) / 2), 2)
  + cos(radians(h.lat)) * cos(radians(f.lat)) * power(sin(radians(f.lon - h.lon) / 2), 2))) as meters
from here h join bench.flat f on f.tsv @@ h.need
  and f.lat between h.lat - 0.2171 and h.lat + 0.2171 and f.lon between h.lon - 0.29 and h.lon + 0.29
where h.lang = any(f.lang) and f.minage <= :age and f.maxage >= :age and f.cap = 'open' and f.week @> h.minute
  and f.free and f.step_free and f.no_documents
order by meters limit 10;
"""
