"""What referrals hand across their door: frozen values, no rows."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from commonweal.foundation.access.vocabulary import Segment
from commonweal.kernel.domains import NeedDomain
from commonweal.referrals.vocabulary import (
    Event,
    GapState,
    Helped,
    OutcomeCode,
    Provenance,
    Status,
    Via,
)


@dataclass(frozen=True, slots=True)
class Ask:
    """What the service is told before it answers: the least, and nothing that names anyone.

    ``words``: what is needed, in the asker's words. ``language`` is a BCP 47 code. ``household`` is the
    number of people, 0 where it is not known.
    """

    words: str = ""
    area: str = ""
    language: str = "en"
    household: int = 0
    getting_around: str = ""


@dataclass(frozen=True, slots=True)
class TaskShape:
    """One sending of a referral, as far as the reader may see it. Times are aware."""

    id: UUID
    referral_id: UUID
    person_id: UUID
    need_id: UUID
    holder_id: UUID
    owner_id: UUID | None
    service_id: UUID | None
    service_name: str
    owner_name: str
    asked_by: str
    domain: NeedDomain
    segment: Segment
    status: Status
    status_at: datetime
    sent_at: datetime | None
    answer_due_at: datetime | None
    answered_at: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    reason: str = ""
    reason_words: str = ""
    outcome: OutcomeCode | None = None
    helped: Helped | None = None
    number: int = 1
    is_open_to_several: bool = False
    is_one_way: bool = False
    is_urgent: bool = False
    consent_ended_at: datetime | None = None
    handoff_to: str = ""
    handoff_at: datetime | None = None
    handoff_confirmed_at: datetime | None = None
    late_at: datetime | None = None
    heard_at: datetime | None = None
    stuck: str = ""

    def is_late(self, now: datetime) -> bool:
        """Past the time that the Table set: for the answer, or after a yes for a word of how it goes."""
        due = self.answer_due_at if self.status is Status.REQUESTED else self.late_at
        return due is not None and due <= now

    def is_unanswered(self, now: datetime) -> bool:
        """Past the time that the Table set for the answer."""
        return self.status is Status.REQUESTED and self.is_late(now)

    @property
    def asked_whom(self) -> str:
        """Who was asked, for a sentence: the service's organization, else the service."""
        return self.owner_name or self.service_name


class TaskLine(NamedTuple):
    """One sending as a line of a long list: what of a ``TaskShape`` a line shows, and no more."""

    referral_id: UUID
    person_id: UUID
    owner_name: str
    service_name: str
    domain: NeedDomain
    status: Status
    status_at: datetime
    sent_at: datetime | None
    answer_due_at: datetime | None
    reason: str
    outcome: OutcomeCode | None
    helped: Helped | None
    is_urgent: bool
    consent_ended_at: datetime | None
    late_at: datetime | None
    heard_at: datetime | None
    stuck: str

    def is_late(self, now: datetime) -> bool:
        """As of a ``TaskShape``."""
        due = self.answer_due_at if self.status is Status.REQUESTED else self.late_at
        return due is not None and due <= now

    @property
    def asked_whom(self) -> str:
        """Who was asked: the service's organization, else the service."""
        return self.owner_name or self.service_name


@dataclass(frozen=True, slots=True)
class EventShape:
    """One line of a thread."""

    kind: Event
    occurred_at: datetime
    recorded_at: datetime
    by_name: str
    by_partner_id: UUID | None
    via: Via
    reason: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class AnswerShape:
    """What the person said about the help, and how that reached us."""

    id: UUID
    need_id: UUID
    task_id: UUID | None
    helped: Helped
    words: str
    language: str
    provenance: Provenance
    taken_by: str
    occurred_at: datetime


@dataclass(frozen=True, slots=True)
class ReferralShape:
    """One request for help with all its sendings, oldest first."""

    id: UUID
    person_id: UUID
    need_id: UUID
    holder_id: UUID
    domain: NeedDomain
    segment: Segment
    ask: Ask
    asked_by: str
    asked_by_account: UUID | None
    contact_prohibited: bool
    warm_handoff: bool
    occurred_at: datetime
    tasks: tuple[TaskShape, ...] = ()
    answers: tuple[AnswerShape, ...] = ()


@dataclass(frozen=True, slots=True)
class AskShape:
    """What an asked service may see of a sending now; empty fields are not for it, or not known."""

    task_id: UUID
    for_partner: str
    asked_by: str
    asked_by_partner: str
    domain: NeedDomain
    segment: Segment
    status: Status
    since: datetime | None
    due_at: datetime | None
    words: str = ""
    area: str = ""
    language: str = ""
    household: int = 0
    getting_around: str = ""
    first_name: str = ""
    phone: str = ""
    best_time: str = ""
    consent_on: datetime | None = None
    consent_until: datetime | None = None
    is_open_to_several: bool = False
    is_one_way: bool = False
    handoff_to: str = ""
    handoff_at: datetime | None = None
    handoff_confirmed_at: datetime | None = None
    reason: str = ""
    outcome: OutcomeCode | None = None
    asker_phone: str = ""

    @property
    def shows_contact(self) -> bool:
        return bool(self.first_name or self.phone)


@dataclass(frozen=True, slots=True)
class WaitingAnswer:
    """Help about which the person has not yet said whether it met the need."""

    task_id: UUID
    need_id: UUID
    domain: NeedDomain
    service_name: str
    owner_name: str
    since: datetime
    has_ended: bool
    asked_before: Helped | None = None


@dataclass(frozen=True, slots=True)
class GapShape:
    """Something that people needed and could not get, and where. A number is None where it is held back.

    ``places``: each with its number of people, the most first. ``place``: the first few by name.
    """

    id: UUID
    domain: NeedDomain
    places: tuple[tuple[str, int | None], ...]
    reason: str
    people: int | None
    first_at: datetime | None
    last_at: datetime | None
    state: GapState
    answer: str = ""
    answered_by: str = ""
    answered_at: datetime | None = None

    @property
    def place(self) -> str:
        return ", ".join(name for name, _ in self.places[:3] if name)


@dataclass(frozen=True, slots=True)
class Waits:
    """How many requests are later than promised, and how many came back and wait for someone to act."""

    late: int = 0
    stuck: int = 0

    def __bool__(self) -> bool:
        return bool(self.late or self.stuck)


@dataclass(frozen=True, slots=True)
class BurdenShape:
    """Work asked of one partner in a period: seconds by act, and how many answers it gave."""

    partner_id: UUID
    seconds: int
    answers: int
    by_act: tuple[tuple[str, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class ReferralFact:
    """One referral sending without identity, as it was known at the as-of time.

    ``key`` and ``person`` are tokens that mean nothing outside the run that made them. ``status`` and
    every time are what had been *recorded* by the as-of time. ``helped`` is the person's last real
    answer. ``count_in_sent`` is False for parts of a referral that an intermediary split (1-T13) and
    for what was entered in error. Nothing of the domestic-violence segment is ever in it.
    """

    key: str
    person: str
    requester_id: UUID
    target_id: UUID | None
    domain: NeedDomain
    status: Status
    sent_at: datetime
    answered_at: datetime | None
    accepted_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    outcome: OutcomeCode | None
    helped: Helped | None
    count_in_sent: bool

    @property
    def ever_accepted(self) -> bool:
        return self.accepted_at is not None


@dataclass(frozen=True, slots=True)
class NeedsMe:
    """What waits for one actor today. Lists are short and ordered, the most pressing first.

    ``by_hand``: of whom a worker has to ask by call or letter whether it helped.
    ``said_by``: the person by the id of their answer. ``served_people``, ``met_people`` and
    ``answered_people``: of the last 30 days, how many sendings began, how many people say the need is met,
    how many have said anything. ``burden_minutes``: work that referrals asked of this partner in 30 days.
    """

    late: tuple[TaskShape, ...] = ()
    new_answers: tuple[tuple[EventShape, TaskShape], ...] = ()
    said: tuple[tuple[AnswerShape, TaskShape | None], ...] = ()
    said_by: dict[UUID, UUID] = field(default_factory=dict)
    stuck: tuple[TaskShape, ...] = ()
    stuck_count: int = 0
    by_hand: tuple[TaskShape, ...] = ()
    by_hand_count: int = 0
    to_answer: tuple[TaskShape, ...] = ()
    working_on: tuple[TaskShape, ...] = ()
    open_count: int = 0
    late_count: int = 0
    served_people: int = 0
    met_people: int = 0
    answered_people: int = 0
    burden_minutes: int = 0
