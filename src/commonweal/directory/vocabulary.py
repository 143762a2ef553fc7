"""The words of the directory. Values are HSDS 3.1's where HSDS has them, else ours."""

from enum import StrEnum

from commonweal.kernel.words import N_


class RecordType(StrEnum):
    """A kind of directory row; the value is HSDS 3.1's object name."""

    ORGANIZATION = "organization"
    ORGANIZATION_IDENTIFIER = "organization_identifier"
    PROGRAM = "program"
    LOCATION = "location"
    SERVICE = "service"
    SERVICE_AT_LOCATION = "service_at_location"
    ADDRESS = "address"
    CONTACT = "contact"
    PHONE = "phone"
    SCHEDULE = "schedule"
    SERVICE_AREA = "service_area"
    LANGUAGE = "language"
    ACCESSIBILITY = "accessibility"
    COST_OPTION = "cost_option"
    REQUIRED_DOCUMENT = "required_document"
    FUNDING = "funding"
    URL = "url"
    UNIT = "unit"
    SERVICE_CAPACITY = "service_capacity"
    TAXONOMY = "taxonomy"
    TAXONOMY_TERM = "taxonomy_term"
    ATTRIBUTE = "attribute"
    METADATA = "metadata"


class Visibility(StrEnum):
    """Who may see a row. ``PARTNERS``: signed-in partners of the collaborative; ``PRIVATE``: its
    own organization and the stewards of the directory."""

    PUBLIC = "public"
    PARTNERS = "partners"
    PRIVATE = "private"


class HiddenReason(StrEnum):
    """Why a row is not public. ``INHERITED``: because what it belongs to is not."""

    NONE = ""
    PRIVATE = "private"
    SUPPRESSED = "suppressed"
    DO_NOT_REFER = "do-not-refer"
    CONFIDENTIAL_ADDRESS = "confidential-address"
    INHERITED = "inherited"


class ServiceStatus(StrEnum):
    """HSDS service.status."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    DEFUNCT = "defunct"
    TEMPORARILY_CLOSED = "temporarily closed"


class LocationType(StrEnum):
    """HSDS location.location_type; an address takes the same three."""

    PHYSICAL = "physical"
    POSTAL = "postal"
    VIRTUAL = "virtual"


class Frequency(StrEnum):
    """HSDS schedule.freq; empty where the source gave none."""

    NONE = ""
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"


class Weekday(StrEnum):
    """RFC 5545 names, Monday first."""

    MO = "MO"
    TU = "TU"
    WE = "WE"
    TH = "TH"
    FR = "FR"
    SA = "SA"
    SU = "SU"


class Capacity(StrEnum):
    """Room for new clients, as last reported. Old reports are shown as unknown (DOMAIN 4-T10)."""

    OPEN = "open"
    WAITLIST = "waitlist"
    CLOSED = "closed"
    UNKNOWN = "unknown"


class RoomAsked(StrEnum):
    """What became of a question whether a service has room."""

    SENT = "sent"
    JOINED = "joined"  # somebody asked before; the answer is told to both
    NO_ADDRESS = "no-address"
    NOT_NOW = "not-now"  # it is known, or they named a day on which to ask again


class VerifiedHow(StrEnum):
    """How a row was last confirmed."""

    NONE = ""
    SOURCE = "source"  # the source itself says when it was assured
    ORGANIZATION = "organization"  # the organization, by its link
    CALL = "call"  # a steward who called
    PARTNER = "partner"  # a signed-in partner


class DomainProvenance(StrEnum):
    """Why a service counts as help with a need."""

    TERM = "term"  # a taxonomy term that the mapping knows
    NAME = "name"  # words in its name, where no term said so
    HAND = "hand"  # a person chose it


class MatchKind(StrEnum):
    """How a TaxonomyMapping row matches a term."""

    CODE = "code"  # the whole code
    CODE_PREFIX = "code-prefix"  # the code begins so
    WORDS = "words"  # the folded term contains these words at word borders


VISIBILITY_NAMES: dict[Visibility, str] = {
    Visibility.PUBLIC: N_("Everyone"),
    Visibility.PARTNERS: N_("Partners only"),
    Visibility.PRIVATE: N_("Its own organization only"),
}

CAPACITY_NAMES: dict[Capacity, str] = {
    Capacity.OPEN: N_("Takes new people"),
    Capacity.WAITLIST: N_("Waiting list"),
    Capacity.CLOSED: N_("Full"),
    Capacity.UNKNOWN: N_("Not known; ask first"),
}

STATUS_NAMES: dict[ServiceStatus, str] = {
    ServiceStatus.ACTIVE: N_("Open"),
    ServiceStatus.INACTIVE: N_("Not offered now"),
    ServiceStatus.DEFUNCT: N_("Ended"),
    ServiceStatus.TEMPORARILY_CLOSED: N_("Closed for a time"),
}
