"""Kinds of matters, and the residents' answer."""

from enum import StrEnum

from commonweal.kernel.words import N_


class Matter(StrEnum):
    """What a decision is about; a mandate gives effect to one matter in one scope."""

    DATA_SHARING = "data-sharing"
    MEASURE = "measure"
    TARGET = "target"
    PUBLICATION = "publication"
    SERVICE_STANDARD = "service-standard"
    DIRECTORY = "directory"
    BUDGET = "budget"
    MEMBERSHIP = "membership"
    BYLAWS = "bylaws"
    POSITION = "position"
    INITIATIVE = "initiative"


MATTER_NAMES: dict[Matter, str] = {
    Matter.DATA_SHARING: N_("Data sharing"),
    Matter.MEASURE: N_("Measures"),
    Matter.TARGET: N_("Targets"),
    Matter.PUBLICATION: N_("Publication"),
    Matter.SERVICE_STANDARD: N_("How fast we answer"),
    Matter.DIRECTORY: N_("Directory"),
    Matter.BUDGET: N_("Budget"),
    Matter.MEMBERSHIP: N_("Who sits at the table"),
    Matter.BYLAWS: N_("Bylaws"),
    Matter.POSITION: N_("Positions"),
    Matter.INITIATIVE: N_("Initiatives"),
}


class Assent(StrEnum):
    """The Residents' Council's answer. Withheld and not asked are two facts."""

    YES = "yes"
    NO = "no"
    NOT_ASKED = "na"
