"""Roles, purposes, classes of data, segments and states (SECURITY §2.5)."""

from enum import StrEnum

from commonweal.kernel.words import N_


class Role(StrEnum):
    """What a human or a program is here to do; SECURITY §2.5 R1 to R20, in its order."""

    RESIDENT = "resident"
    PROXY = "proxy"
    CASE_WORKER = "case_worker"
    SUPERVISOR = "supervisor"
    CLINICIAN = "clinician"
    PART2_STAFF = "part2_staff"
    COUNTY_WORKER = "county_worker"
    COORDINATOR = "coordinator"
    ANALYST = "analyst"
    MEMBER = "member"
    ELECTION_OFFICER = "election_officer"
    FINANCE_MAKER = "finance_maker"
    FINANCE_CHECKER = "finance_checker"
    ORG_ADMIN = "org_admin"
    OPERATOR = "operator"
    PRIVACY_OFFICER = "privacy_officer"
    APP = "app"
    BACKEND_SERVICE = "backend_service"
    ADT_SENDER = "adt_sender"
    PUBLIC = "public"


ROLE_NAMES: dict[Role, str] = {
    Role.RESIDENT: N_("Person served"),
    Role.PROXY: N_("Proxy or guardian"),
    Role.CASE_WORKER: N_("Community case worker"),
    Role.SUPERVISOR: N_("Community supervisor"),
    Role.CLINICIAN: N_("Clinician"),
    Role.PART2_STAFF: N_("Staff of a substance use program"),
    Role.COUNTY_WORKER: N_("County worker"),
    Role.COORDINATOR: N_("Care coordinator"),
    Role.ANALYST: N_("Analyst"),
    Role.MEMBER: N_("Member of the table"),
    Role.ELECTION_OFFICER: N_("Election officer"),
    Role.FINANCE_MAKER: N_("Finance, prepares"),
    Role.FINANCE_CHECKER: N_("Finance, checks"),
    Role.ORG_ADMIN: N_("Organization administrator"),
    Role.OPERATOR: N_("Operator"),
    Role.PRIVACY_OFFICER: N_("Privacy officer"),
    Role.APP: N_("App of a person served"),
    Role.BACKEND_SERVICE: N_("Program of a partner"),
    Role.ADT_SENDER: N_("Hospital message sender"),
    Role.PUBLIC: N_("Anyone"),
}

CARE_ROLES = (
    Role.CASE_WORKER,
    Role.SUPERVISOR,
    Role.CLINICIAN,
    Role.PART2_STAFF,
    Role.COUNTY_WORKER,
    Role.COORDINATOR,
)
"""Those who help a person and may, with consent, see who else does."""

SEATED = (
    Role.MEMBER,
    Role.ORG_ADMIN,
    *CARE_ROLES,
    Role.ANALYST,
    Role.ELECTION_OFFICER,
    Role.FINANCE_MAKER,
    Role.FINANCE_CHECKER,
    Role.PRIVACY_OFFICER,
)
"""Those who may hold a seat at the table, in whatever role they work: the seat decides, not the role."""


class Purpose(StrEnum):
    """Why one reads (v3-ActReason where it has a code; see FHIR_CODES)."""

    TREAT = "TREAT"
    COORD = "COORD"
    PAY = "PAY"
    OPS = "OPS"
    PH = "PH"
    RES = "RES"
    SELF = "SELF"
    EMERG = "EMERG"
    GOV = "GOV"
    AUD = "AUD"
    ADMIN = "ADMIN"
    LEGAL = "LEGAL"


PURPOSE_NAMES: dict[Purpose, str] = {
    Purpose.TREAT: N_("to treat you"),
    Purpose.COORD: N_("to arrange help together"),
    Purpose.PAY: N_("to pay for care"),
    Purpose.OPS: N_("to run the service"),
    Purpose.PH: N_("for public health"),
    Purpose.RES: N_("for research without names"),
    Purpose.SELF: N_("because it is yours"),
    Purpose.EMERG: N_("in an emergency"),
    Purpose.GOV: N_("to decide together"),
    Purpose.AUD: N_("to check that all was right"),
    Purpose.ADMIN: N_("to keep the software running"),
    Purpose.LEGAL: N_("for a court"),
}

FHIR_CODES: dict[Purpose, str] = {
    Purpose.TREAT: "TREAT",
    Purpose.COORD: "CAREMGT",
    Purpose.PAY: "HPAYMT",
    Purpose.OPS: "HOPERAT",
    Purpose.PH: "PUBHLTH",
    Purpose.RES: "HRESCH",
    Purpose.SELF: "PATRQT",
    Purpose.EMERG: "ETREAT",
}


class Segment(StrEnum):
    """Sensitivity of what a row tells (DOMAIN §2.6)."""

    GENERAL = "general"
    HOSPITAL = "hospital"
    BEHAVIORAL_HEALTH = "behavioral-health"
    SUBSTANCE_USE = "substance-use"
    DOMESTIC_VIOLENCE = "domestic-violence"
    HIV = "hiv"
    REPRODUCTIVE = "reproductive"
    MINOR = "minor"
    IMMIGRATION = "immigration"
    PSYCHOTHERAPY = "psychotherapy"


SEGMENT_NAMES: dict[Segment, str] = {
    Segment.GENERAL: N_("everyday needs and contact"),
    Segment.HOSPITAL: N_("the days of a hospital stay"),
    Segment.BEHAVIORAL_HEALTH: N_("mental health"),
    Segment.SUBSTANCE_USE: N_("treatment for alcohol or drugs"),
    Segment.DOMESTIC_VIOLENCE: N_("safety at home"),
    Segment.HIV: N_("HIV"),
    Segment.REPRODUCTIVE: N_("pregnancy and reproductive health"),
    Segment.MINOR: N_("care that a minor asked for alone"),
    Segment.IMMIGRATION: N_("immigration"),
    Segment.PSYCHOTHERAPY: N_("counseling notes"),
}


GLASS_NEVER = frozenset({Segment.DOMESTIC_VIOLENCE, Segment.PSYCHOTHERAPY})
"""Segments that no broken glass opens (DOMAIN §2.8)."""


class DataClass(StrEnum):
    """Kinds of data (SECURITY §2.5 D0 to D16)."""

    D0 = "D0"  # directories, meetings
    D1 = "D1"  # published figures
    D2 = "D2"  # identity, contact
    D3 = "D3"  # safe or confidential address
    D4 = "D4"  # needs, screening, referrals
    D5 = "D5"  # clinical, ADT
    D6 = "D6"  # 42 CFR Part 2 substance use
    D7 = "D7"  # substance use counseling and psychotherapy notes
    D8 = "D8"  # otherwise specially protected
    D9 = "D9"  # consents
    D10 = "D10"  # audit
    D11 = "D11"  # ballot choice
    D12 = "D12"  # turnout
    D13 = "D13"  # ledger
    D14 = "D14"  # bank details
    D15 = "D15"  # keys
    D16 = "D16"  # de-identified workspace


PERSON_CLASSES = tuple(DataClass(f"D{n}") for n in range(2, 10))
"""Classes whose rows are about one person and follow that person's consent."""


class State(StrEnum):
    """What the person has said about a reading (SECURITY §2.5 S0 to S9)."""

    NEVER_ASKED = "S0"
    MATCHES = "S1"
    MISMATCH = "S2"
    EXPIRED = "S3"
    REVOKED = "S4"
    RESTRICTED = "S5"
    OF_AGE = "S6"
    DECEASED = "S7"
    DISPUTED = "S8"
    UNREADABLE = "S9"


class Relation(StrEnum):
    """How the reader stands to a row: its holder, a recipient, or the person."""

    OWN = "own"
    SHARED = "shared"
    SELF = "self"
    GLASS = "glass"


class Need(StrEnum):
    """What must be shown beside the relation before the rule holds."""

    NOTHING = ""
    ASSIGNED = "assigned"
    NAMED = "named"
    CASE = "case"


def class_of(base: DataClass, segment: Segment) -> DataClass:
    """The class of a row that tells ``base`` data of a ``segment``: the stricter of the two.

    >>> class_of(DataClass.D4, Segment.SUBSTANCE_USE)
    <DataClass.D6: 'D6'>
    """
    if base is DataClass.D3:
        return base
    return _OF_SEGMENT.get(segment, base)


_OF_SEGMENT = {
    Segment.SUBSTANCE_USE: DataClass.D6,
    Segment.PSYCHOTHERAPY: DataClass.D7,
    Segment.BEHAVIORAL_HEALTH: DataClass.D8,
    Segment.DOMESTIC_VIOLENCE: DataClass.D8,
    Segment.HIV: DataClass.D8,
    Segment.REPRODUCTIVE: DataClass.D8,
    Segment.MINOR: DataClass.D8,
    Segment.IMMIGRATION: DataClass.D8,
}
