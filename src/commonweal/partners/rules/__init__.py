"""Rules of the table as pure functions: who may give which role, what a limits statement says."""

from commonweal.partners.rules.membership import (
    GIVEN_BY_BACKBONE,
    GIVEN_BY_PARTNER,
    LIMITS_LENGTH,
    limits_fault,
    may_be_resident_member,
    may_give,
)
from commonweal.partners.rules.seats import (
    seat_fault,
    term_end,
)

__all__ = [
    "GIVEN_BY_BACKBONE",
    "GIVEN_BY_PARTNER",
    "LIMITS_LENGTH",
    "limits_fault",
    "may_be_resident_member",
    "may_give",
    "seat_fault",
    "term_end",
]
