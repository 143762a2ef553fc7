"""What happened in meetings."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class MeetingClosed:
    """A meeting ended and its minutes stand in their first version."""

    meeting_id: UUID


@dataclass(frozen=True, slots=True)
class PromiseWritten:
    """The minutes hold a promise. ``line_id`` is the line, and names the promise from now on.

    ``seat_id`` owns it; ``to_whom`` says to whom it was said, in words.
    """

    line_id: UUID
    meeting_id: UUID
    body_id: UUID
    seat_id: UUID
    words: str
    to_whom: str
    due_on: date


@dataclass(frozen=True, slots=True)
class PromiseStruck:
    """The line of a promise was struck while the minutes were still being written."""

    line_id: UUID
    why: str
