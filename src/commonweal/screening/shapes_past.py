"""Check-ins that were answered long ago, and what became of their needs, as they are brought in."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from commonweal.kernel.answers import Answered
from commonweal.screening.shapes import Given
from commonweal.screening.vocabulary import CHECK_IN, Mode, NeedStatus


@dataclass(frozen=True, slots=True)
class PastCheckIn:
    """One occasion of asking that is over: finished, or (``not_asked``) declined or impossible that day.

    ``asked_at``: aware; also when the answers were written down. ``givens``: as for ``finish``; what the
    person wants help with stands among them. ``asked_by`` empty: whoever brings it in.
    """

    person_id: UUID
    asked_at: datetime
    givens: tuple[Given, ...] = ()
    not_asked: Answered | None = None
    mode: Mode = Mode.ALOUD
    language: str = "en"
    interpreter: bool = False
    instrument_key: str = CHECK_IN
    asked_by: str = ""
    asked_by_account: UUID | None = None


@dataclass(frozen=True, slots=True)
class PastNeedMove:
    """One change of where a need stands; ``reason`` as in ``set_need_status``."""

    need_id: UUID
    status: NeedStatus
    occurred_at: datetime
    reason: str = ""
