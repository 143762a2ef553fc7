"""What crosses the door of partners about seats: rules, standing, packs, invitations, who is missing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from commonweal.foundation.ui.lines import DecisionLine
from commonweal.kernel.verdict import Verdict
from commonweal.partners.vocabulary import Sector
from commonweal.partners.vocabulary_seats import Answer, Latitude, OnLeaving


@dataclass(frozen=True, slots=True)
class SeatRule:
    """How terms are counted, and what becomes of the seats of a partner that leaves.

    By default a term counts from its half on, twelve months away begin the count anew, and a seat that speaks
    for a place, a population or a sector of its own falls vacant when its partner leaves while others end.
    Bylaws may say otherwise (``facade.rules_with``).
    """

    partial_counts_from: Fraction = Fraction(1, 2)
    break_months: int = 12
    on_leaving: OnLeaving = OnLeaving.BY_SEAT


@dataclass(frozen=True, slots=True)
class Stint:
    """One time in a seat. ``ended_on`` is the first day after it; empty while it runs."""

    starts_on: date
    ended_on: date | None = None
    term_ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class StandingShape:
    """Whether a body may bind, as the bylaws say. ``words`` are one plain sentence, already translated.

    ``short`` fits a table ("Needs a co-lead"); ``state`` is the class of a state (``is-done``, ``is-late``,
    ``is-no``). ``line`` names the decision that made the rule.
    """

    body_id: UUID
    may_bind: bool
    state: str
    short: str
    words: str = ""
    cure: str = ""
    cure_by: date | None = None
    article: str = ""
    article_url: str = ""
    line: DecisionLine | None = None
    lacking: tuple[Verdict, ...] = ()


@dataclass(frozen=True, slots=True)
class PackItem:
    """One line of a seat's pack. ``part``: ``question``, ``promise``, ``action``, ``obligation`` or
    ``decision``."""

    part: str
    words: str
    url: str = ""
    on: date | None = None
    state: str = ""


@dataclass(frozen=True, slots=True)
class NoteShape:
    """Words that someone left in a seat, or said in a body."""

    id: UUID
    author_name: str
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PastHolderShape:
    """Someone who sat there."""

    name: str
    is_alternate: bool
    starts_on: date
    ended_on: date | None
    ended_why: str


@dataclass(frozen=True, slots=True)
class AuthorityShape:
    """What a delegate may decide in a matter; ``matter`` empty: in all that no other word is about."""

    matter: str
    matter_name: str
    latitude: Latitude
    bounds: str
    limit_cents: int | None
    said_by: str
    starts_on: date
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class InvitationShape:
    """Who was asked to sit at a body, when, by whom, and what they said."""

    id: UUID
    body_id: UUID
    seat_id: UUID | None
    whom: str
    is_human: bool
    sector: Sector | None
    place: str
    population: str
    asked_on: date
    asked_by: str
    answer: Answer
    reason: str
    answered_on: date | None


@dataclass(frozen=True, slots=True)
class ShortfallShape:
    """A seat from which nobody came, or nobody with authority, several times in a row."""

    seat_id: UUID
    times: int
    came_without_authority: bool = False


@dataclass(frozen=True, slots=True)
class PopulationShape:
    """How many of a hundred neighbors belong to a population; the truth lies within ± ``margin``."""

    key: str
    name: str
    percent: Decimal
    margin: Decimal
    county: str
    source: str
    year: int


@dataclass(frozen=True, slots=True)
class PopulationGap:
    """A population with fewer seats than its share: ``low`` to ``high`` of a hundred neighbors, of whom
    ``seats`` seats speak, where ``expected`` would be their share of ``of`` seats."""

    name: str
    low: int
    high: int
    seats: int
    expected: int
    of: int
    source: str
    year: int


@dataclass(frozen=True, slots=True)
class VolunteerShape:
    """Someone who takes part in a body without a seat."""

    id: UUID
    member_id: UUID
    name: str
    joined_on: date
    left_on: date | None = None


@dataclass(frozen=True, slots=True)
class RosterPage:
    """A page of those who take part in a body. ``total`` counts all."""

    rows: tuple[VolunteerShape, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Enrolled:
    """What came of enrolling many at once: how many are new, and who was there already."""

    added: int
    known: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of the table's page that a higher storey adds: a template and what it shows.

    ``place``: ``main`` or ``aside``; lower ``order`` comes first.
    """

    order: int
    place: str
    template: str
    context: Mapping[str, object] = field(default_factory=dict)
