"""What a vote is made of: who may vote, what they said, what came of it. Frozen, so it can be recounted."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from commonweal.governance.vocabulary import Authority, Base, Method, Position, Recused, Result
from commonweal.kernel.verdict import Verdict

_NO_CLASSES: Mapping[str, int] = {}


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a number, in integers. ``over``: more than that part, else at least it."""

    numerator: int
    denominator: int
    over: bool = False

    def is_met(self, part: int, whole: int) -> bool:
        """Whether ``part`` of ``whole`` is enough. Of nothing, nothing is enough."""
        if whole <= 0:
            return False
        ours, asked = part * self.denominator, self.numerator * whole
        return ours > asked if self.over else ours >= asked

    def least_of(self, whole: int) -> int:
        """The smallest number that is enough: more than half of 14 is 8."""
        asked = self.numerator * whole
        return asked // self.denominator + 1 if self.over else -(-asked // self.denominator)


MAJORITY = Share(1, 2, over=True)
TWO_THIRDS = Share(2, 3)


@dataclass(frozen=True, slots=True)
class Voter:
    """One who may vote: an organization, or a seat that a resident holds. As frozen when voting opened.

    Organizations under common control share a ``unit`` and have one vote (DOMAIN §7.2); empty: their own.
    ``sector`` and ``jurisdiction`` are where double majorities are counted.
    """

    id: str
    name: str
    sector: str = ""
    jurisdiction: str = ""
    unit: str = ""
    is_resident: bool = False
    authority: Authority = Authority.FULL
    is_present: bool = True
    is_recused: bool = False

    @property
    def has_one_vote_as(self) -> str:
        return self.unit or self.id


@dataclass(frozen=True, slots=True)
class Cast:
    """What a voter said. Of several, the last counts. ``is_upheld``: whether those whom the rule names found
    a block or an objection to be one; None: not judged, so it stands if it has a reason."""

    voter: str
    position: Position
    reason: str = ""
    is_upheld: bool | None = None


@dataclass(frozen=True, slots=True)
class QuorumRule:
    """How many must take part: a share of those in office, a number, some of each class, with authority."""

    share: Share | None = MAJORITY
    count: int = 0
    classes: Mapping[str, int] = field(default_factory=lambda: _NO_CLASSES)
    needs_authority: bool = False
    recused: Recused = Recused.COUNT


@dataclass(frozen=True, slots=True)
class VotingRule:
    """How one class of matters is decided. ``groups``: ``sector`` or ``jurisdiction`` for double majorities,
    won in ``groups_needed`` of them. ``aside_limit``: the most that may stand aside of a consensus."""

    method: Method = Method.VOTE
    threshold: Share = MAJORITY
    base: Base = Base.CAST
    quorum: QuorumRule = QuorumRule()
    needs_residents: bool = False
    groups: str = "sector"
    groups_needed: int = 0
    aside_limit: Share = Share(1, 4)


@dataclass(frozen=True, slots=True)
class Electorate:
    """Who may vote, frozen when voting opened. ``in_office``: members with a vote, vacant seats left out."""

    voters: tuple[Voter, ...]
    in_office: int

    def __post_init__(self) -> None:
        ids = [voter.id for voter in self.voters]
        if len(set(ids)) != len(ids):
            raise ValueError("a voter stands in the electorate twice")


@dataclass(frozen=True, slots=True)
class Tally:
    """Votes that count, one a unit; ``advisory`` said yes without the authority to bind."""

    yes: int = 0
    no: int = 0
    abstain: int = 0
    advisory: int = 0

    @property
    def cast(self) -> int:
        return self.yes + self.no


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it, the tally, and each step of the rule with its sentence, for page and minutes."""

    result: Result
    tally: Tally
    steps: tuple[Verdict, ...]
    groups_won: tuple[str, ...] = ()

    @property
    def is_adopted(self) -> bool:
        return self.result is Result.ADOPTED

    @property
    def first_unmet(self) -> Verdict | None:
        """The step that stopped it, with its cure."""
        return next((step for step in self.steps if not step), None)
