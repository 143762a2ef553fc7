"""What happened to messages."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Concerns:
    """What a message is about, in the sender's own words, so that the sender hears when it did not arrive.

    ``partner_id``: the partner to whom it went, where it went to one.
    """

    kind: str
    id: UUID
    partner_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class MessageFailed:
    """A message will never arrive: it was refused for good, or every try failed.

    Published as a program of the partner that sent it; ``holder_id`` None: the platform itself.
    """

    message_id: UUID
    holder_id: UUID | None
    channel: str
    why: str
    concerns: Concerns | None
