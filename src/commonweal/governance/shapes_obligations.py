"""What is owed, as it crosses the door: the words, its days, and how each of them stands."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from commonweal.governance.vocabulary_obligations import OPEN, OWED_LOOKS, OWED_NAMES, Owed, Said


@dataclass(frozen=True, slots=True)
class SaidOnce:
    """One word about a day on which something was owed: for whom it was said, by whom, when."""

    said: Said
    on: date
    words: str = ""
    partner: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class DayOwed:
    """One day on which something is owed. ``confirmed``: who receives it says that it came."""

    due_on: date
    stands: Owed
    said: tuple[SaidOnce, ...] = ()

    @property
    def stands_name(self) -> str:
        """English, marked for translation."""
        return OWED_NAMES[self.stands]

    @property
    def look(self) -> str:
        return OWED_LOOKS[self.stands]

    @property
    def is_open(self) -> bool:
        return self.stands in OPEN

    @property
    def is_met(self) -> bool:
        return self.stands in (Owed.MET, Owed.MET_LATE)

    @property
    def confirmed(self) -> SaidOnce | None:
        last = self.said[-1] if self.said else None
        return last if last is not None and last.said is Said.CONFIRMED else None

    @property
    def waived(self) -> SaidOnce | None:
        return next((one for one in self.said if one.said is Said.WAIVED), None)


@dataclass(frozen=True, slots=True)
class ObligationShape:
    """What one owes another: under an agreement, or for an activity that somebody answers for.

    ``owes`` and ``to`` are names; ``days`` those that matter now: open ones, then the last that are over.
    """

    id: UUID
    words: str
    evidence: str
    agreement_id: UUID | None
    activity_id: UUID | None
    owes_id: UUID | None
    to_id: UUID | None
    owes: str
    to: str
    under: str
    first_due_on: date
    every_months: int | None
    last_on: date | None
    days: tuple[DayOwed, ...]
    ended_on: date | None
    ended_why: str
    written_by: str
    owes_slug: str = ""
    to_slug: str = ""
    account_ids: frozenset[UUID] = frozenset()

    @property
    def now(self) -> DayOwed | None:
        """The day that asks for something: the oldest open one, else the last that was."""
        open_ones = [day for day in self.days if day.is_open]
        return open_ones[0] if open_ones else (self.days[-1] if self.days else None)

    @property
    def is_open(self) -> bool:
        return any(day.is_open for day in self.days)
