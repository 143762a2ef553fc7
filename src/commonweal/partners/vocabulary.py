"""Sectors and kinds of partners, bodies and seats (DESIGN §2)."""

from enum import StrEnum

from commonweal.kernel.words import N_


class Sector(StrEnum):
    """Which part of the community a partner stands for."""

    HEALTH_CARE = "health-care"
    BEHAVIORAL_HEALTH = "behavioral-health"
    PUBLIC_HEALTH = "public-health"
    SOCIAL_SERVICES = "social-services"
    HOUSING = "housing"
    EDUCATION = "education"
    JUSTICE = "justice"
    GOVERNMENT = "government"
    BUSINESS = "business"
    PHILANTHROPY = "philanthropy"
    FAITH = "faith"
    PAYER = "payer"
    RESIDENTS = "residents"


SECTOR_NAMES: dict[Sector, str] = {
    Sector.HEALTH_CARE: N_("Health care"),
    Sector.BEHAVIORAL_HEALTH: N_("Behavioral health"),
    Sector.PUBLIC_HEALTH: N_("Public health"),
    Sector.SOCIAL_SERVICES: N_("Social services"),
    Sector.HOUSING: N_("Housing"),
    Sector.EDUCATION: N_("Education"),
    Sector.JUSTICE: N_("Justice"),
    Sector.GOVERNMENT: N_("Government"),
    Sector.BUSINESS: N_("Business"),
    Sector.PHILANTHROPY: N_("Philanthropy"),
    Sector.FAITH: N_("Faith"),
    Sector.PAYER: N_("Health plans"),
    Sector.RESIDENTS: N_("Residents"),
}


class Kind(StrEnum):
    """What a partner is to the collaborative."""

    ORGANIZATION = "organization"
    BACKBONE = "backbone"


class MemberKind(StrEnum):
    """In what capacity a human takes part."""

    DELEGATE = "delegate"
    VOLUNTEER = "volunteer"
    RESIDENT = "resident"


class BodyKind(StrEnum):
    """What a body is for. A caucus is where residents speak among themselves."""

    BOARD = "board"
    COUNCIL = "council"
    WORKGROUP = "workgroup"
    HUB = "hub"
    ADVISORY = "advisory-council"
    CAUCUS = "caucus"


BODY_KIND_NAMES: dict[BodyKind, str] = {
    BodyKind.BOARD: N_("Board"),
    BodyKind.COUNCIL: N_("Council"),
    BodyKind.WORKGROUP: N_("Workgroup"),
    BodyKind.HUB: N_("Hub"),
    BodyKind.ADVISORY: N_("Advisory council"),
    BodyKind.CAUCUS: N_("Caucus"),
}


class Scale(StrEnum):
    """How far a body reaches, the smallest first."""

    BLOCK = "block"
    NEIGHBORHOOD = "neighborhood"
    CITY = "city"
    COUNTY = "county"
    REGION = "region"


SCALE_NAMES: dict[Scale, str] = {
    Scale.BLOCK: N_("Block"),
    Scale.NEIGHBORHOOD: N_("Neighborhood"),
    Scale.CITY: N_("City"),
    Scale.COUNTY: N_("County"),
    Scale.REGION: N_("Region"),
}


class MemberClass(StrEnum):
    """Whose seat it is when no partner owns it."""

    RESIDENT = "resident"
    VOLUNTEER = "volunteer"
    PUBLIC_OFFICIAL = "public-official"


MEMBER_CLASS_NAMES: dict[MemberClass, str] = {
    MemberClass.RESIDENT: N_("Residents"),
    MemberClass.VOLUNTEER: N_("Volunteers"),
    MemberClass.PUBLIC_OFFICIAL: N_("Elected officials"),
}


class SeatRole(StrEnum):
    """What the one in the seat does there."""

    MEMBER = "member"
    CHAIR = "chair"
    CO_LEAD = "co-lead"
    SECRETARY = "secretary"
    FACILITATOR = "facilitator"


SEAT_ROLE_NAMES: dict[SeatRole, str] = {
    SeatRole.MEMBER: N_("Member"),
    SeatRole.CHAIR: N_("Chair"),
    SeatRole.CO_LEAD: N_("Co-lead"),
    SeatRole.SECRETARY: N_("Secretary"),
    SeatRole.FACILITATOR: N_("Facilitator"),
}

LEADS = frozenset({SeatRole.CHAIR, SeatRole.CO_LEAD})
"""Roles that lead a body."""


class Authority(StrEnum):
    """What a delegate may decide for the organization that sent them (DOMAIN §7.1).

    ``full``: alone. ``bounded``: alone within bounds, else after asking. ``none``: only after asking.
    """

    FULL = "full"
    BOUNDED = "bounded"
    NONE = "none"


AUTHORITY_NAMES: dict[Authority, str] = {
    Authority.FULL: N_("May decide alone"),
    Authority.BOUNDED: N_("May decide within bounds"),
    Authority.NONE: N_("Must ask first"),
}
