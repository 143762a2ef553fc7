"""Acts of screening: one function for each thing that happens."""

from commonweal.screening.actions.asking import (
    ask_aloud,
    decline,
    finish,
    invite,
    look_at,
    mark_in_error,
    save,
    start,
    switch_language,
)
from commonweal.screening.actions.instruments import load_instrument
from commonweal.screening.actions.needs import raise_need, set_need_status
from commonweal.screening.actions.past import move_past, record_past
from commonweal.screening.actions.wishing import record_wishes

__all__ = [
    "ask_aloud",
    "decline",
    "finish",
    "invite",
    "load_instrument",
    "look_at",
    "mark_in_error",
    "move_past",
    "raise_need",
    "record_past",
    "record_wishes",
    "save",
    "set_need_status",
    "start",
    "switch_language",
]
