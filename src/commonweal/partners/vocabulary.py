"""Sectors and kinds of partners (DESIGN §2)."""

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
