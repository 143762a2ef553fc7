"""What happened to a person's record or consents, in the past tense."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from commonweal.foundation.access.vocabulary import Purpose, Segment
from commonweal.people.vocabulary import Stand


@dataclass(frozen=True, slots=True)
class PersonRegistered:
    """A partner made its own record of a person. ``is_new``: nobody the partner may see was this person."""

    person_id: UUID
    record_id: UUID
    holder_id: UUID
    is_new: bool
    occurred_at: datetime


@dataclass(frozen=True, slots=True)
class ConsentGiven:
    """A person said yes."""

    consent_id: UUID
    person_id: UUID
    discloser_id: UUID
    recipient_ids: tuple[UUID, ...]
    segments: tuple[Segment, ...]
    purposes: tuple[Purpose, ...]
    start: datetime
    end: datetime | None
    occurred_at: datetime


@dataclass(frozen=True, slots=True)
class ConsentWithdrawn:
    """A person stopped. Bites from ``occurred_at`` on, that instant included."""

    consent_id: UUID
    person_id: UUID
    discloser_id: UUID
    recipient_ids: tuple[UUID, ...]
    segments: tuple[Segment, ...]
    purposes: tuple[Purpose, ...]
    occurred_at: datetime


@dataclass(frozen=True, slots=True)
class StandingChanged:
    """A person was restricted, has died, or may be mixed up with another; or that ended."""

    person_id: UUID
    stand: Stand
    began: bool
    partner_id: UUID | None
    occurred_at: datetime
