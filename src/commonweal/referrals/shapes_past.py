"""Referrals that have already run their course, as a partner or the demo brings them in."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from commonweal.referrals.shapes import Ask
from commonweal.referrals.vocabulary import Event, Helped, OutcomeCode, Provenance, Via


@dataclass(frozen=True, slots=True)
class PastStep:
    """One thing that happened to a sending. ``by_name`` empty: the service, or the program."""

    kind: Event
    at: datetime
    by_name: str = ""
    via: Via = Via.LINK
    reason: str = ""
    outcome: OutcomeCode | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class PastSaid:
    """What the person said about one sending."""

    helped: Helped
    at: datetime
    provenance: Provenance = Provenance.SMS
    words: str = ""
    language: str = "en"
    taken_by: str = ""


@dataclass(frozen=True, slots=True)
class PastSending:
    """One service that was asked, what came of it, and what the person said."""

    service_id: UUID
    sent_at: datetime
    steps: tuple[PastStep, ...] = ()
    said: tuple[PastSaid, ...] = ()


@dataclass(frozen=True, slots=True)
class PastReferral:
    """A request for one need with its sendings, oldest first. ``place``: where the need is counted."""

    need_id: UUID
    asked_by: str
    ask: Ask
    sendings: tuple[PastSending, ...]
    place: str = ""
    asked_by_account: UUID | None = None
