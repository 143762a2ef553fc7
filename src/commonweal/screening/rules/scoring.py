"""The engine of scoring: what answers show about each domain.

An answer counts by (instrument, question, answer): the same LOINC question has other answers in
another instrument (DOMAIN 1-T1). A missing answer is never a negative one.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from commonweal.kernel.answers import Answered
from commonweal.kernel.domains import NeedDomain
from commonweal.screening.rules.segments import segment_of_domain
from commonweal.screening.shapes import Determination, Traced
from commonweal.screening.vocabulary import Flag, Result


@dataclass(frozen=True, slots=True)
class Reply:
    """The answers to one question by code, wherever in the form they stood.

    ``denied`` holds answers that were each refused with a *no*, where a form asks them one by one.
    """

    codes: frozenset[str] = frozenset()
    denied: frozenset[str] = frozenset()
    absent: Answered | None = None

    @property
    def is_not_asked(self) -> bool:
        empty = not self.codes and not self.denied
        return empty and self.absent in (None, Answered.NOT_ASKED)


Replies = Mapping[str, Reply]
NOTHING = Reply()


class Told(Enum):
    """What one question tells about one domain."""

    RISK = auto()
    NO_RISK = auto()
    UNSURE = auto()
    NOT_ASKED = auto()
    ELSEWHERE = auto()
    """Answered, and the answer belongs to another domain that stands for this one."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What one question tells, with what is odd or urgent about it."""

    told: Told
    urgent: bool = False
    flags: frozenset[Flag] = frozenset()


@dataclass(frozen=True, slots=True)
class OneOf:
    """A question whose answers each show a risk or none."""

    question: str
    risk: frozenset[str]
    safe: frozenset[str]
    urgent: frozenset[str] = frozenset()
    elsewhere: frozenset[str] = frozenset()
    neither: frozenset[str] = frozenset()
    """Answers that are real and leave it open, such as *unsure*."""

    def tell(self, reply: Reply) -> Telling:
        if reply.is_not_asked:
            return Telling(Told.NOT_ASKED)
        risks = reply.codes & (self.risk | self.urgent)
        known = self.risk | self.urgent | self.safe | self.elsewhere | self.neither
        flags = set()
        if reply.codes - known:
            flags.add(Flag.UNRECOGNIZED)
        sides = (risks, reply.codes & self.safe, reply.codes & self.elsewhere, reply.absent)
        if sum(map(bool, sides)) > 1:
            flags.add(Flag.CONTRADICTORY)
        return Telling(self._told(reply, risks), bool(reply.codes & self.urgent), frozenset(flags))

    def _told(self, reply: Reply, risks: frozenset[str]) -> Told:
        if risks:
            return Told.RISK
        if reply.codes & self.elsewhere:
            return Told.ELSEWHERE
        if reply.absent is None and reply.codes and reply.codes <= self.safe:
            return Told.NO_RISK
        return Told.UNSURE


@dataclass(frozen=True, slots=True)
class Picked:
    """One line of a list to be ticked. Ticked is a risk; left out, while others are ticked, is none."""

    question: str
    code: str

    def tell(self, reply: Reply) -> Telling:
        if reply.is_not_asked:
            return Telling(Told.NOT_ASKED)
        odd = reply.absent is not None and bool(reply.codes)
        flags = frozenset({Flag.CONTRADICTORY}) if odd else frozenset()
        if self.code in reply.codes:
            return Telling(Told.RISK, flags=flags)
        if reply.absent is not None:
            return Telling(Told.UNSURE, flags=flags)
        if self.code in reply.denied:
            return Telling(Told.NO_RISK)
        # Asked line by line, a line without an answer was left out by the person, not denied.
        return Telling(Told.NOT_ASKED if reply.denied else Told.NO_RISK)


Sign = OneOf | Picked


@dataclass(frozen=True, slots=True)
class AnyOf:
    """A risk if any sign shows one; none only if all deny it; else it cannot be told (DOMAIN §1.4)."""

    domain: NeedDomain
    signs: tuple[Sign, ...]
    id: str
    version: str

    def judge(self, replies: Replies) -> Determination | None:
        """The determination, or None where another domain stands for this one."""
        tellings = [sign.tell(replies.get(sign.question, NOTHING)) for sign in self.signs]
        told = {telling.told for telling in tellings}
        if Told.ELSEWHERE in told and Told.RISK not in told:
            return None
        return Determination(
            domain=self.domain,
            result=_combined(told),
            rule=self.id,
            rule_version=self.version,
            trace=traced([sign.question for sign in self.signs], replies),
            segment=segment_of_domain(self.domain),
            urgent=any(telling.urgent for telling in tellings),
            flags=tuple(sorted(frozenset().union(*(telling.flags for telling in tellings)))),
        )


def _combined(told: set[Told]) -> Result:
    if Told.RISK in told:
        return Result.POSITIVE
    if told == {Told.NO_RISK}:
        return Result.NEGATIVE
    if told == {Told.NOT_ASKED}:
        return Result.NOT_ASSESSED
    return Result.INDETERMINATE


@dataclass(frozen=True, slots=True)
class RuleSet:
    """All rules of one instrument. ``unscored`` says which questions it keeps but does not judge."""

    instrument: str
    rules: tuple["Rule", ...]
    unscored: frozenset[str] = field(default=frozenset())

    def determine(self, replies: Replies) -> tuple[Determination, ...]:
        judged = (rule(replies) for rule in self.rules)
        return tuple(determination for determination in judged if determination is not None)


Rule = Callable[[Replies], Determination | None]


def traced(questions: Sequence[str], replies: Replies) -> tuple[Traced, ...]:
    """The answers to ``questions`` that there are, in their order, each question once."""
    return tuple(
        Traced(question, tuple(sorted(reply.codes)), reply.absent)
        for question in dict.fromkeys(questions)
        if (reply := replies.get(question)) is not None
    )
