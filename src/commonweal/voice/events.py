"""What voice tells upward."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class InputSaid:
    """Somebody said something to a body."""

    input_id: UUID
    body_id: UUID
