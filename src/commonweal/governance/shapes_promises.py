"""A promise as it crosses the door."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from commonweal.governance.vocabulary_promises import STANDS_LOOKS, STANDS_NAMES, PromiseState, Stands


@dataclass(frozen=True, slots=True)
class WordShape:
    """What was said about a promise later."""

    state: PromiseState
    words: str
    due_on: date | None
    author: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class PromiseShape:
    """A promise: who said to whom what shall be by when, and how it stands today."""

    id: UUID
    words: str
    to_whom: str
    owner: str
    seat_id: UUID | None
    partner_id: UUID | None
    said_on: date
    first_due_on: date
    due_on: date
    stands: Stands
    latest: str
    meeting_id: UUID | None
    decision_number: int | None
    history: tuple[WordShape, ...] = ()

    @property
    def stands_name(self) -> str:
        """English, marked for translation."""
        return STANDS_NAMES[self.stands]

    @property
    def look(self) -> str:
        return STANDS_LOOKS[self.stands]

    @property
    def is_open(self) -> bool:
        return self.stands in (Stands.UNDER_WAY, Stands.LATE)
