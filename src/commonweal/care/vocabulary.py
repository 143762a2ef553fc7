"""The words of care teams and hospital stays."""

from enum import StrEnum

from commonweal.foundation.access.vocabulary import Segment
from commonweal.kernel.words import N_

TOPIC = "care"
"""The topic of team rows: a consent for one need alone does not show who else helps."""


class ChosenHow(StrEnum):
    """How the person's choice of a lead reached us."""

    OWN_PAGE = "own-page"
    PHONE = "phone"
    IN_PERSON = "in-person"


CHOSEN_WORDS: dict[ChosenHow, str] = {
    ChosenHow.OWN_PAGE: N_("chosen on their own page"),
    ChosenHow.PHONE: N_("chosen by phone, written down by a worker"),
    ChosenHow.IN_PERSON: N_("chosen in person, written down by a worker"),
}


class GoesTo(StrEnum):
    """Where a person goes after a hospital stay."""

    HOME = "home"
    ELSEWHERE = "elsewhere"
    NOT_SAID = "not-said"


GOES_TO_WORDS: dict[GoesTo, str] = {
    GoesTo.HOME: N_("Home"),
    GoesTo.ELSEWHERE: N_("Somewhere else, such as family or rehabilitation"),
    GoesTo.NOT_SAID: N_("Not said"),
}


class Ward(StrEnum):
    """On which kind of ward. Asked for one reason: stays on two are specially protected, even the day."""

    ANY = "any"
    MENTAL_HEALTH = "mental-health"
    SUBSTANCE_USE = "substance-use"


WARD_WORDS: dict[Ward, str] = {
    Ward.ANY: N_("Any other ward"),
    Ward.MENTAL_HEALTH: N_("Mental health"),
    Ward.SUBSTANCE_USE: N_("Alcohol or drugs"),
}

SEGMENT_OF_WARD: dict[Ward, Segment] = {
    Ward.ANY: Segment.HOSPITAL,
    Ward.MENTAL_HEALTH: Segment.BEHAVIORAL_HEALTH,
}
