"""What governance tells upward about questions and votes."""

from dataclasses import dataclass
from uuid import UUID

from commonweal.governance.vocabulary import Gate, Result, Stage


@dataclass(frozen=True, slots=True)
class QuestionPut:
    """A question was put to a body."""

    question_id: UUID
    number: int


@dataclass(frozen=True, slots=True)
class QuestionTalked:
    """Something was said about a question: a comment, a reply, another wording, where somebody stands."""

    question_id: UUID
    number: int


@dataclass(frozen=True, slots=True)
class NoticeGiven:
    """A vote is coming, and the text stands."""

    question_id: UUID
    number: int


@dataclass(frozen=True, slots=True)
class VotingOpened:
    """Voting opened, by the body and by each whose assent it needs."""

    question_id: UUID
    number: int
    poll_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class PollClosed:
    """The ballots of one poll were counted. ``gate``: what a body whose assent was asked answered."""

    poll_id: UUID
    question_id: UUID
    gate: Gate | None


@dataclass(frozen=True, slots=True)
class AnswerWaits:
    """An answer waits for the residents, a body below, or organizations: ``stage`` says for whom."""

    question_id: UUID
    number: int
    stage: Stage


@dataclass(frozen=True, slots=True)
class QuestionAnswered:
    """A decision was certified, or the question lapsed."""

    question_id: UUID
    number: int
    decision_id: UUID
    result: Result
