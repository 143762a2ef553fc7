"""What happened in care teams."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class LeadChosen:
    """The person chose who leads for them."""

    person_id: UUID
    member_id: UUID
    partner_id: UUID
    account_id: UUID | None
    occurred_at: datetime


@dataclass(frozen=True, slots=True)
class MemberJoined:
    """Someone began to help a person."""

    person_id: UUID
    member_id: UUID
    partner_id: UUID
    occurred_at: datetime


@dataclass(frozen=True, slots=True)
class MemberLeft:
    """Someone no longer helps a person."""

    person_id: UUID
    member_id: UUID
    partner_id: UUID
    occurred_at: datetime
