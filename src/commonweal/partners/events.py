"""What happened to partners."""

from dataclasses import dataclass
from uuid import UUID

from commonweal.partners.events_meetings import MeetingClosed as MeetingClosed
from commonweal.partners.events_meetings import PromiseStruck as PromiseStruck
from commonweal.partners.events_meetings import PromiseWritten as PromiseWritten


@dataclass(frozen=True, slots=True)
class PartnerJoined:
    """An organization took its place at the table."""

    partner_id: UUID


@dataclass(frozen=True, slots=True)
class PartnerLeft:
    """An organization left; its people lost their roles in the same transaction."""

    partner_id: UUID
    why: str


@dataclass(frozen=True, slots=True)
class LimitsStated:
    """A partner said anew what it can and cannot do."""

    partner_id: UUID


@dataclass(frozen=True, slots=True)
class MembershipEnded:
    """Someone no longer acts for a partner in a role."""

    account_id: UUID
    partner_id: UUID | None
    role: str


@dataclass(frozen=True, slots=True)
class BodyFounded:
    """The table has a new body."""

    body_id: UUID


@dataclass(frozen=True, slots=True)
class SeatFilled:
    """Someone took a seat, as its holder or an alternate."""

    seat_id: UUID
    holding_id: UUID


@dataclass(frozen=True, slots=True)
class SeatVacated:
    """The holder left; the seat is empty until it is filled again."""

    seat_id: UUID
