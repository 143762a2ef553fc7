"""How a promise stands."""

from enum import StrEnum

from commonweal.kernel.words import N_


class PromiseState(StrEnum):
    """What was said about a promise. Late is never said: it follows from the day."""

    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"
    WITHDRAWN = "withdrawn"


class Stands(StrEnum):
    """How a promise stands on a day."""

    UNDER_WAY = "under-way"
    LATE = "late"
    KEPT = "kept"
    BROKEN = "broken"
    WITHDRAWN = "withdrawn"


STANDS_NAMES: dict[Stands, str] = {
    Stands.UNDER_WAY: N_("Under way"),
    Stands.LATE: N_("Late"),
    Stands.KEPT: N_("Kept"),
    Stands.BROKEN: N_("Broken"),
    Stands.WITHDRAWN: N_("Withdrawn"),
}

STANDS_LOOKS: dict[Stands, str] = {
    Stands.UNDER_WAY: "is-moving",
    Stands.LATE: "is-late",
    Stands.KEPT: "is-met",
    Stands.BROKEN: "is-no",
    Stands.WITHDRAWN: "is-off",
}
"""The class of each state in the stylesheet."""
