"""Which of several times suits best: who could come counts, and whose needs the place meets.

A seat that needs child care cannot come where there is none, whatever it ticked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from commonweal.partners.vocabulary_meetings import Could, Offer


@dataclass(frozen=True, slots=True)
class Choice:
    """One possible time, what its place offers, and what each seat said; silent seats are left out."""

    id: UUID
    starts_at: datetime
    offers: frozenset[Offer]
    said: Mapping[UUID, Could]


@dataclass(frozen=True, slots=True)
class Asked:
    """A seat that was asked, and what it needs to come."""

    seat_id: UUID
    is_resident: bool
    needs: frozenset[Offer] = frozenset()


@dataclass(frozen=True, slots=True)
class Suits:
    """How a time suits. ``can``: seats that could come and whose needs are met; ``firm`` of them without an
    *if*; ``unmet``: seats that would come if the place offered what is in ``lacking``."""

    id: UUID
    starts_at: datetime
    can: int
    firm: int
    residents: int
    unmet: int
    lacking: tuple[Offer, ...]
    asked: int
    has_quorum: bool


def ranked(choices: Sequence[Choice], seats: Sequence[Asked], *, needed: int) -> list[Suits]:
    """Times from the best to the worst.

    First those at which enough could come (``needed``) and a resident with them, where residents sit here;
    then by how many could come, by how many residents, by how many said a plain yes; then the earlier.
    """
    suits = [_suits(choice, seats, needed) for choice in choices]
    has_residents = any(seat.is_resident for seat in seats)

    def order(one: Suits) -> tuple[bool, int, int, int, datetime]:
        whole = one.has_quorum and (one.residents > 0 or not has_residents)
        return (not whole, -one.can, -one.residents, -one.firm, one.starts_at)

    return sorted(suits, key=order)


def _suits(choice: Choice, seats: Sequence[Asked], needed: int) -> Suits:
    willing = [s for s in seats if choice.said.get(s.seat_id, Could.NO) is not Could.NO]
    able = [s for s in willing if s.needs <= choice.offers]
    missing = {need for s in willing for need in s.needs - choice.offers}
    return Suits(
        choice.id,
        choice.starts_at,
        can=len(able),
        firm=sum(choice.said[s.seat_id] is Could.YES for s in able),
        residents=sum(s.is_resident for s in able),
        unmet=len(willing) - len(able),
        lacking=tuple(sorted(missing)),
        asked=len(seats),
        has_quorum=len(able) >= needed,
    )
