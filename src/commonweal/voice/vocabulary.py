"""How something was said, what is done with it, and how it is answered."""

from enum import StrEnum

from commonweal.kernel.words import N_


class Way(StrEnum):
    """By which way it came."""

    PAGE = "page"
    MEETING = "meeting"
    IN_PERSON = "in-person"
    PHONE = "phone"
    PAPER = "paper"
    SMS = "sms"


WAY_NAMES: dict[Way, str] = {
    Way.PAGE: N_("On this page"),
    Way.MEETING: N_("In a meeting"),
    Way.IN_PERSON: N_("Face to face"),
    Way.PHONE: N_("By phone"),
    Way.PAPER: N_("On paper"),
    Way.SMS: N_("By text message"),
}


class Hand(StrEnum):
    """Whose words they are: the one's own, told on by another, or put into another language."""

    DIRECT = "direct"
    RELAYED = "relayed"
    INTERPRETED = "interpreted"


HAND_NAMES: dict[Hand, str] = {
    Hand.DIRECT: N_("In their own words"),
    Hand.RELAYED: N_("Told on by someone else"),
    Hand.INTERPRETED: N_("Interpreted from another language"),
}


class Kind(StrEnum):
    """What an act on inputs did."""

    GROUPED = "grouped"
    SPLIT = "split"
    MERGED = "merged"
    TIED = "tied"
    TAKEN_BACK = "taken-back"


KIND_NAMES: dict[Kind, str] = {
    Kind.GROUPED: N_("Put together with what others said"),
    Kind.SPLIT: N_("Taken apart, because it asks for something of its own"),
    Kind.MERGED: N_("Put together with another group"),
    Kind.TIED: N_("Linked to what answers it"),
    Kind.TAKEN_BACK: N_("Taken back"),
}


class Answering(StrEnum):
    """What a body said to an input. The last two are refusals for now or for good, and are counted."""

    CONSIDERING = "considering"
    ANSWERED = "answered"
    DEFERRED = "deferred"
    REFUSED = "refused"


ANSWERING_NAMES: dict[Answering, str] = {
    Answering.CONSIDERING: N_("We are looking into it"),
    Answering.ANSWERED: N_("This is our answer"),
    Answering.DEFERRED: N_("Not now"),
    Answering.REFUSED: N_("No"),
}
ANSWERING_LOOKS: dict[Answering, str] = {
    Answering.CONSIDERING: "is-half",
    Answering.ANSWERED: "is-done",
    Answering.DEFERRED: "is-wait",
    Answering.REFUSED: "is-off",
}
PUT_OFF = frozenset({Answering.DEFERRED, Answering.REFUSED})
"""What goes into the log of what was kept off the agenda."""

LANGUAGE_NAMES: dict[str, str] = {
    "en": N_("English"),
    "es": N_("Spanish"),
    "other": N_("Another language"),
}
MOST = 2000
"""Characters of an input; what fits a text message is said to be so."""
SMS_SIZED = 160
