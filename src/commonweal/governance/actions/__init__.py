"""Acts of governance."""

from commonweal.governance.actions.recording import (
    give_mandate,
    record_agreement,
    record_decision,
    withdraw,
)

__all__ = [
    "give_mandate",
    "record_agreement",
    "record_decision",
    "withdraw",
]
