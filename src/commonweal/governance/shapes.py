"""What crosses the door of governance."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from commonweal.governance.vocabulary import Assent, Matter
from commonweal.governance.vocabulary_obligations import KIND_NAMES, SHARES, AgreementKind


@dataclass(frozen=True, slots=True)
class MandateShape:
    """The dated, scoped effect of a decision, half-open: from ``starts_at`` up to, not including, its end."""

    id: UUID
    decision_id: UUID
    decision_number: int
    matter: Matter
    scope: str
    words: str
    starts_at: datetime
    ends_at: datetime | None
    withdrawn_at: datetime | None
    withdrawn_why: str
    effect: str = ""
    params: Mapping[str, object] = field(default_factory=dict)
    review_on: date | None = None
    rests_from: datetime | None = None
    rests_until: datetime | None = None
    delegation_id: UUID | None = None
    """The delegation under which it was decided; None: the table decided it itself."""

    def is_live(self, at: datetime) -> bool:
        """Whether it is in force at this moment."""
        if self.withdrawn_at is not None and self.withdrawn_at <= at:
            return False
        if self.rests(at):
            return False
        return self.starts_at <= at and (self.ends_at is None or at < self.ends_at)

    def rests(self, at: datetime) -> bool:
        """Whether it was stopped in an emergency and has not woken again."""
        return self.rests_from is not None and self.rests_from <= at < (self.rests_until or at)


@dataclass(frozen=True, slots=True)
class DecisionShape:
    """A vote of the table or one of its bodies, as its minutes tell it."""

    id: UUID
    number: int
    title: str
    question: str
    body: str
    decided_on: date
    method: str
    yes: int
    no: int
    abstain: int
    residents: Assent
    adopted: bool
    reasons: str
    dissent: str
    undo: str
    recorded_by_name: str
    recorded_at: datetime
    question_number: int | None = None
    body_slug: str = ""
    bylaws_version: int | None = None
    certificate: Mapping[str, Any] | None = None
    delegation_id: UUID | None = None
    delegated_in: int | None = None
    """The number of the decision that let ``body`` decide it alone; None: nobody did."""
    chosen: tuple[str, ...] | None = None
    """The names of what was chosen among several; None: it was yes or no."""

    @property
    def is_delegated(self) -> bool:
        """Decided alone, under a delegation: nobody voted."""
        return self.delegation_id is not None

    @property
    def is_certified(self) -> bool:
        """Voted here, and counted; else the minutes of a vote held elsewhere."""
        return self.question_number is not None


@dataclass(frozen=True, slots=True)
class TermShape:
    """One line of an agreement. ``segment`` and ``purpose`` are values of access's vocabulary."""

    discloser_id: UUID
    recipient_id: UUID
    segment: str
    purpose: str


@dataclass(frozen=True, slots=True)
class AgreementShape:
    """An agreement, its terms, and the mandate that holds it now (None: it sleeps)."""

    id: UUID
    slug: str
    title: str
    text: str
    signed_on: date | None
    terms: tuple[TermShape, ...]
    mandate: MandateShape | None
    kind: AgreementKind = AgreementKind.DATA_USE
    signed_by: frozenset[UUID] = frozenset()
    ended_on: date | None = None
    ended_why: str = ""

    @property
    def partner_ids(self) -> frozenset[UUID]:
        """Every partner that it binds."""
        told = frozenset(i for t in self.terms for i in (t.discloser_id, t.recipient_id))
        return told | self.signed_by

    @property
    def kind_name(self) -> str:
        """English, marked for translation."""
        return KIND_NAMES[self.kind]

    @property
    def shares(self) -> bool:
        """Whether it lets something be told, and so holds only by a decision."""
        return self.kind in SHARES

    @property
    def is_in_force(self) -> bool:
        """By its decision; or, where nothing is told under it, from its signing until a party ends it."""
        return self.mandate is not None if self.shares else self.ended_on is None
