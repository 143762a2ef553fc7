"""Acts of governance."""

from commonweal.governance.actions.effects.stopping import let_rest, stop_telling, withdraw
from commonweal.governance.actions.recording import give_mandate, record_agreement, record_decision

__all__ = [
    "give_mandate",
    "let_rest",
    "record_agreement",
    "record_decision",
    "stop_telling",
    "withdraw",
]
