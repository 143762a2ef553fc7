"""Kinds of agreements, and how what is owed under them stands."""

from enum import StrEnum

from commonweal.kernel.words import N_


class AgreementKind(StrEnum):
    """What partners promise each other. The first two let something be told, and so need a decision."""

    DATA_USE = "data-use"
    BUSINESS_ASSOCIATE = "business-associate"
    UNDERSTANDING = "understanding"
    PARTICIPATION = "participation"


SHARES = frozenset({AgreementKind.DATA_USE, AgreementKind.BUSINESS_ASSOCIATE})

KIND_NAMES: dict[AgreementKind, str] = {
    AgreementKind.DATA_USE: N_("Agreement on data (DUA)"),
    AgreementKind.BUSINESS_ASSOCIATE: N_("Agreement on protected data (BAA)"),
    AgreementKind.UNDERSTANDING: N_("Understanding (MOU)"),
    AgreementKind.PARTICIPATION: N_("Agreement on taking part"),
}


class Said(StrEnum):
    """What was said about one day on which something was owed; ``ended`` is about all days from then on."""

    MET = "met"
    CONFIRMED = "confirmed"
    NOT_SO = "not-so"
    WAIVED = "waived"
    ENDED = "ended"


class Owed(StrEnum):
    """How it stands on a day, for one day on which something is owed."""

    OVERDUE = "overdue"
    DUE_SOON = "due-soon"
    NOT_DUE = "not-due"
    MET = "met"
    MET_LATE = "met-late"
    WAIVED = "waived"
    ENDED = "ended"


OPEN = frozenset({Owed.OVERDUE, Owed.DUE_SOON, Owed.NOT_DUE})

OWED_NAMES: dict[Owed, str] = {
    Owed.OVERDUE: N_("Late"),
    Owed.DUE_SOON: N_("Due soon"),
    Owed.NOT_DUE: N_("Not due yet"),
    Owed.MET: N_("Done on time"),
    Owed.MET_LATE: N_("Done late"),
    Owed.WAIVED: N_("Waived"),
    Owed.ENDED: N_("Ended with its agreement"),
}

OWED_LOOKS: dict[Owed, str] = {
    Owed.OVERDUE: "is-late",
    Owed.DUE_SOON: "is-moving",
    Owed.NOT_DUE: "is-wait",
    Owed.MET: "is-done",
    Owed.MET_LATE: "is-done",
    Owed.WAIVED: "is-off",
    Owed.ENDED: "is-off",
}
"""The class of each state in the stylesheet."""


class Part(StrEnum):
    """What somebody has to do with an activity. Exactly one is accountable at a time."""

    ACCOUNTABLE = "accountable"
    RESPONSIBLE = "responsible"
    CONSULTED = "consulted"
    INFORMED = "informed"


PART_NAMES: dict[Part, str] = {
    Part.ACCOUNTABLE: N_("Answers for it"),
    Part.RESPONSIBLE: N_("Does it"),
    Part.CONSULTED: N_("Is asked before"),
    Part.INFORMED: N_("Is told after"),
}
"""In plain words what is elsewhere called accountable, responsible, consulted, informed."""
