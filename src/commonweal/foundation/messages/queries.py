"""What did not arrive, counted."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from commonweal.foundation.messages.rules import LATE
from commonweal.kernel.clock import now

SHOWN_FOR = timedelta(days=14)
"""How long a message that never arrived is counted."""


@dataclass(frozen=True, slots=True)
class Undelivered:
    """Messages of one partner (None: the platform's own) by one way: never arrived, and waiting for long."""

    holder_id: UUID | None
    channel: str
    failed: int
    waiting: int
    oldest: datetime


def undelivered() -> list[Undelivered]:
    """Of the last two weeks, the oldest first: all for the operator, a partner's own for its administrator,
    nothing for others."""
    with connection.cursor() as cursor:
        cursor.execute("select * from guard.undelivered(%s, %s)", [now() - SHOWN_FOR, now() - LATE])
        return [Undelivered(*row) for row in cursor.fetchall()]
