"""Acts on a question before it is voted on: put it, write its text, say who gains, withdraw it, put it
again."""

from commonweal.governance.actions.proposing.challenging import ask_to_withdraw_assent, challenge
from commonweal.governance.actions.proposing.held import check, locked
from commonweal.governance.actions.proposing.putting import MOST_OPTIONS, propose
from commonweal.governance.actions.proposing.writing import (
    add_gain,
    add_version,
    answer_input,
    withdraw_question,
    write_section,
)

__all__ = [
    "MOST_OPTIONS",
    "add_gain",
    "add_version",
    "answer_input",
    "ask_to_withdraw_assent",
    "challenge",
    "check",
    "locked",
    "propose",
    "withdraw_question",
    "write_section",
]
