"""The shared charter as it crosses the door: its wording, its draft, and who signed it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from commonweal.governance.vocabulary_shared_charter import (
    PART_ASKS,
    PART_NAMES,
    SIGNS_LOOKS,
    SIGNS_NAMES,
    Part,
    Signs,
    Word,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words of two wordings. ``kind``: ``same``, ``gone`` (only before) or ``new`` (only after)."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class WritingShape:
    """One wording of one part: who wrote it, when."""

    id: UUID
    part: Part
    words: str
    author: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class RemarkShape:
    """What somebody said about a wording. ``is_of_latest``: it still stands as they read it."""

    words: str
    author: str
    recorded_at: datetime
    is_of_latest: bool


@dataclass(frozen=True, slots=True)
class DraftPart:
    """A part of the draft: its wording now (None: nothing yet), those before, what was said, and how it
    differs from what is in force."""

    part: Part
    latest: WritingShape | None
    earlier: tuple[WritingShape, ...]
    remarks: tuple[RemarkShape, ...]
    pieces: tuple[Piece, ...]

    @property
    def name(self) -> str:
        """English, marked for translation."""
        return PART_NAMES[self.part]

    @property
    def asks(self) -> str:
        return PART_ASKS[self.part]

    @property
    def differs(self) -> bool:
        return any(piece.kind != "same" for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class CharterShape:
    """An adopted version. ``ended_at``: when its decision ended; None: it has not."""

    id: UUID
    version: int
    parts: Mapping[Part, str]
    words: str
    mandate_id: UUID
    decision_number: int
    starts_at: datetime
    ends_at: datetime | None
    ended_at: datetime | None
    ended_why: str
    is_in_force: bool

    @property
    def read(self) -> tuple[tuple[str, str], ...]:
        """Name and wording of each part, in order; the names are English, marked for translation."""
        return tuple((PART_NAMES[part], self.parts[part]) for part in Part)


@dataclass(frozen=True, slots=True)
class SaidOfPartner:
    """One word about a partner and a version. ``by``: who said it, as they are known at the table."""

    word: Word
    why: str
    by: str
    said_on: date


@dataclass(frozen=True, slots=True)
class SignatoryShape:
    """A partner and how it stands to a version."""

    partner_id: UUID
    slug: str
    name: str
    stands: Signs
    said: tuple[SaidOfPartner, ...] = ()

    @property
    def stands_name(self) -> str:
        """English, marked for translation."""
        return SIGNS_NAMES[self.stands]

    @property
    def look(self) -> str:
        return SIGNS_LOOKS[self.stands]

    @property
    def last(self) -> SaidOfPartner | None:
        return self.said[-1] if self.said else None
