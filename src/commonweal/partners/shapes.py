"""What crosses the door of partners."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from commonweal.partners.shapes_seats import (
    AuthorityShape,
    Enrolled,
    InvitationShape,
    NoteShape,
    PackItem,
    Panel,
    PastHolderShape,
    PopulationGap,
    PopulationShape,
    RosterPage,
    SeatRule,
    ShortfallShape,
    StandingShape,
    Stint,
    VolunteerShape,
)
from commonweal.partners.vocabulary import (
    LEADS,
    SECTOR_NAMES,
    Authority,
    BodyKind,
    Kind,
    MemberClass,
    MemberKind,
    Scale,
    SeatRole,
    Sector,
)
from commonweal.partners.vocabulary_seats import Latitude, OnLeaving

__all__ = [
    "SECTOR_NAMES",
    "Authority",
    "AuthorityShape",
    "BodyShape",
    "Enrolled",
    "HolderShape",
    "InvitationShape",
    "Latitude",
    "MemberShape",
    "MembershipShape",
    "NoteShape",
    "OnLeaving",
    "PackItem",
    "Panel",
    "PartnerShape",
    "PastHolderShape",
    "PopulationGap",
    "PopulationShape",
    "RosterPage",
    "SeatRole",
    "SeatRule",
    "SeatShape",
    "Sector",
    "ShortfallShape",
    "StandingShape",
    "Stint",
    "VolunteerShape",
]


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


@dataclass(frozen=True, slots=True)
class BodyShape:
    """A group that meets. ``parent_id``: the body that it stands in."""

    id: UUID
    slug: str
    name: str
    kind: BodyKind
    parent_id: UUID | None
    scale: Scale
    place: str
    purpose: str
    is_private: bool
    starts_on: date
    ends_on: date | None
    given_under: UUID | None

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class HolderShape:
    """The human in a seat, or its alternate. ``works_for_partner``: for an organization of the table, too.

    ``name``: as they are known at the table; who works for a shelter is known by its name. ``own_name`` is
    for their own and the backbone.
    """

    id: UUID
    seat_id: UUID
    member_id: UUID
    account_id: UUID | None
    name: str
    own_name: str
    is_alternate: bool
    authority: Authority
    bounds: str
    limit_cents: int | None
    starts_on: date
    term_ends_on: date | None
    works_for_partner: bool = False


@dataclass(frozen=True, slots=True)
class SeatShape:
    """A place in a body, and who fills it now (None: vacant; ``vacant_since`` the day it fell vacant).

    ``sector`` and ``place`` are the seat's own, or else its partner's. ``unit`` is shared by partners under
    common control, who have one vote together (DOMAIN §7.2).
    """

    id: UUID
    body_id: UUID
    partner_id: UUID | None
    partner_name: str
    member_class: MemberClass | None
    sector: Sector | None
    place: str
    population: str
    title: str
    role: SeatRole
    has_vote: bool
    term_months: int | None
    terms_at_most: int | None
    unit: str
    starts_on: date
    ends_on: date | None
    given_under: UUID | None
    holder: HolderShape | None
    alternates: tuple[HolderShape, ...] = ()
    vacant_since: date | None = None

    @property
    def voter_id(self) -> str:
        """Under which name its vote is counted: an organization has one, however many seats it holds."""
        return f"partner:{self.partner_id}" if self.partner_id else f"seat:{self.id}"

    @property
    def is_resident(self) -> bool:
        """Whether it speaks for those served: their seat, while no employee sits in it (DOMAIN §7.2)."""
        return self.member_class is MemberClass.RESIDENT and not self.is_held_by_employee

    @property
    def is_held_by_employee(self) -> bool:
        """Whether who sits in a residents' seat works for an organization of the table by now."""
        held = self.holder is not None and self.holder.works_for_partner
        return held and self.member_class is MemberClass.RESIDENT

    @property
    def leads(self) -> bool:
        return self.role in LEADS

    @property
    def account_ids(self) -> frozenset[UUID]:
        """The accounts that may speak from it: its holder's and the alternates'."""
        people = (*((self.holder,) if self.holder else ()), *self.alternates)
        return frozenset(p.account_id for p in people if p.account_id)
