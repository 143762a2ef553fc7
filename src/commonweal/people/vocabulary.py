"""The closed lists of the people context."""

from enum import IntEnum, StrEnum

from commonweal.kernel.words import N_


class DatePrecision(StrEnum):
    """How much of a birth date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    UNKNOWN = "unknown"


class Sex(StrEnum):
    """Sex as a partner recorded it. Weak evidence of identity, never a veto (DOMAIN §5.2)."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    UNKNOWN = "unknown"


class NameUse(StrEnum):
    """Why a second name stands beside the usual one."""

    ALSO = "also"
    PRIOR = "prior"
    MARRIED = "married"
    NICKNAME = "nickname"
    LEGAL = "legal"


class Channel(StrEnum):
    """A way to reach a person."""

    CALL = "call"
    VOICEMAIL = "voicemail"
    TEXT = "text"
    EMAIL = "email"
    LETTER = "letter"


class How(StrEnum):
    """How a consent, or its end, was given."""

    SIGNED_ON_SCREEN = "signed-on-screen"
    BY_PHONE = "by-phone"
    ON_PAPER = "on-paper"
    OWN_PAGE = "own-page"
    IN_PERSON = "in-person"


class Law(StrEnum):
    """A body of rules that binds a record by where it comes from (DOMAIN §2.1)."""

    GENERAL = "general"
    HIPAA = "hipaa"
    PART2 = "part2"
    FERPA = "ferpa"
    VAWA = "vawa"


class PartyClass(StrEnum):
    """A class of recipients that a consent may name instead of one partner."""

    TREATING_PROVIDER = "treating-provider"
    HEALTH_PLAN = "health-plan"
    THIRD_PARTY_PAYER = "third-party-payer"
    PROGRAM_OPERATIONS = "program-operations"
    SOCIAL_SERVICE = "social-service"
    COUNTY_AGENCY = "county-agency"
    SCHOOL = "school"


TPO_CLASSES = frozenset(
    {
        PartyClass.TREATING_PROVIDER,
        PartyClass.HEALTH_PLAN,
        PartyClass.THIRD_PARTY_PAYER,
        PartyClass.PROGRAM_OPERATIONS,
    }
)
"""Whom one treatment-payment-operations consent may name together (42 CFR 2.31; DOMAIN §2.3)."""


class ProvisionKind(StrEnum):
    """What a provision does where it matches."""

    PERMIT = "permit"
    DENY = "deny"


class ConsentStatus(StrEnum):
    """FHIR R4 ``Consent.status``."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    ACTIVE = "active"
    REJECTED = "rejected"
    INACTIVE = "inactive"
    ENTERED_IN_ERROR = "entered-in-error"


class MatchGrade(IntEnum):
    """How likely two records are of one person; higher is likelier. FHIR ``match-grade`` names."""

    CERTAINLY_NOT = 0
    POSSIBLE = 1
    PROBABLE = 2
    CERTAIN = 3

    @property
    def code(self) -> str:
        return self.name.lower().replace("_", "-")


class Element(StrEnum):
    """One thing about a person that a disclosure may carry (minimum necessary, 45 CFR 164.502(b))."""

    GIVEN_NAME = "given-name"
    FAMILY_NAME = "family-name"
    BIRTH_YEAR = "birth-year"
    BIRTH_DATE = "birth-date"
    SEX = "sex"
    LANGUAGE = "language"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    PLACE = "place"
    ZIP = "zip"
    HOUSEHOLD = "household"
    CONTACT_RULES = "contact-rules"


class Tie(StrEnum):
    """What a worker said about two records: whose they are."""

    SAME = "same"
    APART = "apart"


class Stand(StrEnum):
    """A standing that changes what may be done about a person (states S5, S7, S8)."""

    RESTRICTED = "restricted"
    DECEASED = "deceased"
    DISPUTED = "disputed"


ELEMENT_NAMES: dict[Element, str] = {
    Element.GIVEN_NAME: N_("first name"),
    Element.FAMILY_NAME: N_("last name"),
    Element.BIRTH_YEAR: N_("year of birth"),
    Element.BIRTH_DATE: N_("birth date"),
    Element.SEX: N_("sex"),
    Element.LANGUAGE: N_("language"),
    Element.PHONE: N_("phone"),
    Element.EMAIL: N_("email"),
    Element.ADDRESS: N_("address"),
    Element.PLACE: N_("town"),
    Element.ZIP: N_("ZIP code"),
    Element.HOUSEHOLD: N_("household"),
    Element.CONTACT_RULES: N_("which ways of contact are safe"),
}

CHANNEL_NAMES: dict[Channel, str] = {
    Channel.CALL: N_("Call"),
    Channel.VOICEMAIL: N_("Leave a message"),
    Channel.TEXT: N_("Text"),
    Channel.EMAIL: N_("Email"),
    Channel.LETTER: N_("Letter"),
}

HOW_NAMES: dict[How, str] = {
    How.SIGNED_ON_SCREEN: N_("signed on screen"),
    How.BY_PHONE: N_("said by phone, with a witness"),
    How.ON_PAPER: N_("signed on paper"),
    How.OWN_PAGE: N_("on their own page"),
    How.IN_PERSON: N_("said in person"),
}

LANGUAGES: dict[str, str] = {
    "en": N_("English"),
    "es": N_("Spanish"),
    "vi": N_("Vietnamese"),
    "so": N_("Somali"),
    "ar": N_("Arabic"),
    "ru": N_("Russian"),
    "zh": N_("Chinese"),
    "mam": N_("Mam"),
    "ase": N_("American Sign Language"),
    "other": N_("Another language"),
}
"""Languages that a form offers, by their codes (BCP 47)."""
