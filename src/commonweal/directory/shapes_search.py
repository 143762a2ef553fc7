"""What crosses the door of the directory when somebody looks for help."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from uuid import UUID

from commonweal.directory.vocabulary import Capacity
from commonweal.kernel.domains import NeedDomain

_NONE: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words to be translated where they are shown: English with ``%(name)s`` places and what fills them.

    A value that is itself a :class:`Sentence` is translated first. ``rule`` is a stable id, so that tests
    and other programs need not read English.
    """

    rule: str
    text: str
    params: Mapping[str, object] = field(default_factory=lambda: _NONE)

    @property
    def words(self) -> str:
        """The sentence in English, its places filled."""
        if not self.params:
            return self.text
        return self.text % {k: v.words if isinstance(v, Sentence) else v for k, v in self.params.items()}


@dataclass(frozen=True, slots=True)
class Spot:
    """A point on the ground (WGS 84 degrees) and what people call it."""

    latitude: float
    longitude: float
    name: str = ""


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What somebody asks of the directory. Everything is optional; facets narrow, so they are ANDed.

    ``need`` and ``near`` are plain words in English or Spanish. ``domain`` names a need outright, as a
    screening does. ``spot`` overrules ``near``. ``radius`` is in meters; ``None`` takes the usual one.
    ``age`` is in whole years. ``language`` is ISO 639-3 (``spa``).
    """

    need: str = ""
    domain: NeedDomain | None = None
    near: str = ""
    spot: Spot | None = None
    radius: float | None = None
    language: str = ""
    open_now: bool = False
    free: bool = False
    age: int | None = None
    step_free: bool = False
    no_documents: bool = False
    room_now: bool = False
    include_stale: bool = False
    partner_id: UUID | None = None
    page: int = 1
    size: int = 10


@dataclass(frozen=True, slots=True)
class Hit:
    """One place that can help, why it is shown, and what may stand in the way."""

    entry_id: UUID
    service_id: UUID
    location_id: UUID | None
    name: str
    organization: str
    partner_id: UUID | None
    meters: float | None
    capacity: str
    capacity_until: date | None
    room: Sentence
    hours: Sentence
    open_state: str
    way: Sentence | None
    why: tuple[Sentence, ...]
    obstacles: tuple[Sentence, ...]
    freshness: Sentence
    phone: str
    phone_link: str
    languages: tuple[str, ...]
    confidential: bool
    address: str


@dataclass(frozen=True, slots=True)
class NotShown:
    """How many places the answer leaves out, and why. Counts only what a stranger may know of."""

    count: int
    reason: str
    why: Sentence


@dataclass(frozen=True, slots=True)
class Reading:
    """How the words of a question were understood, said back to the person who typed them.

    ``typed`` are the words that say something, mended; ``words`` those of them that named no need.
    """

    domains: Mapping[NeedDomain, float] = field(default_factory=lambda: MappingProxyType({}))
    topics: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    corrected: tuple[tuple[str, str], ...] = ()
    words: tuple[str, ...] = ()
    typed: tuple[str, ...] = ()
    danger: str = ""

    @property
    def understood(self) -> bool:
        """Whether any word named a need that we know."""
        return bool(self.topics or self.domains)


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of an answer. ``total`` counts the places that fit.

    ``stale_shown``: places that nobody checked for long are among them. ``widened``: nothing was within the
    radius, so the hits are farther away.
    """

    hits: tuple[Hit, ...]
    total: int
    page: int
    size: int
    reading: Reading
    spot: Spot | None
    place_unknown: bool
    not_shown: tuple[NotShown, ...]
    at: datetime
    stale_shown: bool = False
    widened: bool = False

    @property
    def pages(self) -> int:
        return -(-self.total // self.size) if self.total else 0


@dataclass(frozen=True, slots=True)
class CapacityNow:
    """Whether a service has room, as last told. ``state`` is unknown where that was too long ago."""

    service_id: UUID
    state: Capacity
    told_state: Capacity
    told_at: datetime | None
    until: date | None
    available: int | None
    words: Sentence
    waiting: int | None = None

    @property
    def ask_again_on(self) -> date | None:
        """The day that they named for asking again."""
        return self.until if self.told_state is Capacity.UNKNOWN else None


@dataclass(frozen=True, slots=True)
class RoomAsk:
    """Whether one may ask a service for room now, and what became of an earlier question.

    ``joins``: it was asked already; one is told of the answer as well. ``words`` None: nobody asked.
    """

    service_id: UUID
    can_ask: bool
    joins: bool = False
    words: Sentence | None = None
