"""What care hands across its door."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from commonweal.care.vocabulary import ChosenHow, GoesTo


@dataclass(frozen=True, slots=True)
class TeamMember:
    """One who helps a person: name, what they do in plain words, for which partner, since when."""

    id: UUID
    person_id: UUID
    partner_id: UUID
    account_id: UUID | None
    name: str
    does: str
    phone: str
    languages: str
    is_lead: bool
    since: datetime
    lead_since: datetime | None = None
    chosen_how: ChosenHow | None = None


SHOWN_FOR = timedelta(days=30)
"""How long after going home a stay is still shown to those who help."""


@dataclass(frozen=True, slots=True)
class Stay:
    """The days of a hospital stay. ``recorded_at``: when the hospital said so last."""

    id: UUID
    person_id: UUID
    partner_id: UUID
    admitted_on: date
    planned_home_on: date | None
    went_home_on: date | None
    goes_to: GoesTo
    phone: str
    recorded_at: datetime

    def is_current(self, on: date) -> bool:
        """Whether it is told now: until thirty days after going home."""
        return self.went_home_on is None or on <= self.went_home_on + SHOWN_FOR
