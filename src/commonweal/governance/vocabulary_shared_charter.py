"""The parts of the shared charter, and how a partner stands to it."""

from enum import StrEnum

from commonweal.kernel.words import N_


class Part(StrEnum):
    """What a shared charter is made of, in the order in which it is read."""

    PROBLEM = "problem"
    VISION = "vision"
    MISSION = "mission"
    VALUES = "values"


PART_NAMES: dict[Part, str] = {
    Part.PROBLEM: N_("The problem"),
    Part.VISION: N_("Our vision"),
    Part.MISSION: N_("Our mission"),
    Part.VALUES: N_("Our values"),
}

PART_ASKS: dict[Part, str] = {
    Part.PROBLEM: N_("What is wrong, for whom, and why nobody can mend it alone"),
    Part.VISION: N_("What it is like here once we have done our work"),
    Part.MISSION: N_("What we do together to get there"),
    Part.VALUES: N_("How we treat each other and those we serve, also when it is hard"),
}


class Word(StrEnum):
    """What was said about one partner and one version."""

    ASKED = "asked"
    SIGNED = "signed"
    DECLINED = "declined"
    TAKEN_BACK = "taken-back"


class Signs(StrEnum):
    """How a partner stands to a version. Not asked, not answered and declined are three facts."""

    SIGNED = "signed"
    NOT_ANSWERED = "not-answered"
    NOT_ASKED = "not-asked"
    DECLINED = "declined"
    TAKEN_BACK = "taken-back"


SIGNS_NAMES: dict[Signs, str] = {
    Signs.SIGNED: N_("Signed"),
    Signs.NOT_ANSWERED: N_("Asked, has not answered"),
    Signs.NOT_ASKED: N_("Has not been asked"),
    Signs.DECLINED: N_("Declined"),
    Signs.TAKEN_BACK: N_("Took its signature back"),
}

SIGNS_LOOKS: dict[Signs, str] = {
    Signs.SIGNED: "is-done",
    Signs.NOT_ANSWERED: "is-wait",
    Signs.NOT_ASKED: "is-off",
    Signs.DECLINED: "is-no",
    Signs.TAKEN_BACK: "is-no",
}
"""The class of each state in the stylesheet."""
