"""What governance tells upward."""

from dataclasses import dataclass
from uuid import UUID

from commonweal.governance.vocabulary import Matter


@dataclass(frozen=True, slots=True)
class DecisionRecorded:
    """The minutes of a vote were entered."""

    decision_id: UUID
    number: int
    adopted: bool


@dataclass(frozen=True, slots=True)
class MandateGiven:
    """A decision took effect on one matter in one scope."""

    mandate_id: UUID
    matter: Matter
    scope: str


@dataclass(frozen=True, slots=True)
class MandateWithdrawn:
    """The effect ended, in this transaction: whatever lived under the mandate is over."""

    mandate_id: UUID
    matter: Matter
    scope: str
    why: str
