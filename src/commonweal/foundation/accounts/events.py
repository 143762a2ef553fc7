"""What happened to accounts, for higher storeys."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class SeatTaken:
    """An account accepted a seat that a partner had offered it."""

    account_id: UUID
    partner_id: UUID | None
    role: str
