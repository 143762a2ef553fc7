"""What care hands across its door."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from commonweal.care.vocabulary import ChosenHow


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
