"""Who is missing: sectors, places and populations against seats, who was asked, whose seats stay empty."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from commonweal.kernel.clock import today
from commonweal.kernel.text import fold
from commonweal.partners import rules
from commonweal.partners.models import Invitation, PopulationFigure
from commonweal.partners.queries import ports
from commonweal.partners.queries.bodies import seats_of
from commonweal.partners.shapes import (
    SECTOR_NAMES,
    Authority,
    BodyShape,
    InvitationShape,
    PopulationGap,
    PopulationShape,
    SeatShape,
    Sector,
    ShortfallShape,
)
from commonweal.partners.vocabulary import BodyKind
from commonweal.partners.vocabulary_seats import Answer, Population

SOON = timedelta(days=90)
EXPECTED = tuple(s for s in Sector if s is not Sector.RESIDENTS)


@dataclass(frozen=True, slots=True)
class Lacking:
    """A sector, a place or a population that nobody speaks for now, with who was asked.

    ``kind``: ``sector``, ``place`` or ``population``; ``name`` is English, marked for translation where ours.
    """

    kind: str
    name: str
    seat: SeatShape | None = None
    asked: tuple[InvitationShape, ...] = ()


@dataclass(frozen=True, slots=True)
class Missing:
    """What a body lacks, in the order in which it is told."""

    lacking: tuple[Lacking, ...]
    gaps: tuple[PopulationGap, ...]
    vacant: tuple[SeatShape, ...]
    without_authority: tuple[SeatShape, ...]
    ending: tuple[SeatShape, ...]
    ending_together: int
    shortfalls: tuple[tuple[SeatShape, ShortfallShape], ...]
    asked: tuple[InvitationShape, ...]


def invitations(body_id: UUID) -> list[InvitationShape]:
    """Who was asked to sit at a body, the last first."""
    return [invitation_shape(row) for row in Invitation.objects.filter(body_id=body_id)]


def invitation_shape(row: Invitation) -> InvitationShape:
    """The row, as it crosses the door."""
    return InvitationShape(
        id=row.id,
        body_id=row.body_id,
        seat_id=row.seat_id,
        whom=row.whom,
        is_human=row.is_human,
        sector=Sector(row.sector) if row.sector else None,
        place=row.place,
        population=row.population,
        asked_on=row.asked_on,
        asked_by=row.asked_by,
        answer=Answer(row.answer),
        reason=row.reason,
        answered_on=row.answered_on,
    )


def figures() -> list[PopulationShape]:
    """Whom the county counts, in a fixed order that is no ranking."""
    order = {population.value: n for n, population in enumerate(Population)}
    rows = sorted(PopulationFigure.objects.all(), key=lambda r: (order.get(r.key, len(order)), r.key))
    return [PopulationShape(r.key, r.name, r.percent, r.margin, r.county, r.source, r.year) for r in rows]


def missing(body: BodyShape) -> Missing:
    """Who is missing from a body today."""
    seats = seats_of([body.id]).get(body.id, [])
    asked = invitations(body.id)
    filled = [s for s in seats if s.holder is not None]
    soon = today() + SOON
    ends = [s.holder.term_ends_on for s in filled if s.holder]
    by_id = {s.id: s for s in seats}
    return Missing(
        lacking=tuple(_lacking(body, seats, asked)),
        gaps=tuple(rules.gaps(figures(), speaking_for(filled), len(seats))) if _stands_for_all(body) else (),
        vacant=tuple(s for s in seats if s.holder is None),
        without_authority=tuple(s for s in filled if s.holder and s.holder.authority is Authority.NONE),
        ending=tuple(
            s for s in filled if s.holder and s.holder.term_ends_on and s.holder.term_ends_on <= soon
        ),
        ending_together=_too_many(ends),
        shortfalls=tuple((by_id[f.seat_id], f) for f in ports.shortfalls([body.id]) if f.seat_id in by_id),
        asked=tuple(asked),
    )


def speaking_for(filled: Iterable[SeatShape]) -> Counter[str]:
    """How many seats speak for each population: an organization that serves one is not heard for it."""
    return Counter(fold(s.population) for s in filled if s.population and s.member_class)


def _stands_for_all(body: BodyShape) -> bool:
    """A board speaks for the whole community; a workgroup or a caucus is not asked to mirror it."""
    return body.kind is BodyKind.BOARD


def _too_many(ends: list[date | None]) -> int:
    """How many terms end together, where it is more than half of them; else 0."""
    together = rules.ending_together(ends)
    return together if together > 2 and together * 2 > sum(end is not None for end in ends) else 0


def _lacking(body: BodyShape, seats: list[SeatShape], asked: list[InvitationShape]) -> Iterable[Lacking]:
    """Sectors without a filled seat; places and populations whose own seats are all empty."""
    filled = [s for s in seats if s.holder is not None]
    seated = {s.sector for s in filled}
    named = {s.sector for s in seats} | {i.sector for i in asked}
    for sector in EXPECTED:
        if sector not in seated and (_stands_for_all(body) or sector in named):
            empty = next((s for s in seats if s.sector is sector), None)
            of_it = tuple(i for i in asked if i.sector is sector)
            yield Lacking("sector", SECTOR_NAMES[sector], empty, of_it)
    for kind in ("place", "population"):
        heard = {fold(str(getattr(s, kind))) for s in filled if s.member_class is not None}
        told: set[str] = set()
        for seat in seats:
            name = str(getattr(seat, kind))
            if seat.holder is None and seat.member_class and name and fold(name) not in heard | told:
                told.add(fold(name))
                yield Lacking(kind, name, seat, tuple(_of(asked, kind, name, seat.id)))


def _of(asked: list[InvitationShape], kind: str, name: str, seat_id: UUID) -> Iterable[InvitationShape]:
    return (i for i in asked if i.seat_id == seat_id or fold(str(getattr(i, kind))) == fold(name))
