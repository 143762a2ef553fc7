"""What happened in referrals, told to whoever stands above. Ids and codes, no words of people."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from commonweal.foundation.access.vocabulary import Segment
from commonweal.kernel.domains import NeedDomain
from commonweal.referrals.vocabulary import Helped, OutcomeCode, Provenance, Status


@dataclass(frozen=True, slots=True)
class About:
    """Which sending an event is about. ``owner_id`` is None while an open referral waits to be claimed."""

    task_id: UUID
    referral_id: UUID
    person_id: UUID
    need_id: UUID
    holder_id: UUID
    owner_id: UUID | None
    domain: NeedDomain
    segment: Segment


@dataclass(frozen=True, slots=True)
class ReferralSent:
    """A service was asked."""

    about: About
    occurred_at: datetime


@dataclass(frozen=True, slots=True)
class ReferralAnswered:
    """The service said yes (``accepted``) or no, with its reason."""

    about: About
    accepted: bool
    reason: str
    occurred_at: datetime


@dataclass(frozen=True, slots=True)
class ReferralEnded:
    """A sending came to its end. Says nothing about whether the need is met."""

    about: About
    status: Status
    outcome: OutcomeCode | None
    reason: str
    occurred_at: datetime


@dataclass(frozen=True, slots=True)
class ReferralEscalated:
    """Nobody answered in time; whoever coordinates for the person should know."""

    about: About
    occurred_at: datetime


@dataclass(frozen=True, slots=True)
class PersonAnswered:
    """The person said whether it helped."""

    person_id: UUID
    need_id: UUID
    task_id: UUID | None
    helped: Helped
    provenance: Provenance
    occurred_at: datetime
