"""Rules of the table as pure functions: who may give which role, what a limits statement says."""

from commonweal.partners.rules.authority import authority_in, on_leaving, who_speaks, word_in
from commonweal.partners.rules.membership import (
    GIVEN_BY_BACKBONE,
    GIVEN_BY_PARTNER,
    LIMITS_LENGTH,
    limits_fault,
    may_be_resident_member,
    may_give,
)
from commonweal.partners.rules.representation import gaps, population_name, range_of, read_figures
from commonweal.partners.rules.seats import seat_fault
from commonweal.partners.rules.terms import (
    ending_together,
    may_serve_again,
    staggered,
    term_end,
    terms_in,
    terms_served,
)

__all__ = [
    "GIVEN_BY_BACKBONE",
    "GIVEN_BY_PARTNER",
    "LIMITS_LENGTH",
    "authority_in",
    "ending_together",
    "gaps",
    "limits_fault",
    "may_be_resident_member",
    "may_give",
    "may_serve_again",
    "on_leaving",
    "population_name",
    "range_of",
    "read_figures",
    "seat_fault",
    "staggered",
    "term_end",
    "terms_in",
    "terms_served",
    "who_speaks",
    "word_in",
]
