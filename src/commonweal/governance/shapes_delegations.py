"""What crosses the door of a delegation: its limits, what was done under it, its reports."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Limits:
    """What a delegate may do alone. Money in cents; ``None`` in all means that it may spend nothing.

    ``act_cents``: at most in one act. ``carries``: kinds of effects that an act may have. ``report_every``:
    days between reports after the first; None: one report. ``suspends``: while a report is overdue, nothing
    may be done.
    """

    in_all_cents: int | None
    report_on: date
    act_cents: int | None = None
    report_every: int | None = None
    carries: frozenset[str] = NOTHING
    suspends: bool = False


@dataclass(frozen=True, slots=True)
class ActShape:
    """One thing that the delegate decided. ``effect_kind``: what it put into effect, if anything."""

    id: UUID
    decision_number: int
    title: str
    words: str
    reason: str
    amount_cents: int
    acted_on: date
    effect_kind: str
    recorded_by_name: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class ReportShape:
    """What the delegate told the table, for the day on which it was due; who read it for the table."""

    id: UUID
    due_on: date
    words: str
    spent_cents: int
    uses: int
    written_by_name: str
    recorded_at: datetime
    read_by_name: str = ""
    read_words: str = ""
    read_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DelegationShape:
    """A delegation as it stands. ``report_due``: the next day of a report; None: no more is owed."""

    id: UUID
    mandate_id: UUID
    decision_number: int
    partner_id: UUID
    partner_name: str
    words: str
    limits: Limits
    is_live: bool
    starts_at: datetime
    ended_on: date | None
    spent_cents: int
    uses: int
    report_due: date | None
    is_overdue: bool
    acts: tuple[ActShape, ...] = ()
    reports: tuple[ReportShape, ...] = ()
    withdrawn_why: str = ""
    ends_at: datetime | None = None
    params: Mapping[str, object] = field(default_factory=dict)

    @property
    def left_cents(self) -> int:
        """What may still be spent, in cents."""
        return max(0, (self.limits.in_all_cents or 0) - self.spent_cents)

    @property
    def is_suspended(self) -> bool:
        """Whether nothing may be done until the report is written."""
        return self.is_live and self.is_overdue and self.limits.suspends
