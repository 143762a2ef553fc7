"""What crosses the door of partners."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from commonweal.partners.vocabulary import SECTOR_NAMES, Kind, MemberKind, Sector


@dataclass(frozen=True, slots=True)
class PartnerShape:
    """An organization at the table. ``languages`` are BCP 47 tags; ``left_on`` empty while it takes part."""

    id: UUID
    slug: str
    name: str
    sector: Sector
    kind: Kind
    can_do: str
    cannot_do: str
    limits_stated_on: date | None
    languages: tuple[str, ...]
    email: str
    phone: str
    website: str
    place: str
    is_victim_service_provider: bool
    joined_on: date
    left_on: date | None

    @property
    def sector_name(self) -> str:
        """English, marked for translation."""
        return SECTOR_NAMES[self.sector]

    @property
    def is_backbone(self) -> bool:
        return self.kind is Kind.BACKBONE

    @property
    def is_here(self) -> bool:
        """Whether it takes part now."""
        return self.left_on is None

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class MemberShape:
    """A human who takes part: a delegate or volunteer of a partner, or a resident member."""

    id: UUID
    name: str
    title: str
    kind: MemberKind
    partner_id: UUID | None
    account_id: UUID | None
    joined_on: date

    @property
    def is_resident_member(self) -> bool:
        return self.kind is MemberKind.RESIDENT


@dataclass(frozen=True, slots=True)
class MembershipShape:
    """An account acts for a partner in a role. ``role`` is a value of ``access.vocabulary.Role``."""

    id: UUID
    account_id: UUID
    account_name: str
    partner_id: UUID | None
    role: str
    since: datetime
    has_signed_in: bool
