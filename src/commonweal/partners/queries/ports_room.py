"""The one thing that a meeting asks of the storey above: votes. Who registers none has meetings without."""

from collections.abc import Iterable, Mapping
from typing import Protocol
from uuid import UUID

from commonweal.foundation.access import Actor
from commonweal.kernel.verdict import Verdict, allow
from commonweal.kernel.words import N_
from commonweal.partners.shapes import BodyShape, Panel
from commonweal.partners.shapes_meetings import ItemShape, LineShape, MeetingShape
from commonweal.partners.shapes_room import MotionNext, QuorumSaid


class Votes(Protocol):
    """How votes are held in a meeting."""

    def quorum(self, body: BodyShape, there: frozenset[UUID], ref: str) -> QuorumSaid | None:
        """Whether the seats that are ``there`` are enough by the bylaws for the matter that ``ref`` names
        (empty: for what no matter is named of). None while no bylaws say so."""

    def panels(self, actor: Actor, meeting: MeetingShape, current: ItemShape | None) -> list[Panel]:
        """What is voted on in the room, and whether the point in hand can be."""

    def may_close(self, meeting: MeetingShape) -> Verdict:
        """Whether nothing that is being voted on keeps the meeting open."""

    def motions(
        self, actor: Actor, meeting: MeetingShape, lines: Iterable[LineShape]
    ) -> Mapping[UUID, MotionNext]:
        """Of lines that are motions: what this reader can do with them, or what became of them."""


_votes: list[Votes] = []


def vote_with(votes: Votes) -> None:
    """Let governance hold the votes of meetings."""
    _votes[:] = [votes]


def quorum(body: BodyShape, there: frozenset[UUID], ref: str = "") -> QuorumSaid | None:
    """The bylaws' word on who is there, or None."""
    return _votes[0].quorum(body, there, ref) if _votes else None


def panels(actor: Actor, meeting: MeetingShape, current: ItemShape | None) -> list[Panel]:
    """Votes as the room shows them."""
    return _votes[0].panels(actor, meeting, current) if _votes else []


def may_close(meeting: MeetingShape) -> Verdict:
    """Whether a meeting may end now."""
    if _votes:
        return _votes[0].may_close(meeting)
    return allow("meetings.close.no-votes", N_("Nothing is being voted on."))


def motions(actor: Actor, meeting: MeetingShape, lines: Iterable[LineShape]) -> Mapping[UUID, MotionNext]:
    """What can be done with motions, by line."""
    return _votes[0].motions(actor, meeting, lines) if _votes else {}
