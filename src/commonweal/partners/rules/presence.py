"""Who is there at a minute. Whoever left at 18:40 is not there at 18:45 (DOMAIN 7-T7)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from commonweal.partners.vocabulary import Authority


@dataclass(frozen=True, slots=True)
class Stay:
    """From ``came`` up to, not including, ``left`` (None: still there). ``seat_id`` None: a guest."""

    seat_id: UUID | None
    came: datetime
    left: datetime | None = None

    def is_at(self, moment: datetime) -> bool:
        return self.came <= moment and (self.left is None or moment < self.left)


@dataclass(frozen=True, slots=True)
class Chair:
    """A filled seat, as a quorum sees it. ``unit``: under which name it counts (DOMAIN §7.2)."""

    seat_id: UUID
    unit: str
    has_vote: bool
    is_resident: bool
    authority: Authority


@dataclass(frozen=True, slots=True)
class Quorum:
    """Who counts now. ``here`` voting units of ``in_office``; ``needed`` of them make a quorum."""

    here: int
    in_office: int
    needed: int
    residents: int
    with_authority: int

    @property
    def is_met(self) -> bool:
        return self.here >= self.needed

    @property
    def short(self) -> int:
        """How many more must come."""
        return max(0, self.needed - self.here)


def there_at(stays: Iterable[Stay], moment: datetime) -> frozenset[UUID]:
    """The seats that are there at ``moment``."""
    return frozenset(s.seat_id for s in stays if s.seat_id is not None and s.is_at(moment))


def majority_of(in_office: int) -> int:
    """More than half of the voting members in office: 14 → 8, 15 → 8, 16 → 9 (DOMAIN §7.3)."""
    return in_office // 2 + 1


def quorum_now(seats: Sequence[Chair], there: frozenset[UUID], needed: int | None = None) -> Quorum:
    """The quorum with the seats that are ``there``. ``needed`` None: a majority of those in office."""
    voting = [s for s in seats if s.has_vote]
    present = [s for s in voting if s.seat_id in there]
    in_office = len({s.unit for s in voting})
    return Quorum(
        here=len({s.unit for s in present}),
        in_office=in_office,
        needed=majority_of(in_office) if needed is None else needed,
        residents=len({s.seat_id for s in present if s.is_resident}),
        with_authority=len({s.unit for s in present if s.authority is not Authority.NONE}),
    )


def minutes_there(stays: Iterable[Stay], opened: datetime, closed: datetime) -> dict[UUID, int]:
    """Whole minutes that each seat was there between opening and closing."""
    found: dict[UUID, float] = {}
    for stay in stays:
        if stay.seat_id is None:
            continue
        start, end = max(stay.came, opened), min(stay.left or closed, closed)
        found[stay.seat_id] = found.get(stay.seat_id, 0.0) + max(0.0, (end - start).total_seconds())
    return {seat_id: round(seconds / 60) for seat_id, seconds in found.items()}
