"""A charter: the bodies that a table founds, whose seats they have, and its first bylaws."""

from collections.abc import Mapping
from dataclasses import dataclass

from commonweal.governance.shapes_bylaws import BylawsText
from commonweal.partners.vocabulary import BodyKind, MemberClass, Scale, SeatRole, Sector

Said = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CharterSeats:
    """Seats of one kind in a body: ``count`` for a class of members, or one for each partner.

    ``partners``: every partner but the backbone has one, in these ``sectors`` where some are named.
    """

    partners: bool = False
    sectors: tuple[Sector, ...] = ()
    member_class: MemberClass | None = None
    count: int = 1
    sector: Sector | None = None
    role: SeatRole = SeatRole.MEMBER
    title: Said | None = None
    place: str = ""
    population: str = ""
    has_vote: bool = True
    term_months: int | None = None
    terms_at_most: int | None = None


@dataclass(frozen=True, slots=True)
class CharterBody:
    """A body to found, with its seats. ``parent`` is the slug of the body in which it stands."""

    slug: str
    name: Said
    purpose: Said
    kind: BodyKind
    parent: str
    scale: Scale
    place: str
    is_private: bool
    seats: tuple[CharterSeats, ...]


@dataclass(frozen=True, slots=True)
class Charter:
    """A ready charter. ``key`` is its name on the command line; ``text`` the bylaws as ``bylaws.toml``."""

    key: str
    name: str
    place: str
    summary: Said
    bodies: tuple[CharterBody, ...]
    bylaws: BylawsText
    text: str
