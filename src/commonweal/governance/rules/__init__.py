"""How a table decides, as pure functions: integers, no clock, no database (DOMAIN §7).

``binding``      when a decision gives a mandate, and which bounds it needs
``quorum``       whether enough take part
``counting``     one vote a unit, shares of three bases, double majorities
``consensus``    consensus and rounds of consent
``residents``    the residents' gate
``composition``  who must sit on a body for it to bind
``deciding``     one question under one rule: the function that page, certificate and recount call
``ranking``      several options in order: Schulze, instant runoff, single transferable vote
``scoring``      several options by approval, points and dots
``budgeting``    several projects under one budget
"""

from commonweal.governance.rules.binding import (
    GATED,
    MUST_END,
    Vote,
    fault_of_mandate,
    fault_of_term,
    fault_of_vote,
    may_bind,
)

__all__ = [
    "GATED",
    "MUST_END",
    "Vote",
    "fault_of_mandate",
    "fault_of_term",
    "fault_of_vote",
    "may_bind",
]
