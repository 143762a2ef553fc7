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
