"""The words of care teams."""

from enum import StrEnum

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
