"""Reading what was decided, what is asked, and under which bylaws."""

from commonweal.governance.queries.decisions import (
    agreement,
    agreement_between,
    agreement_in,
    agreements,
    decision_numbered,
    decision_shape,
    decisions,
    decisions_by_id,
    ending_before,
    live_mandates,
    mandate_shape,
    mandates,
    mandates_by_decision,
    mandates_of,
    mandates_of_agreement,
    next_number,
)

__all__ = [
    "agreement",
    "agreement_between",
    "agreement_in",
    "agreements",
    "decision_numbered",
    "decision_shape",
    "decisions",
    "decisions_by_id",
    "ending_before",
    "live_mandates",
    "mandate_shape",
    "mandates",
    "mandates_by_decision",
    "mandates_of",
    "mandates_of_agreement",
    "next_number",
]
