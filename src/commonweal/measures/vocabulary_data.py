"""The words of shared data: how well an element is captured, what an analysis is, what a holder says."""

from enum import StrEnum

from commonweal.kernel.words import N_

SMALLEST_BANDED = 44
"""The fewest rows of which a range is told: a quarter of them is 11, so no range points at fewer."""

FEWEST_HOLDERS = 3
"""Below this an analysis stays blind: of two, each would know the other by subtracting itself."""


class Band(StrEnum):
    """Of every 100 rows, how many hold the element. Each range is a quarter wide."""

    MOST = "most"
    MANY = "many"
    SOME = "some"
    FEW = "few"
    TOO_FEW = "too-few"


BAND_NAMES: dict[Band, str] = {
    Band.MOST: N_("In three quarters or more"),
    Band.MANY: N_("In half to three quarters"),
    Band.SOME: N_("In a quarter to half"),
    Band.FEW: N_("In fewer than a quarter"),
    Band.TOO_FEW: N_("Too few rows to say"),
}


class Population(StrEnum):
    """Whose rows an analysis counts; each row belongs to the one partner that wrote it."""

    REQUESTS = "requests"
    OCCASIONS = "occasions"


POPULATION_NAMES: dict[Population, str] = {
    Population.REQUESTS: N_("Requests for help, each of whoever sent it"),
    Population.OCCASIONS: N_("Occasions to ask what somebody needs, each of whoever asked"),
}


class Told(StrEnum):
    """How far down figures are told."""

    TOGETHER = "together"
    BY_HOLDER = "by-holder"


TOLD_NAMES: dict[Told, str] = {
    Told.TOGETHER: N_("All who said yes together"),
    Told.BY_HOLDER: N_("By each organization that allows it"),
}


class Says(StrEnum):
    """A holder's answer about its own rows. Silence is not among them, and is no yes."""

    YES = "yes"
    NO = "no"
