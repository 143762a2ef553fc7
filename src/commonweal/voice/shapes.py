"""What crosses the door of voice: links of the thread, what is told, an input as its reader may see it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from commonweal.foundation.access.actor import Actor
from commonweal.partners.shapes import BodyShape
from commonweal.voice.vocabulary import (
    ANSWERING_LOOKS,
    ANSWERING_NAMES,
    HAND_NAMES,
    WAY_NAMES,
    Answering,
    Hand,
    Kind,
    Way,
)

Node = str
"""``input:<id>``, ``group:<id>``, or what answers it: ``question:<id>``, ``action:<id>`` …"""


def node(kind: str, ref: object) -> Node:
    """The name of a thing in the graph."""
    return f"{kind}:{ref}"


def kind_of(named: Node) -> str:
    """Of which kind a node is."""
    return named.partition(":")[0]


def ref_of(named: Node) -> str:
    """Which one of its kind a node is."""
    return named.partition(":")[2]


@dataclass(frozen=True, slots=True)
class Link:
    """One step upward: an input into a group, a group into another, either into what answers it."""

    source: Node
    target: Node
    kind: Kind
    made_at: datetime
    why: str
    undone_at: datetime | None = None
    undone_why: str = ""
    act_id: UUID | None = None

    @property
    def is_live(self) -> bool:
        return self.undone_at is None


@dataclass(frozen=True, slots=True)
class Reply:
    """What a body said to an input or to a group of them."""

    target: Node
    how: Answering
    words: str
    at: datetime
    by_name: str = ""
    until: date | None = None
    words_there: str = ""
    language_there: str = ""

    @property
    def name(self) -> str:
        """English, marked for translation."""
        return ANSWERING_NAMES[self.how]

    @property
    def look(self) -> str:
        return ANSWERING_LOOKS[self.how]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an input's own thread, as the rule found it: a link made or undone, or a reply."""

    at: datetime
    link: Link | None = None
    reply: Reply | None = None
    is_undone: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of what became of it, in the reader's language. ``look``: a state's mark; empty: none."""

    words: str
    at: datetime | None = None
    url: str = ""
    look: str = ""
    is_now: bool = False


@dataclass(frozen=True, slots=True)
class Teller:
    """How a context above tells what became of things of one kind, and which could answer an input.

    ``told`` gets refs and gives lines, the oldest first, of those that the current actor may know;
    ``choices`` gives ref and words of what may be linked by this actor for this body.
    """

    kind: str
    name: str
    told: Callable[[Iterable[str]], Mapping[str, Sequence[Line]]]
    choices: Callable[[Actor, BodyShape], Iterable[tuple[str, str]]]
    begin: Callable[[Node], str] | None = None
    """Where such a thing is begun that answers an input or a group."""


@dataclass(frozen=True, slots=True)
class Silence:
    """What a body owes: how many inputs wait for a first answer past the clock, and the longest wait in
    days."""

    body_id: UUID
    said: int
    answered: int
    late: int
    longest_days: int
    days_allowed: int
    put_off: int = 0


@dataclass(frozen=True, slots=True)
class InputShape:
    """An input as its reader may see it. ``words`` None: not for this reader's eyes."""

    id: UUID
    body_id: UUID
    said_at: datetime
    recorded_at: datetime
    way: Way
    hand: Hand
    is_public: bool
    words: str | None
    name: str = ""
    language: str = "en"
    where: str = ""
    is_redacted: bool = False
    redacted_why: str = ""

    @property
    def node(self) -> Node:
        return node("input", self.id)

    @property
    def way_name(self) -> str:
        """English, marked for translation."""
        return WAY_NAMES[self.way]

    @property
    def hand_name(self) -> str:
        """English, marked for translation."""
        return HAND_NAMES[self.hand]


@dataclass(frozen=True, slots=True)
class GroupShape:
    """Inputs that ask for the same, as the body put it."""

    id: UUID
    body_id: UUID
    title: str
    at: datetime

    @property
    def node(self) -> Node:
        return node("group", self.id)


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one input: the steps in order, and where it stands now."""

    input: InputShape
    lines: tuple[Line, ...]
    now: Line


@dataclass(frozen=True, slots=True)
class Kept:
    """The receipt of an input. ``code`` is shown once; empty where none is given."""

    input_id: UUID
    code: str
