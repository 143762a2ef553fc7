"""Whose turn is it? Who has not spoken yet comes first, residents before others; then who spoke least."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Hand:
    """A raised hand. ``spoke``: how often its seat has spoken in this meeting, ``seconds`` how long."""

    turn_id: UUID
    asked_at: datetime
    is_resident: bool
    spoke: int = 0
    seconds: int = 0


def in_turn(hands: Iterable[Hand]) -> list[Hand]:
    """Raised hands in the order in which they speak.

    Before all others whoever has not spoken yet, residents first; then who spoke less often, residents
    first, then for a shorter time; at last who asked earlier.
    """
    return sorted(hands, key=lambda h: (h.spoke, not h.is_resident, h.seconds, h.asked_at))


@dataclass(frozen=True, slots=True)
class Voice:
    """One side's part in what was said: ``seconds`` of speech, ``seats`` that are there."""

    side: str
    seconds: int
    seats: int


def is_lopsided(voices: Sequence[Voice], *, least_seconds: int = 600) -> Voice | None:
    """The side that speaks more than twice its share of the seats, once ten minutes were spoken.

    A word for whoever helps the group talk; it names a side and never a person.
    """
    spoken = sum(v.seconds for v in voices)
    seats = sum(v.seats for v in voices)
    if spoken < least_seconds or not seats:
        return None
    heavy = [v for v in voices if v.seats and v.seconds * seats > 2 * v.seats * spoken]
    return max(heavy, key=lambda v: v.seconds / v.seats, default=None)
