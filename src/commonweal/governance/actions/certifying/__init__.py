"""Acts after a vote: close and count, certify what came of it, ratify, pass a gate, let lapse.

Whoever sets the count going, it is the count that writes: ballots of a secret poll are laid open and a
decision is entered as ``THE_COUNT``, and the database lets nobody else.
"""

from commonweal.governance.actions.certifying.closing import close
from commonweal.governance.actions.certifying.deciding import ROUND_WAITS, certify
from commonweal.governance.actions.certifying.passing import pass_gate
from commonweal.governance.actions.certifying.ratifying import ratify

__all__ = [
    "ROUND_WAITS",
    "certify",
    "close",
    "pass_gate",
    "ratify",
]
