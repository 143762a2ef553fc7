"""What happened in screening, told to whoever stands above."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from commonweal.foundation.access.vocabulary import Segment
from commonweal.kernel.domains import NeedDomain
from commonweal.screening.vocabulary import NeedStatus, Urgency


@dataclass(frozen=True, slots=True)
class ScreeningCompleted:
    """A screening was finished. What it showed is read through the facade, under one's own rights."""

    screening_id: UUID
    person_id: UUID
    holder_id: UUID
    occurred_at: datetime


@dataclass(frozen=True, slots=True)
class NeedRaised:
    """The person wants help with something, and a human has recorded it."""

    need_id: UUID
    person_id: UUID
    holder_id: UUID
    domain: NeedDomain
    segment: Segment
    urgency: Urgency
    occurred_at: datetime


@dataclass(frozen=True, slots=True)
class NeedStatusChanged:
    """A need moved from ``before`` to ``after``."""

    need_id: UUID
    person_id: UUID
    segment: Segment
    before: NeedStatus
    after: NeedStatus
    occurred_at: datetime
    reason: str
