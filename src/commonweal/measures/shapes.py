"""What measures are made of and what they hand across their door: frozen values."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from commonweal.measures.vocabulary import (
    MEDIAN_DAYS,
    SMALLEST_SHOWN,
    WHOLE,
    Attribution,
    Direction,
    Family,
    Grain,
    Kind,
    Level,
    Quadrant,
    Says,
    Shown,
    Time,
)


@dataclass(frozen=True, slots=True)
class Base:
    """One ratio of a measure: which count over which, and the portable SQL that returns both."""

    id: str
    name: str
    numerator: str
    denominator: str
    sql: str


@dataclass(frozen=True, slots=True)
class Definition:
    """A measure's specification (DOMAIN §6.2). Its words are English, marked for translation.

    ``look_forward_days`` is the time that the youngest case of a period has had when the period is counted;
    ``run_out_days`` the time that partners have to write down what happened. ``minimum_n`` is the fewest
    cases that a value is shown for.
    """

    id: str
    version: int
    effective_from: date
    name: str
    question: str
    kind: Kind
    family: Family
    quadrant: Quadrant
    level: Level
    says: Says
    time: Time
    direction: Direction
    population: str
    counted: str
    out_of: str
    exclusions: str
    limits: str
    attribution: Attribution
    bases: tuple[Base, ...]
    sources: str
    owner: str
    elements: tuple[str, ...]
    look_back_days: int = 0
    look_forward_days: int = 30
    run_out_days: int = 5
    minimum_n: int = SMALLEST_SHOWN
    stratifiers: tuple[str, ...] = ("month", "quarter", "partner")
    suppression: str = "cells-1-10/public-10/two-partners-3"
    risk_adjustment: str = ""
    license: str = ""

    @property
    def first_base(self) -> Base:
        return self.bases[0]

    @property
    def scope(self) -> str:
        """The scope of the mandate that lets it live."""
        return self.id


@dataclass(frozen=True, slots=True)
class ReferralCase:
    """A sending of a referral as it was known on ``seen_to``, without identity. Dates are local."""

    sent_on: date
    seen_to: date
    target: str
    status: str
    accepted: bool
    served_on: date | None
    met: bool


@dataclass(frozen=True, slots=True)
class ScreeningCase:
    """A person whom a partner served or screened in a month. ``person`` means nothing elsewhere."""

    month: date
    person: str
    holder: str
    all_core: bool


@dataclass(frozen=True, slots=True)
class Row:
    """What a measure's SQL returns: a numerator and its denominator, and for waits the two dates."""

    period: date
    who: str
    numerator: int
    denominator: int
    began_on: date | None = None
    ended_on: date | None = None
    seen_to: date | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """What a reader may know of one count, or of one median."""

    state: Shown
    value: int | None = None

    @property
    def is_held(self) -> bool:
        return self.state is Shown.HELD


HELD = Figure(Shown.HELD)


@dataclass(frozen=True, slots=True)
class Place:
    """When and at whom a figure was counted."""

    grain: Grain
    first: date
    who: str = WHOLE


@dataclass(frozen=True)
class Released:
    """The released figures of one measure: nothing held back is in it, not even as a number to hide."""

    definition: Definition
    figures: Mapping[Place, Mapping[str, Figure]] = field(default_factory=dict)
    as_of: datetime | None = None
    released_at: datetime | None = None
    too_young: int | None = None

    def places(self, grain: Grain, who: str = WHOLE) -> list[Place]:
        """Where and when it was counted, oldest first."""
        return sorted(
            (p for p in self.figures if p.grain is grain and p.who == who), key=lambda place: place.first
        )

    def partners(self, grain: Grain) -> list[str]:
        return sorted({p.who for p in self.figures if p.grain is grain and len(p.who) > 1})

    def ratio(self, place: Place, base: Base) -> tuple[int, int] | None:
        """Numerator and denominator, where both may be known and the group is large enough."""
        counts = self.figures.get(place, {})
        x, n = counts.get(base.numerator, HELD), counts.get(base.denominator, HELD)
        if x.value is None or n.value is None or n.value < self.definition.minimum_n:
            return None
        return x.value, n.value

    def count(self, place: Place, what: str) -> Figure:
        return self.figures.get(place, {}).get(what, HELD)

    def median(self, place: Place) -> Figure:
        return self.count(place, MEDIAN_DAYS)

    def __iter__(self) -> Iterator[Place]:
        return iter(self.figures)


@dataclass(frozen=True, slots=True)
class TargetShape:
    """Where the table wants a measure to be, by when, under which live mandate."""

    value: float
    due_on: date
    mandate_id: UUID


@dataclass(frozen=True, slots=True)
class MeasureShape:
    """A measure at its door: definition, the mandate it lives under (None: it shows nothing), figures."""

    definition: Definition
    mandate_id: UUID | None
    released: Released
    target: TargetShape | None = None


@dataclass(frozen=True)
class ComputeReport:
    """What a computation did. ``too_young``: about how many cases were left out; None for fewer than 11."""

    as_of: datetime
    engine: str
    computed: tuple[str, ...] = ()
    not_adopted: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    shown: int = 0
    held: int = 0
    not_released: tuple[str, ...] = ()
    too_young: int | None = None
    seconds: float = 0.0

    @property
    def exit_code(self) -> int:
        """0 all well; 3 where periods could not be released and the report says which."""
        return 3 if self.not_released else 0

    def as_json(self) -> dict[str, object]:
        """For ``--json``."""
        return {
            "as_of": self.as_of.isoformat(),
            "engine": self.engine,
            "computed": list(self.computed),
            "not_adopted": list(self.not_adopted),
            "periods": list(self.periods),
            "figures_shown": self.shown,
            "figures_held_back": self.held,
            "not_released": list(self.not_released),
            "too_young_about": self.too_young,
            "seconds": round(self.seconds, 3),
        }

    def lines(self) -> Iterator[str]:
        """For people."""
        yield f"Counted as of {self.as_of:%Y-%m-%d %H:%M %Z} on {self.engine}, in {self.seconds:.1f} s."
        yield "Adopted: " + (", ".join(self.computed) or "none, so nothing was counted") + "."
        if self.not_adopted:
            yield f"Not adopted, so not counted: {', '.join(self.not_adopted)}."
        if self.periods:
            span = f"{self.periods[0]} to {self.periods[-1]}"
            yield f"Released {span}: {self.shown} figures shown, {self.held} held back."
        else:
            yield "Nothing new to release."
        if self.too_young is not None:
            yield f"Left out because they are too young to be judged: about {self.too_young} requests."
        if self.not_released:
            yield (
                f"Not released: {', '.join(self.not_released)}. Facts changed under figures that are out, "
                "or older figures would give small ones away."
            )
