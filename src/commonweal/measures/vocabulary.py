"""The words of shared measurement (DOMAIN §6.1, §6.2, §6.11)."""

from enum import StrEnum

SMALLEST_SHOWN = 11
"""CMS cell rule: no count of 1 to 10 is shown or derivable; zero may be (DOMAIN §6.9)."""

WHOLE = ""
"""Stands where a partner's id would: the whole collaborative."""

UNCLAIMED = "-"
"""Stands where a partner's id would: requests that were open to several and taken by none."""

MEDIAN_DAYS = "median-days"
"""What a median is called among the counts of a release."""


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


class Time(StrEnum):
    """How soon a measure can show a change: each scorecard needs both (DOMAIN §6.1)."""

    NEAR = "near"
    SLOW = "slow"


class Says(StrEnum):
    """Does a measure count what was done, or what came of it for a person?"""

    PROCESS = "process"
    OUTCOME = "outcome"


class Shown(StrEnum):
    """What a reader sees in the place of a figure."""

    SHOWN = "shown"
    HELD = "held"
    NOT_REACHED = "not-reached"
