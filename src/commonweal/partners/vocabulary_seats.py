"""What may be decided from a seat, how an invitation is answered, whom a county counts."""

from enum import StrEnum

from commonweal.kernel.words import N_
from commonweal.partners.vocabulary import Authority


class Latitude(StrEnum):
    """What a delegate may do in one matter: alone, within bounds, after asking, or not at all."""

    ALONE = "alone"
    WITHIN = "within-bounds"
    AFTER_ASKING = "after-asking"
    NOT_AT_ALL = "not-at-all"


LATITUDE_NAMES: dict[Latitude, str] = {
    Latitude.ALONE: N_("Decides alone"),
    Latitude.WITHIN: N_("Decides alone within bounds, beyond them after asking"),
    Latitude.AFTER_ASKING: N_("Decides after asking"),
    Latitude.NOT_AT_ALL: N_("Does not decide; someone else there does"),
}

AUTHORITY_OF: dict[Latitude, Authority] = {
    Latitude.ALONE: Authority.FULL,
    Latitude.WITHIN: Authority.BOUNDED,
    Latitude.AFTER_ASKING: Authority.NONE,
    Latitude.NOT_AT_ALL: Authority.NONE,
}
"""How a vote counts the delegate (DOMAIN §7.6): who must ask, or may not decide, casts an advisory vote."""

LATITUDE_OF: dict[Authority, Latitude] = {
    Authority.FULL: Latitude.ALONE,
    Authority.BOUNDED: Latitude.WITHIN,
    Authority.NONE: Latitude.AFTER_ASKING,
}


class Answer(StrEnum):
    """What became of an invitation."""

    NONE = "none"
    THINKING = "thinking"
    YES = "yes"
    NO = "no"


ANSWER_NAMES: dict[Answer, str] = {
    Answer.NONE: N_("No answer yet"),
    Answer.THINKING: N_("Thinking about it"),
    Answer.YES: N_("Said yes"),
    Answer.NO: N_("Said no"),
}


class OnLeaving(StrEnum):
    """What becomes of a partner's seats when it leaves the table."""

    ENDS = "ends"
    VACANT = "vacant"
    BY_SEAT = "by-seat"


class Population(StrEnum):
    """Groups of neighbors that a county's published tables count. Shown in this order, never by size."""

    CHILDREN = "children"
    OLDER = "older"
    DISABLED = "disabled"
    POOR = "poor"
    UNINSURED = "uninsured"
    LIMITED_ENGLISH = "limited-english"
    NO_VEHICLE = "no-vehicle"
    BLACK = "black"
    HISPANIC = "hispanic"
    ASIAN = "asian"
    NATIVE = "native"
    ISLANDER = "islander"


POPULATION_NAMES: dict[Population, str] = {
    Population.CHILDREN: N_("Children and teenagers"),
    Population.OLDER: N_("People 65 or older"),
    Population.DISABLED: N_("People with a disability"),
    Population.POOR: N_("People with little money"),
    Population.UNINSURED: N_("People without health insurance"),
    Population.LIMITED_ENGLISH: N_("People with limited English"),
    Population.NO_VEHICLE: N_("Neighbors without a car"),
    Population.BLACK: N_("Black or African American neighbors"),
    Population.HISPANIC: N_("Hispanic or Latino neighbors"),
    Population.ASIAN: N_("Asian neighbors"),
    Population.NATIVE: N_("American Indian and Alaska Native neighbors"),
    Population.ISLANDER: N_("Native Hawaiian and Pacific Islander neighbors"),
}
