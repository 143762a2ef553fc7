"""One referral through an intermediary becomes several: what the source's state is then (trap 1-T13)."""

from collections.abc import Sequence
from dataclasses import dataclass

from commonweal.referrals.vocabulary import ENDED, SERVED, OutcomeCode, Status


@dataclass(frozen=True, slots=True)
class Part:
    """One of the sendings that a source was split into."""

    status: Status
    outcome: OutcomeCode | None = None


def source_status(parts: Sequence[Part]) -> Status | None:
    """Our policy: completed when somebody served and nothing is open; failed when nobody served.

    While any part is open the source is in progress (None where there is no real part: leave it as it is).
    """
    real = [p for p in parts if p.status not in (Status.ENTERED_IN_ERROR, Status.DRAFT)]
    if not real:
        return None
    if any(p.status not in ENDED for p in real):
        return Status.IN_PROGRESS
    if any(p.outcome in SERVED for p in real):
        return Status.COMPLETED
    if all(p.status is Status.CANCELLED for p in real):
        return Status.CANCELLED
    return Status.FAILED


def counted_as_sent(parts: Sequence[Part]) -> int:
    """A source counts once in *sent*, however many parts it had."""
    return 1 if source_status(parts) is not None else 0
