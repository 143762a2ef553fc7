"""Questions, polls and ballots, as pages and other contexts see them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from commonweal.governance.shapes_voting import Electorate, Outcome, VotingRule
from commonweal.governance.vocabulary import (
    Channel,
    Choosing,
    Fate,
    Gate,
    Matter,
    Method,
    PollKind,
    Position,
    Result,
    Stage,
)
from commonweal.kernel.verdict import Verdict
from commonweal.partners.shapes import AuthorityShape


@dataclass(frozen=True, slots=True)
class Option:
    """One of several things to choose among. ``cost_cents`` where a budget is shared out."""

    key: str
    name: str
    cost_cents: int | None = None


@dataclass(frozen=True, slots=True)
class SectionShape:
    """One section as it reads now, and how often it was written anew."""

    place: int
    version: int
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class GainShape:
    """What a group gains by a yes, and what it bears."""

    who: str
    gains: str
    bears: str
    partner_id: UUID | None


@dataclass(frozen=True, slots=True)
class InputShape:
    """Something that was said, and how the question answers it."""

    id: UUID
    words: str
    said_by: str
    how_said: str
    is_answered: bool
    answer: str


@dataclass(frozen=True, slots=True)
class CommentShape:
    """What somebody said about a section (None: the whole), or a partner's right of reply."""

    id: UUID
    section_place: int | None
    is_reply: bool
    partner_id: UUID | None
    author_name: str
    words: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class AmendmentShape:
    """Another wording of a section (0: of what a yes would do, in ``change``), and what became of it."""

    id: UUID
    section_place: int
    text: str
    why: str
    author_name: str
    fate: Fate
    fate_why: str
    fate_at: datetime | None
    recorded_at: datetime
    change: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StanceShape:
    """Where a voter stood before the vote, in one round."""

    round: int
    voter: str
    voter_name: str
    position: Position
    words: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class RecusalShape:
    """A conflict of interest, and what the others held (None: not yet)."""

    id: UUID
    voter: str
    voter_name: str
    interest: str
    is_disclosed_by_self: bool
    is_conflict: bool | None
    judged_why: str


@dataclass(frozen=True, slots=True)
class ReasonShape:
    """A block or an objection in an open poll, shown while it is open because the others judge it.

    ``upheld`` and ``turned_down``: how many of the others found it to be one, and how many not.
    """

    voter: str
    voter_name: str
    position: Position
    reason: str
    upheld: int
    turned_down: int
    is_upheld: bool | None


@dataclass(frozen=True, slots=True)
class BallotShape:
    """One ballot on the board. ``voter`` is empty in a secret poll; ``is_counted``: no later one replaced
    it."""

    place: int
    voter: str
    voter_name: str
    choice: Mapping[str, object]
    channel: Channel
    provenance: str
    receipt: str
    digest: str
    occurred_at: datetime | None
    is_counted: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """What a count came to: the outcome with each step of the rule, and for options the ones chosen.

    ``sums`` are the points, votes or approvals of each option, as text; ``is_held_back``: a secret tally so
    small or so unanimous that it would tell how each voted, so only the result is shown (SECURITY B09).
    """

    outcome: Outcome
    chosen: tuple[str, ...] = ()
    sums: Mapping[str, str] | None = None
    gate: Gate | None = None
    is_held_back: bool = False


@dataclass(frozen=True, slots=True)
class PollShape:
    """One asking of one body. While it is open only the turnout is known: ``counted`` and ``ballots`` are
    empty.

    ``steps`` is the standing of the rule *checked just now*: quorum, the body's make-up, notice.
    ``meeting_id``: the meeting in which it is held. ``entitled`` and ``turnout`` are numbers of voting units.
    """

    id: UUID
    question_id: UUID
    question_number: int
    kind: PollKind
    body_id: UUID
    body_slug: str
    body_name: str
    bylaws_version: int
    article: str
    method: Method
    choosing: Choosing | None
    counting: Mapping[str, int]
    tie: str
    options: tuple[Option, ...]
    lots: tuple[str, ...]
    is_secret: bool
    opens_at: datetime
    closes_at: datetime
    closed_at: datetime | None
    is_open: bool
    entitled: int
    turnout: int
    electorate: Electorate
    electorate_digest: str
    text_digest: str
    steps: tuple[Verdict, ...]
    meeting_id: UUID | None = None
    reasons: tuple[ReasonShape, ...] = ()
    counted: Counted | None = None
    ballots: tuple[BallotShape, ...] = ()
    voting: VotingRule = field(default_factory=VotingRule)


@dataclass(frozen=True, slots=True)
class MyVote:
    """A seat from which an account may cast in an open poll, and what was cast from it.

    ``cast`` is the voter's last ballot (of a secret poll None: what it says is sealed; ``receipt`` tells that
    it is there). ``may`` says whether this account may cast now, and why not. ``word`` is what the
    organization lets this account decide on the matter; None: nobody stands behind the seat. ``cents``: what
    a yes may cost, where the question says so. ``is_advisory``: its yes waits for the organization.
    ``proxy_words``: what the voter wrote whose proxy this account carries.
    """

    poll_id: UUID
    question_id: UUID
    question_number: int
    title: str
    body_name: str
    kind: PollKind
    is_secret: bool
    closes_at: datetime
    seat_id: UUID
    voter: str
    voter_name: str
    is_alternate: bool
    is_advisory: bool
    may: Verdict
    cast: BallotShape | None
    receipt: str
    matter: Matter
    word: AuthorityShape | None
    cents: int | None
    proxy_words: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """The answer to a cast: what finds it on the board, and whether the same was cast before."""

    poll_id: UUID
    voter: str
    receipt: str
    place: int | None
    cast_at: datetime
    was_there: bool = False


@dataclass(frozen=True, slots=True)
class PaperShape:
    """A ballot on paper that one person entered and a second has not yet checked."""

    id: UUID
    poll_id: UUID
    voter: str
    voter_name: str
    provenance: str
    entered_by_name: str
    entered_at: datetime
    entered_by_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class WaitingShape:
    """For what an answered question still waits, why, and until when."""

    stage: Stage
    until: datetime | None
    whom: tuple[str, ...]
    why: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A question in a list."""

    id: UUID
    number: int
    title: str
    matter: Matter
    body_id: UUID
    body_slug: str
    body_name: str
    stage: Stage
    proposed_by_name: str
    with_partner_name: str
    noticed_at: datetime | None
    opens_from: datetime | None
    closes_at: datetime | None
    decision_number: int | None
    recorded_at: datetime
    is_emergency: bool = False


@dataclass(frozen=True, slots=True)
class QuestionShape:
    """A question with all that was said about it and what came of it.

    ``opens_from``: the first moment at which voting may open, once notice was given. ``answered_at``: when
    its
    decision was certified.
    """

    line: QuestionLine
    question: str
    options: tuple[Option, ...]
    counting: Mapping[str, int]
    effect: str
    params: Mapping[str, object]
    starts_on: date | None
    ends_on: date | None
    review_on: date | None
    proposed_by_seat_id: UUID | None
    with_partner_id: UUID | None
    is_emergency: bool
    round: int
    stopped_why: str
    challenges_decision: int | None
    sections: tuple[SectionShape, ...]
    gains: tuple[GainShape, ...]
    inputs: tuple[InputShape, ...]
    comments: tuple[CommentShape, ...]
    amendments: tuple[AmendmentShape, ...]
    stances: tuple[StanceShape, ...]
    recusals: tuple[RecusalShape, ...]
    polls: tuple[PollShape, ...]
    waiting: WaitingShape | None
    result: Result | None
    text_digest: str
