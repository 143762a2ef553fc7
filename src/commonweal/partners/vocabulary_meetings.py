"""Words of meetings and of the work between them."""

from enum import StrEnum

from commonweal.kernel.words import N_
from commonweal.partners.vocabulary import Sector


class MeetingStage(StrEnum):
    """How far a meeting has come."""

    CHOOSING = "choosing"
    CALLED = "called"
    RUNNING = "running"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Offer(StrEnum):
    """What makes it possible to come. A place offers it, a seat needs it."""

    CHILD_CARE = "child-care"
    TRANSPORT = "transport"
    STEP_FREE = "step-free"
    INTERPRETER = "interpreter"
    SIGN_LANGUAGE = "sign-language"
    MEAL = "meal"
    REMOTE = "remote"


OFFER_NAMES: dict[Offer, str] = {
    Offer.CHILD_CARE: N_("Child care"),
    Offer.TRANSPORT: N_("A ride there and back"),
    Offer.STEP_FREE: N_("A way in without steps"),
    Offer.INTERPRETER: N_("An interpreter"),
    Offer.SIGN_LANGUAGE: N_("Sign language"),
    Offer.MEAL: N_("A meal"),
    Offer.REMOTE: N_("Taking part by phone or video"),
}


TONGUE_NAMES: dict[str, str] = {
    "en": N_("English"),
    "es": N_("Spanish"),
    "ht": N_("Haitian Creole"),
    "vi": N_("Vietnamese"),
    "zh": N_("Chinese"),
    "ar": N_("Arabic"),
    "pt": N_("Portuguese"),
    "so": N_("Somali"),
    "ase": N_("American Sign Language"),
}
"""Languages by their tag, as neighbors call them."""


class Could(StrEnum):
    """What a seat says to one possible time."""

    YES = "yes"
    IF_NEEDED = "if-needed"
    NO = "no"


COULD_NAMES: dict[Could, str] = {
    Could.YES: N_("I can come"),
    Could.IF_NEEDED: N_("If it has to be"),
    Could.NO: N_("I can’t"),
}


class Coming(StrEnum):
    """What a seat says to a meeting that is called. Nothing said yet: not in here."""

    YES = "yes"
    ALTERNATE = "alternate"
    NO = "no"


COMING_NAMES: dict[Coming, str] = {
    Coming.YES: N_("I come"),
    Coming.ALTERNATE: N_("My alternate comes"),
    Coming.NO: N_("I can’t come"),
}


class MeetingPart(StrEnum):
    """What someone does for a meeting."""

    CHAIR = "chair"
    FACILITATOR = "facilitator"
    TIMEKEEPER = "timekeeper"
    NOTE_TAKER = "note-taker"


PART_NAMES: dict[MeetingPart, str] = {
    MeetingPart.CHAIR: N_("Leads"),
    MeetingPart.FACILITATOR: N_("Helps us talk"),
    MeetingPart.TIMEKEEPER: N_("Keeps the time"),
    MeetingPart.NOTE_TAKER: N_("Takes notes"),
}


class ItemState(StrEnum):
    """What became of a point on the agenda."""

    PLANNED = "planned"
    CURRENT = "current"
    DONE = "done"
    DEFERRED = "deferred"


class PutBy(StrEnum):
    """Who put a point on an agenda, as far as it is told."""

    RESIDENTS = "residents"
    VOLUNTEERS = "volunteers"
    OTHERS = "others"


PUT_BY_NAMES: dict[PutBy, str] = {
    PutBy.RESIDENTS: N_("Residents"),
    PutBy.VOLUNTEERS: N_("Volunteers without a seat"),
    PutBy.OTHERS: N_("Others who sit there"),
}

PUT_BY_ORDER = tuple(PutBy)


class LineKind(StrEnum):
    """What a line of the minutes is. Each but a note makes something as it is written."""

    NOTE = "note"
    ACTION = "action"
    PROMISE = "promise"
    MOTION = "motion"


LINE_NAMES: dict[LineKind, str] = {
    LineKind.NOTE: N_("Note"),
    LineKind.ACTION: N_("Someone does something"),
    LineKind.PROMISE: N_("A promise to the public"),
    LineKind.MOTION: N_("Motion"),
}


class ActionState(StrEnum):
    """How an action item stands."""

    OPEN = "open"
    BLOCKED = "blocked"
    DONE = "done"
    DROPPED = "dropped"


class Worth(StrEnum):
    """Was it worth your time?"""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


WORTH_NAMES: dict[Worth, str] = {
    Worth.YES: N_("Yes"),
    Worth.PARTLY: N_("Partly"),
    Worth.NO: N_("No"),
}


class Side(StrEnum):
    """Kinds of partners by which power and burden are told; never single ones."""

    HEALTH = "health"
    COMMUNITY = "community"
    PUBLIC = "public"
    RESIDENTS = "residents"


SIDE_NAMES: dict[Side, str] = {
    Side.HEALTH: N_("Hospitals, health plans"),
    Side.COMMUNITY: N_("Community groups"),
    Side.PUBLIC: N_("County, schools, cities"),
    Side.RESIDENTS: N_("Residents"),
}

SIDE_OF: dict[Sector, Side] = {
    Sector.HEALTH_CARE: Side.HEALTH,
    Sector.BEHAVIORAL_HEALTH: Side.HEALTH,
    Sector.PAYER: Side.HEALTH,
    Sector.PUBLIC_HEALTH: Side.PUBLIC,
    Sector.EDUCATION: Side.PUBLIC,
    Sector.JUSTICE: Side.PUBLIC,
    Sector.GOVERNMENT: Side.PUBLIC,
    Sector.RESIDENTS: Side.RESIDENTS,
}
"""Sectors that are not named here are community groups."""
