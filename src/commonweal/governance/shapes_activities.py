"""Who answers for what, as it crosses the door."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from commonweal.governance.shapes_obligations import ObligationShape
from commonweal.governance.vocabulary_obligations import PART_NAMES, Part


@dataclass(frozen=True, slots=True)
class HandShape:
    """A seat or a partner with a part in an activity. ``is_vacant``: nobody sits in the seat now.

    ``key`` names it in a form: ``seat:…`` or ``partner:…``.
    """

    id: UUID
    part: Part
    key: str
    name: str
    holder: str
    is_vacant: bool
    starts_on: date
    ended_on: date | None = None
    ended_why: str = ""
    author: str = ""

    @property
    def part_name(self) -> str:
        """English, marked for translation."""
        return PART_NAMES[self.part]


@dataclass(frozen=True, slots=True)
class ActivityShape:
    """Something that is done, who has which part in it now and had before, and what is due for it."""

    id: UUID
    words: str
    body_id: UUID
    body_slug: str
    body_name: str
    initiative: str
    initiative_slug: str
    hands: tuple[HandShape, ...]
    before: tuple[HandShape, ...]
    owed: tuple[ObligationShape, ...]
    ended_on: date | None
    ended_why: str

    def with_part(self, part: Part) -> tuple[HandShape, ...]:
        return tuple(hand for hand in self.hands if hand.part is part)

    @property
    def columns(self) -> tuple[tuple[str, tuple[HandShape, ...]], ...]:
        """Each part's name, in order, and who has it."""
        return tuple((PART_NAMES[part], self.with_part(part)) for part in Part)

    @property
    def next_due(self) -> ObligationShape | None:
        """What is due first."""
        return next((one for one in self.owed if one.is_open), None)


@dataclass(frozen=True, slots=True)
class Load:
    """How many activities one answers for, and does, at a time. ``is_over``: far more than the others."""

    key: str
    name: str
    answers: int
    does: int
    is_over: bool

    @property
    def total(self) -> int:
        return self.answers + self.does


@dataclass(frozen=True, slots=True)
class Gap:
    """What an activity lacks. ``words``: English, marked for translation."""

    activity: ActivityShape
    words: str


Counts = Mapping[str, tuple[str, int, int]]
"""By key: name, how many it answers for, how many it does."""
