"""Acts on a question before it is voted on: put it, write its text, say who gains, withdraw it, put it
again."""

from commonweal.governance.actions.proposing.challenging import ask_to_withdraw_assent, challenge
from commonweal.governance.actions.proposing.confirming import ask_to_keep, may_ask_to_keep
from commonweal.governance.actions.proposing.held import check, locked
from commonweal.governance.actions.proposing.putting import MOST_OPTIONS, may_hurry, propose
from commonweal.governance.actions.proposing.writing import (
    add_gain,
    add_version,
    answer_input,
    take_up,
    withdraw_question,
    write_section,
)

__all__ = [
    "MOST_OPTIONS",
    "add_gain",
    "add_version",
    "answer_input",
    "ask_to_keep",
    "ask_to_withdraw_assent",
    "challenge",
    "check",
    "locked",
    "may_ask_to_keep",
    "may_hurry",
    "propose",
    "take_up",
    "withdraw_question",
    "write_section",
]
