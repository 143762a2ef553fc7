"""The words of screening: how one is asked, what an answer shows, how a need stands."""

from enum import StrEnum

from commonweal.kernel.domains import NeedDomain
from commonweal.kernel.words import N_

LOINC = "http://loinc.org"
CHECK_IN_SYSTEM = "urn:commonweal:check-in"
DATA_ABSENT = "http://terminology.hl7.org/CodeSystem/data-absent-reason"

AHC = "ahc-hrsn"
PRAPARE = "prapare"
HUNGER_VITAL_SIGN = "hunger-vital-sign"
CHECK_IN = "neighbor-check-in"


class Kind(StrEnum):
    """What a question takes as its answer."""

    GROUP = "group"
    NOTE = "note"
    ONE = "one"
    MANY = "many"
    YES_NO = "yes-no"
    NUMBER = "number"
    DATE = "date"
    TEXT = "text"

    @property
    def is_asked(self) -> bool:
        return self not in (Kind.GROUP, Kind.NOTE)


class Mode(StrEnum):
    """How the answers came to us."""

    SELF = "self"
    ALOUD = "read-aloud"
    PAPER = "paper"


MODE_NAMES: dict[Mode, str] = {
    Mode.SELF: N_("The person answers alone, on a phone"),
    Mode.ALOUD: N_("A worker reads the questions aloud"),
    Mode.PAPER: N_("From a paper form"),
}


class ResponseStatus(StrEnum):
    """FHIR QuestionnaireResponse status, as far as we use it."""

    IN_PROGRESS = "in-progress"
    COMPLETED = "completed"
    IN_ERROR = "entered-in-error"


class Because(StrEnum):
    """Why a question was not asked."""

    NOT_ALONE = "not-alone"


class Result(StrEnum):
    """What the answers show about one domain. ``INDETERMINATE`` was asked and cannot be told."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    INDETERMINATE = "indeterminate"
    NOT_ASSESSED = "not-assessed"


class Outcome(StrEnum):
    """How an occasion to screen ended. Five facts, never one (DOMAIN §0.2 rule 1)."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    NOT_ASKED = "not-asked"
    DECLINED = "declined"
    UNABLE = "unable"


class Flag(StrEnum):
    """What is odd about the answers themselves; a human looks, nothing is dropped."""

    CONTRADICTORY = "contradictory"
    UNRECOGNIZED = "unrecognized"


class Wish(StrEnum):
    """What the person says to: do you want help with this?"""

    YES = "yes"
    NOT_NOW = "not-now"
    HAVE_HELP = "have-help"


WISH_NAMES: dict[Wish, str] = {
    Wish.YES: N_("Yes, please"),
    Wish.NOT_NOW: N_("Not now"),
    Wish.HAVE_HELP: N_("I have help already"),
}


class Agreed(StrEnum):
    """How the person's word reached the one who recorded it."""

    OWN_HAND = "own-hand"
    SPOKEN = "spoken"
    PAPER = "paper"


AGREED_NAMES: dict[Agreed, str] = {
    Agreed.OWN_HAND: N_("answered alone"),
    Agreed.SPOKEN: N_("said so to a worker"),
    Agreed.PAPER: N_("wrote it on paper"),
}

AGREED_BY_MODE: dict[Mode, Agreed] = {
    Mode.SELF: Agreed.OWN_HAND,
    Mode.ALOUD: Agreed.SPOKEN,
    Mode.PAPER: Agreed.PAPER,
}


class Urgency(StrEnum):
    """How long a need can wait."""

    ROUTINE = "routine"
    URGENT = "urgent"


class NeedStatus(StrEnum):
    """Where a need stands. ``MET`` is the person's word, never the helper's."""

    OPEN = "open"
    BEING_HELPED = "being-helped"
    MET = "met"
    UNMET = "unmet"
    WITHDRAWN = "withdrawn"


NEED_STATUS_NAMES: dict[NeedStatus, str] = {
    NeedStatus.OPEN: N_("Waits for help"),
    NeedStatus.BEING_HELPED: N_("Being helped"),
    NeedStatus.MET: N_("Met, the person says"),
    NeedStatus.UNMET: N_("Could not be met"),
    NeedStatus.WITHDRAWN: N_("Not wanted any more"),
}

LIVE_NEEDS = (NeedStatus.OPEN, NeedStatus.BEING_HELPED)

CORE_TOPICS: dict[str, frozenset[NeedDomain]] = {
    "food": frozenset({NeedDomain.FOOD}),
    "housing": frozenset({NeedDomain.HOUSING, NeedDomain.HOMELESSNESS}),
    "transport": frozenset({NeedDomain.TRANSPORT}),
    "utilities": frozenset({NeedDomain.UTILITIES}),
}
"""The core topics of a screening that may be counted. Interpersonal safety is the fifth of DOMAIN
§6.3 and is asked, but stays out of every count: whoever can subtract can find a person."""
