"""The order of an answer: what was asked for, then room, then the way there, then how many said it helped.

The same order is spoken by the database (``queries.search_sql``); tests hold the two together. Nobody can
pay to be higher: nothing else enters.
"""

from dataclasses import dataclass
from enum import IntEnum
from uuid import UUID

from commonweal.directory.vocabulary import Capacity

WAY_STEPS = (1_000.0, 3_000.0, 8_000.0, 20_000.0)
"""Meters between which the way there counts as equally far."""


class Match(IntEnum):
    """How well a place fits the words, best last."""

    NONE = 0
    DOMAIN = 1  # the same kind of need
    MENTIONED = 2  # the thing itself, in its description
    OFFERED = 3  # the thing itself, in its name or by its terms
    NAMED = 4  # its very name was typed


ROOM_ORDER = {Capacity.OPEN: 0, Capacity.UNKNOWN: 1, Capacity.WAITLIST: 2, Capacity.CLOSED: 3}


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides the place of one hit."""

    match: Match
    unsure: int  # wishes of which we do not know whether they hold
    room: Capacity
    meters: float | None
    helped: int
    asked: int
    id: UUID


def way_step(meters: float | None) -> int:
    """How far, in steps; a place that needs no way there stands between the second and the third."""
    if meters is None:
        return 2
    return sum(meters > step for step in WAY_STEPS)


def helped_share(helped: int, asked: int) -> float:
    """The share who said it helped, drawn toward one half where few were asked (two each way)."""
    return (helped + 2) / (asked + 4)


def order_key(standing: Standing) -> tuple[object, ...]:
    """Sort ascending by this; the id makes the order total."""
    return (
        -standing.match,
        standing.unsure,
        ROOM_ORDER[standing.room],
        way_step(standing.meters),
        -helped_share(standing.helped, standing.asked),
        standing.meters if standing.meters is not None else WAY_STEPS[1],
        standing.id,
    )
