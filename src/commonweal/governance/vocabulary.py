"""Kinds of matters, the ways in which a table decides them, and the stages of a question."""

from enum import StrEnum

from commonweal.kernel.words import N_
from commonweal.partners.shapes import Authority

__all__ = [
    "MATTER_NAMES",
    "RESULT_NAMES",
    "Assent",
    "Authority",
    "Base",
    "Channel",
    "Choosing",
    "Fate",
    "Gate",
    "Matter",
    "Method",
    "PollKind",
    "Position",
    "Recused",
    "Result",
    "Stage",
    "StoppedBy",
]


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
    ROLES = "roles"
    DELEGATION = "delegation"


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
    Matter.ROLES: N_("Roles"),
    Matter.DELEGATION: N_("What the backbone may do alone"),
}


class Assent(StrEnum):
    """The Residents' Council's answer. Withheld and not asked are two facts."""

    YES = "yes"
    NO = "no"
    NOT_ASKED = "na"


class Position(StrEnum):
    """One voter's answer. The last three belong to consensus, and to rounds of consent (DOMAIN §7.4)."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"
    RESERVATIONS = "reservations"
    STAND_ASIDE = "stand-aside"
    BLOCK = "block"
    CONCERN = "concern"
    OBJECTION = "objection"


class Base(StrEnum):
    """Out of what a share is taken."""

    CAST = "cast"
    PRESENT = "present"
    MEMBERSHIP = "membership"


class Method(StrEnum):
    """How a body finds its answer to a question of yes or no."""

    VOTE = "vote"
    DOUBLE_MAJORITY = "double-majority"
    CONSENSUS = "consensus"
    CONSENT = "consent"
    UNANIMOUS = "unanimous"


class Choosing(StrEnum):
    """How a body chooses among several options."""

    APPROVAL = "approval"
    SCORE = "score"
    DOTS = "dots"
    SCHULZE = "schulze"
    INSTANT_RUNOFF = "instant-runoff"
    TRANSFERABLE = "single-transferable-vote"
    GREEDY_BUDGET = "greedy-budget"
    KNAPSACK = "knapsack"
    EQUAL_SHARES = "equal-shares"


class Recused(StrEnum):
    """Whether those who step out count toward the quorum; bylaws choose (DOMAIN §7.6)."""

    COUNT = "count"
    LEAVE_FULL_BASE = "leave-full-base"
    LEAVE_REDUCED_BASE = "leave-reduced-base"


class Gate(StrEnum):
    """The residents' answer to a matter that needs it. Abstaining is not a yes."""

    AFFIRMED = "affirmed"
    WITHHELD = "withheld"
    NOT_ASKED = "not-asked"
    NOT_REACHED = "not-reached"


class Result(StrEnum):
    """What came of a question."""

    ADOPTED = "adopted"
    REJECTED = "rejected"
    NO_QUORUM = "no-quorum"
    PENDING_RATIFICATION = "pending-ratification"
    PENDING_RESIDENTS = "pending-resident-gate"
    NOT_COMPLIANT = "not-compliant"


RESULT_NAMES: dict[Result, str] = {
    Result.ADOPTED: N_("Adopted"),
    Result.REJECTED: N_("Not adopted"),
    Result.NO_QUORUM: N_("Too few took part"),
    Result.PENDING_RATIFICATION: N_("Waits for organizations to stand behind their delegates"),
    Result.PENDING_RESIDENTS: N_("Waits for the residents"),
    Result.NOT_COMPLIANT: N_("The body may not bind now"),
}


class Stage(StrEnum):
    """Where a question stands (DOMAIN §7.7)."""

    DRAFT = "draft"
    TALKING = "talking"
    NOTICE = "notice"
    VOTING = "voting"
    PENDING_RATIFICATION = "pending-ratification"
    PENDING_RESIDENTS = "pending-resident-gate"
    ADOPTED = "adopted"
    REJECTED = "rejected"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


class PollKind(StrEnum):
    """Of whom a question is asked: the body before which it stands, or one whose assent it needs."""

    MAIN = "main"
    GATE = "gate"


class Channel(StrEnum):
    """How a ballot came in."""

    PAGE = "page"
    LINK = "link"
    PAPER = "paper"
    MEETING = "meeting"


class Fate(StrEnum):
    """What became of an amendment."""

    OPEN = "open"
    TAKEN_UP = "taken-up"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class StoppedBy(StrEnum):
    """On what ground a mandate, or what a party tells under it, was stopped."""

    RECORD = "record"
    DECISION = "decision"
    RESIDENTS = "residents"
    PARTY = "party"
    EMERGENCY = "emergency"
    CHALLENGE = "challenge"
