"""What crosses the door of screening: instruments, answers, findings and needs, frozen."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from commonweal.foundation.access.vocabulary import Segment
from commonweal.kernel.answers import Answered
from commonweal.kernel.domains import NeedDomain
from commonweal.screening.vocabulary import (
    Because,
    Flag,
    Kind,
    Mode,
    NeedStatus,
    Outcome,
    ResponseStatus,
    Result,
    Urgency,
    Wish,
)


@dataclass(frozen=True, slots=True)
class Words:
    """A text in its first language, with translations by language code."""

    first: str
    others: Mapping[str, str] = field(default_factory=dict)

    def said_in(self, language: str) -> str:
        """The text in ``language`` (``es`` or ``es-MX``), else in its first language."""
        return self.others.get(language) or self.others.get(language.split("-")[0]) or self.first


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that can be chosen.

    ``absent`` marks an answer that is none (declined, unknown, unable). ``alone`` marks one that
    denies all others, as *nothing is wrong* does. ``risk`` is ``""``, ``"yes"`` or ``"urgent"``, and
    ``domain`` where it is another than the question's.
    """

    code: str
    words: Words
    system: str = ""
    absent: Answered | None = None
    alone: bool = False
    risk: str = ""
    domain: NeedDomain | None = None


@dataclass(frozen=True, slots=True)
class ShownWhen:
    """FHIR ``enableWhen``: the question shows when another has such an answer."""

    link_id: str
    operator: str
    answer: str | bool | float


@dataclass(frozen=True, slots=True)
class Question:
    """An item of an instrument: a question, a group or a note, with what is nested in it."""

    link_id: str
    kind: Kind
    words: Words
    code: str = ""
    options: tuple[Option, ...] = ()
    items: tuple["Question", ...] = ()
    shown_when: tuple[ShownWhen, ...] = ()
    any_of: bool = False
    hint: Words | None = None
    domain: NeedDomain | None = None
    segment: Segment = Segment.GENERAL
    calculated: bool = False
    asks_wish: bool = False

    @property
    def is_asked(self) -> bool:
        return self.kind.is_asked and not self.calculated

    def option(self, code: str) -> Option | None:
        return next((o for o in self.options if o.code == code), None)

    def walk(self) -> Iterator["Question"]:
        """This item, then all within it, in the order of the form."""
        yield self
        for item in self.items:
            yield from item.walk()


@dataclass(frozen=True, slots=True)
class InstrumentShape:
    """A questionnaire as it is asked. ``key`` names its scoring; ``id`` is empty until stored."""

    key: str
    title: Words
    questions: tuple[Question, ...]
    version: str = ""
    url: str = ""
    copyright: str = ""
    languages: tuple[str, ...] = ("en",)
    warnings: tuple[str, ...] = ()
    id: UUID | None = None

    def walk(self) -> Iterator[Question]:
        """All items, in the order of the form."""
        for question in self.questions:
            yield from question.walk()

    def find(self, link_id: str) -> Question | None:
        return next((q for q in self.walk() if q.link_id == link_id), None)


@dataclass(frozen=True, slots=True)
class Given:
    """What was said to one question: codes, or a value, or the reason why there is neither."""

    link_id: str
    codes: tuple[str, ...] = ()
    value: str = ""
    absent: Answered | None = None
    because: Because | None = None


@dataclass(frozen=True, slots=True)
class Traced:
    """An answer that a finding rests on."""

    question: str
    codes: tuple[str, ...] = ()
    absent: Answered | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """A derived score: ``value`` where all items are known, else only its bounds (inclusive)."""

    code: str
    value: int | None
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Determination:
    """What the answers show about one domain, by which rule, from which answers."""

    domain: NeedDomain
    result: Result
    rule: str
    rule_version: str
    trace: tuple[Traced, ...] = ()
    segment: Segment = Segment.GENERAL
    urgent: bool = False
    flags: tuple[Flag, ...] = ()
    score: Score | None = None


@dataclass(frozen=True, slots=True)
class ZSuggestion:
    """An ICD-10-CM code that a human may consider for the record; never stored as a diagnosis."""

    code: str
    title: str
    domain: NeedDomain
    because: str
    caution: str = ""


@dataclass(frozen=True, slots=True)
class FindingShape:
    """A stored determination with what the person wished. Times are aware."""

    id: UUID
    determination: Determination
    wish: Wish | None
    wished_at: datetime | None


@dataclass(frozen=True, slots=True)
class ScreeningShape:
    """One screening, as far as the reader may see it: findings of hidden segments are not in it."""

    id: UUID
    person_id: UUID
    holder_id: UUID
    instrument_key: str
    instrument_title: Words
    status: ResponseStatus
    mode: Mode
    language: str
    interpreter: bool
    asked_on: date
    asked_by_name: str
    recorded_at: datetime
    completed_at: datetime | None
    outcome: Outcome | None
    looked_at: datetime | None = None
    instrument_id: UUID | None = None
    findings: tuple[FindingShape, ...] = ()


@dataclass(frozen=True, slots=True)
class NeedShape:
    """A risk that the person wants help with, or a wish raised directly."""

    id: UUID
    person_id: UUID
    holder_id: UUID
    domain: NeedDomain
    segment: Segment
    status: NeedStatus
    urgency: Urgency
    wanted_at: datetime
    recorded_at: datetime
    status_since: datetime
    reason: str = ""
    screening_id: UUID | None = None

    @property
    def is_quiet(self) -> bool:
        """Never named in a text message, a subject line, a list for a household or a count."""
        return self.segment is not Segment.GENERAL


@dataclass(frozen=True, slots=True)
class NeedAct:
    """Something that a higher storey lets one do about an open need, as a link beside it.

    ``words`` is English, marked for translation; ``url`` is the address for a need.
    """

    key: str
    words: str
    url: Callable[[NeedShape], str]
    order: int = 50


@dataclass(frozen=True, slots=True)
class NeedMoveShape:
    """One change of a need's status. ``before`` is None where the need was raised."""

    need_id: UUID
    before: NeedStatus | None
    after: NeedStatus
    occurred_at: datetime
    recorded_at: datetime
    by_name: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class OccasionFact:
    """One occasion to screen, without identity, as it was known at the as-of time.

    ``person`` is a token of the run's salt. ``assessed`` holds the core topics of which the answers tell
    something; safety is never among them.
    """

    person: str
    holder_id: UUID
    asked_on: date
    outcome: Outcome
    assessed: frozenset[str]
