"""What crosses the door of partners about meetings and the work between them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from commonweal.partners.vocabulary_meetings import (
    LINE_NAMES,
    OFFER_NAMES,
    PART_NAMES,
    ActionState,
    ItemState,
    LineKind,
    MeetingPart,
    MeetingStage,
    Offer,
    Side,
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An open matter that could go on an agenda. ``ref`` names it once and for all (``proposal:…``).

    ``words`` say why now; ``minutes`` is a first guess; ``url`` its page.
    """

    ref: str
    title: str
    words: str
    url: str = ""
    minutes: int = 15
    by_residents: bool = False


@dataclass(frozen=True, slots=True)
class PartShape:
    """Who leads, helps us talk, keeps the time, takes notes."""

    part: MeetingPart
    seat_id: UUID | None
    name: str

    @property
    def part_name(self) -> str:
        """English, marked for translation."""
        return PART_NAMES[self.part]


@dataclass(frozen=True, slots=True)
class MeetingShape:
    """A meeting. ``starts_at`` is None while its time is being chosen."""

    id: UUID
    body_id: UUID
    body_name: str
    body_slug: str
    is_private: bool
    title: str
    purpose: str
    starts_at: datetime | None
    minutes: int
    prep_minutes: int
    place: str
    online_url: str
    offers: tuple[Offer, ...]
    languages: tuple[str, ...]
    stipend_cents: int | None
    stage: MeetingStage
    noticed_at: datetime | None
    opened_at: datetime | None
    closed_at: datetime | None
    cancelled_why: str
    sequence: int
    parts: tuple[PartShape, ...] = ()

    @property
    def ends_at(self) -> datetime | None:
        return self.starts_at + timedelta(minutes=self.minutes) if self.starts_at else None

    @property
    def offer_names(self) -> tuple[str, ...]:
        """English, marked for translation."""
        return tuple(OFFER_NAMES[one] for one in self.offers)

    @property
    def is_open(self) -> bool:
        """Whether it still can be prepared or is running."""
        return self.stage not in (MeetingStage.CLOSED, MeetingStage.CANCELLED)

    @property
    def is_running(self) -> bool:
        return self.stage is MeetingStage.RUNNING

    @property
    def is_choosing(self) -> bool:
        return self.stage is MeetingStage.CHOOSING

    @property
    def is_called(self) -> bool:
        return self.stage is MeetingStage.CALLED

    @property
    def is_closed(self) -> bool:
        return self.stage is MeetingStage.CLOSED

    @property
    def is_cancelled(self) -> bool:
        return self.stage is MeetingStage.CANCELLED


@dataclass(frozen=True, slots=True)
class ItemShape:
    """A point on the agenda. ``planned_at``: when it is due if all goes by plan; ``is_refused``: put off for
    good; ``put_by_roster``: by someone who takes part without a seat."""

    id: UUID
    meeting_id: UUID
    place: int
    title: str
    words: str
    minutes: int
    ref: str
    url: str
    put_by_seat_id: UUID | None
    put_by_residents: bool
    state: ItemState
    started_at: datetime | None
    ended_at: datetime | None
    seconds_before: int
    deferred_why: str
    planned_at: datetime | None = None
    is_refused: bool = False
    put_by_roster: bool = False

    @property
    def is_current(self) -> bool:
        return self.state is ItemState.CURRENT

    @property
    def is_deferred(self) -> bool:
        return self.state is ItemState.DEFERRED

    @property
    def is_done(self) -> bool:
        return self.state is ItemState.DONE

    def seconds_used(self, moment: datetime) -> int:
        """How long it has been talked about up to ``moment``."""
        if self.started_at is None or self.state is not ItemState.CURRENT:
            return self.seconds_before
        return self.seconds_before + max(0, int((moment - self.started_at).total_seconds()))


@dataclass(frozen=True, slots=True)
class PresenceShape:
    """Somebody's stay."""

    id: UUID
    seat_id: UUID | None
    name: str
    is_remote: bool
    came_at: datetime
    left_at: datetime | None


@dataclass(frozen=True, slots=True)
class TurnShape:
    """A raised hand, or somebody who speaks or spoke."""

    id: UUID
    seat_id: UUID | None
    item_id: UUID | None
    name: str
    is_resident: bool
    asked_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    spoke_before: bool = False


@dataclass(frozen=True, slots=True)
class LineShape:
    """One line of the minutes; ``made``: the id of what it made."""

    id: UUID
    item_id: UUID | None
    kind: LineKind
    words: str
    details: Mapping[str, object]
    made: UUID | None
    occurred_at: datetime
    struck_at: datetime | None
    struck_why: str

    @property
    def kind_name(self) -> str:
        """English, marked for translation."""
        return LINE_NAMES[self.kind]

    @property
    def due_on(self) -> date | None:
        """By which day it is to be done, where somebody took something on."""
        said = self.details.get("due_on")
        return date.fromisoformat(said) if isinstance(said, str) and said else None


@dataclass(frozen=True, slots=True)
class VersionShape:
    """One version of the minutes as a whole."""

    meeting_id: UUID
    version: int
    content: Mapping[str, object]
    digest: str
    why: str
    recorded_at: datetime
    approved_at: datetime | None
    approved_in: UUID | None

    @property
    def is_approved(self) -> bool:
        return self.approved_at is not None


@dataclass(frozen=True, slots=True)
class ActionEventShape:
    """What happened to an action item."""

    state: ActionState
    words: str
    due_on: date | None
    author_name: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class ActionShape:
    """Something that a seat took on. ``holder_name``: who sits there now, empty while nobody does."""

    id: UUID
    body_id: UUID
    body_name: str
    body_slug: str
    meeting_id: UUID | None
    seat_id: UUID
    seat_name: str
    holder_name: str
    account_ids: frozenset[UUID]
    words: str
    due_on: date
    state: ActionState
    blocker: str
    settled_words: str
    settled_at: datetime | None
    events: tuple[ActionEventShape, ...] = field(default=())

    @property
    def is_open(self) -> bool:
        return self.state in (ActionState.OPEN, ActionState.BLOCKED)

    @property
    def is_blocked(self) -> bool:
        return self.state is ActionState.BLOCKED

    @property
    def is_done(self) -> bool:
        return self.state is ActionState.DONE

    def is_late(self, on: date) -> bool:
        """Whether its day is over and it is not."""
        return self.is_open and self.due_on < on


@dataclass(frozen=True, slots=True)
class PartsBySide:
    """What each kind of partner had: filled seats, times led, seconds spoken, points put, points put off."""

    seats: Mapping[Side, int]
    led: Mapping[Side, int]
    seconds: Mapping[Side, int]
    put: Mapping[Side, int]
    put_off: Mapping[Side, int]
