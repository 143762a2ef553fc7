"""Reading the audit."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models.functions import Coalesce

from commonweal.foundation.audit.models import AuditEntry


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of a person's log. ``words`` is English, marked for translation.

    ``at``: when it was written down; ``occurred_at``: when it happened, where that was earlier.
    """

    at: datetime
    kind: str
    who: str
    partner_id: UUID | None
    role: str
    purpose: str
    words: str
    because: str
    subject_kind: str = ""
    subject_id: str = ""
    occurred_at: datetime | None = None

    @property
    def happened_at(self) -> datetime:
        return self.occurred_at or self.at


def person_log(person_id: UUID, *, limit: int | None = 200) -> list[LogLine]:
    """Who read or changed what about this person and why; what happened last stands first.

    Row-level security hands it to the person alone (and to each organization, its own entries).
    ``limit=None`` gives the whole log.
    """
    happened = Coalesce("occurred_at", "recorded_at")
    entries = AuditEntry.objects.filter(person_id=person_id).order_by(happened.desc(), "-recorded_at")
    return [
        LogLine(
            at=e.recorded_at,
            kind=e.kind,
            who=e.actor_name,
            partner_id=e.actor_partner_id,
            role=e.actor_role,
            purpose=e.purpose,
            words=e.words,
            because=e.because,
            subject_kind=e.subject_kind,
            subject_id=e.subject_id,
            occurred_at=e.occurred_at,
        )
        for e in (entries if limit is None else entries[:limit])
    ]
