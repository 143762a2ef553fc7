"""Acts around a vote: conflicts of interest, proxies, notice, opening, asking again, another round of
talking."""

from commonweal.governance.actions.polling.again import ask_gate_again, begin_round
from commonweal.governance.actions.polling.conflicts import disclose_conflict, judge_conflict
from commonweal.governance.actions.polling.freezing import SETUP
from commonweal.governance.actions.polling.notice import give_notice
from commonweal.governance.actions.polling.opening import LONGEST_OPEN, may_open, open_voting
from commonweal.governance.actions.polling.proxies import give_proxy, revoke_proxy

__all__ = [
    "LONGEST_OPEN",
    "SETUP",
    "ask_gate_again",
    "begin_round",
    "disclose_conflict",
    "give_notice",
    "give_proxy",
    "judge_conflict",
    "may_open",
    "open_voting",
    "revoke_proxy",
]
