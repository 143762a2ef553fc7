"""What the storey above says into a meeting: enough to decide, what is voted on, what became of a motion."""

from dataclasses import dataclass
from uuid import UUID

from commonweal.kernel.verdict import Verdict


@dataclass(frozen=True, slots=True)
class QuorumSaid:
    """Whether enough are here by the rule of the bylaws that ``article`` names. ``needed``: how many count
    at the least; the rule may also ask for a class of members or for authority, and then ``verdict`` says so.
    """

    verdict: Verdict
    needed: int
    article: str = ""


@dataclass(frozen=True, slots=True)
class MotionNext:
    """What can be done with a motion, or what became of it: English words, marked, and the page.

    ``number`` is the question that it became; None while it is only written down.
    """

    url: str
    words: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """A vote that was held and counted in a meeting, as the minutes keep it.

    ``result`` is English, marked; numbers are None where the count is held back or is of options.
    """

    question_id: UUID
    number: int
    url: str
    words: str
    result: str
    yes: int | None = None
    no: int | None = None
    abstain: int | None = None
    decision: int | None = None
