"""What the shared data dictionary is made of: frozen values. Words are English, marked for translation."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from commonweal.foundation.access.vocabulary import DataClass, Segment
from commonweal.kernel.domains import NeedDomain
from commonweal.kernel.verdict import Verdict
from commonweal.measures.vocabulary_data import Band, Population, Says, Told


@dataclass(frozen=True, slots=True)
class Element:
    """One thing that is written down about help, defined once for everyone.

    ``standard`` names the element or code system that it follows, free to ship. ``values``: codes with what
    each means; empty where any may stand. ``not_shown``: what it can never tell, whoever captures it.
    """

    id: str
    version: int
    name: str
    meaning: str
    standard: str
    captured: str
    not_shown: str
    values: tuple[tuple[str, str], ...] = ()
    unit: str = ""
    segment: Segment = Segment.GENERAL
    data_class: DataClass = DataClass.D4
    is_counted_by_platform: bool = False

    @property
    def scope(self) -> str:
        """The scope of the mandate under which the definition is in force."""
        return f"element:{self.id}"


@dataclass(frozen=True, slots=True)
class HolderWords:
    """What a holder says about its own data, and when."""

    partner_id: UUID
    partner_name: str
    shows: str
    not_shown: str
    faults: str
    said_by: str
    said_at: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """How well one partner captures an element, over the year up to ``as_of``."""

    partner_id: UUID
    partner_name: str
    band: Band
    as_of: datetime


@dataclass(frozen=True, slots=True)
class ElementShape:
    """An element as it stands: its version, under which mandate (None: not adopted), and who keeps it."""

    element: Element
    mandate_id: UUID | None
    steward: str
    measures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One request for help without identity: who sent it, for what, and what came of it."""

    holder: str
    domain: NeedDomain
    answered: bool
    known: bool
    accepted: bool
    began: bool
    told: bool
    met: bool


@dataclass(frozen=True, slots=True)
class OccasionRow:
    """One occasion on which a partner asked, or began to ask, what a person needs."""

    holder: str
    complete: bool
    all_core: bool


@dataclass(frozen=True, slots=True)
class Capture:
    """How it is told whether a row holds an element. ``of``: which rows should."""

    of: Callable[[RequestRow], bool] | None = None
    has: Callable[[RequestRow], bool] | None = None
    of_occasion: Callable[[OccasionRow], bool] | None = None
    has_occasion: Callable[[OccasionRow], bool] | None = field(default=None)


@dataclass(frozen=True, slots=True)
class AnswerShape:
    """A holder and its last answer about its rows; ``says`` None: it has not answered, which is no yes."""

    partner_id: UUID
    partner_name: str
    says: Says | None
    only_together: bool = False
    until: date | None = None
    words: str = ""
    said_by: str = ""
    said_at: datetime | None = None
    is_yes: bool = False


@dataclass(frozen=True, slots=True)
class AnalysisShape:
    """What was asked, who answered what, and whether it may run and be read today."""

    id: UUID
    number: int
    title: str
    question: str
    purpose: str
    population: Population
    elements: tuple[str, ...]
    first_quarter: date
    last_quarter: date
    told: Told
    fewest: int
    body_id: UUID
    body_name: str
    expires_on: date
    asked_by: str
    asked_at: datetime
    answers: tuple[AnswerShape, ...]
    mandate_id: UUID | None
    may_run: Verdict

    @property
    def yes(self) -> tuple[UUID, ...]:
        """Whose rows it may count now."""
        return tuple(answer.partner_id for answer in self.answers if answer.is_yes)


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One line of what was told: which quarter, of whom, what; None is held back."""

    starts_on: date
    who: str
    what: str
    value: int | None


@dataclass(frozen=True, slots=True)
class ResultShape:
    """What an analysis told, at its last run that is still open to the reader."""

    run_id: UUID
    as_of: datetime
    contributors: tuple[str, ...]
    figures: tuple[FigureRow, ...]
    not_told: tuple[tuple[date, str], ...]
