"""The words of shared measurement (DOMAIN §6.1, §6.2, §6.11)."""

from enum import StrEnum

SMALLEST_SHOWN = 11
"""CMS cell rule: no count of 1 to 10 is shown or derivable; zero may be (DOMAIN §6.9)."""

WHOLE = ""
"""Stands where a partner's id would: the whole collaborative."""


class Direction(StrEnum):
    """Which way is better."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


class Quadrant(StrEnum):
    """Results-Based Accountability: how much, how well, is anyone better off."""

    HOW_MUCH = "how-much"
    HOW_WELL = "how-well"
    BETTER_OFF = "better-off"


class Level(StrEnum):
    """Whose outcome a measure speaks of."""

    INDIVIDUAL = "individual"
    ORGANIZATION = "organization"
    COLLABORATIVE = "collaborative"


class Kind(StrEnum):
    """What a measure's value is."""

    RATE = "rate"
    MEDIAN_DAYS = "median-days"


class Attribution(StrEnum):
    """Which partner a case is counted for."""

    REFERRAL_TARGET = "referral-target"
    SCREENED_BY = "screened-by"


class Family(StrEnum):
    """Measures that share a denominator, so that disclosure control must see them together."""

    REFERRAL = "referral"
    SCREENING = "screening"


class Grain(StrEnum):
    """How long a stretch a figure covers. Values are those of SQL's ``date_trunc``."""

    MONTH = "month"
    QUARTER = "quarter"


class Engine(StrEnum):
    """Where a measure's SQL runs."""

    POSTGRESQL = "postgresql"
    DUCKDB = "duckdb"


class ScreeningOutcome(StrEnum):
    """How an occasion to screen ended. Five facts, never one (DOMAIN §0.2 rule 1)."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    NOT_ASKED = "not-asked"
    DECLINED = "declined"
    UNABLE = "unable"
