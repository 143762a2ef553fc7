"""Effects: what a decision does, typed, previewed, given with a mandate, and undone when the mandate ends.

``registry`` knows the kinds, ``giving`` gives and undoes them, ``stopping`` ends mandates before their day.
Contexts above register theirs through ``facade.register_effect``; those of this storey, and of partners
below, are registered by ``own.register_own``.
"""

from commonweal.governance.actions.effects.giving import give, start_due, undo_due
from commonweal.governance.actions.effects.registry import (
    effect,
    effects,
    matter_of,
    preview,
    read,
    register,
    scope_of,
    words_of,
)
from commonweal.governance.actions.effects.stopping import let_rest, stop_telling, suspend, withdraw

__all__ = [
    "effect",
    "effects",
    "give",
    "let_rest",
    "matter_of",
    "preview",
    "read",
    "register",
    "scope_of",
    "start_due",
    "stop_telling",
    "suspend",
    "undo_due",
    "withdraw",
    "words_of",
]
