"""Acts of voice: say, put together, take apart, merge, link, take back, answer, redact, write to authors."""

from commonweal.voice.actions.answering import answer, redact
from commonweal.voice.actions.grouping import group, merge, split, take_back, tie
from commonweal.voice.actions.mailing import stop_letters, write_to_authors
from commonweal.voice.actions.saying import carry_over, say

__all__ = [
    "answer",
    "carry_over",
    "group",
    "merge",
    "redact",
    "say",
    "split",
    "stop_letters",
    "take_back",
    "tie",
    "write_to_authors",
]
