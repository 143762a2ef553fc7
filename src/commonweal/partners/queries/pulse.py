"""Power and burden, counted from what meetings wrote down: hours, chairing, speaking, deferrals, worth."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from commonweal.kernel.clock import now
from commonweal.partners.models import AgendaItem, Meeting, MeetingRole, PulseTally, PulseTurnout, Turn
from commonweal.partners.queries import meetings
from commonweal.partners.queries.bodies import bodies, seats_of, seats_with_account
from commonweal.partners.rules import burden, presence
from commonweal.partners.shapes_meetings import MeetingShape
from commonweal.partners.shapes_seats import ShortfallShape
from commonweal.partners.vocabulary import Authority
from commonweal.partners.vocabulary_meetings import ItemState, MeetingPart, MeetingStage, Side, Worth

OPEN_FOR = timedelta(days=7)
MONTH = timedelta(days=30.44)


def is_open(closed_at: datetime | None, moment: datetime) -> bool:
    """Whether a meeting can still be answered about. What was said is shown after that, never before."""
    return closed_at is not None and moment < closed_at + OPEN_FOR


def unanswered(account_id: UUID) -> list[tuple[MeetingShape, UUID]]:
    """Meetings about which a seat of this account may still answer, with the seat."""
    seats = {s.body_id: s for s in reversed(seats_with_account(account_id))}
    recent = meetings.held(now() - OPEN_FOR, seats)
    done = set(
        PulseTurnout.objects.filter(meeting__in=[m.id for m in recent]).values_list("meeting_id", "seat_id")
    )
    return [(m, seats[m.body_id].id) for m in recent if (m.id, seats[m.body_id].id) not in done]


def worth_of(meeting_ids: Iterable[UUID]) -> burden.Pulses:
    """What was said of these meetings together, as far as it may be shown."""
    tallies: Counter[tuple[Side, Worth]] = Counter()
    for row in PulseTally.objects.filter(meeting__in=set(meeting_ids)):
        tallies[Side(row.side), Worth(row.worth)] += row.count
    return burden.pulses(tallies)


def sides_of_seats(body_ids: Iterable[UUID] | None = None) -> dict[UUID, Side]:
    """The side of each filled seat of bodies that are not private."""
    known = [b.id for b in bodies() if not b.is_private]
    wanted = set(known) if body_ids is None else set(known) & set(body_ids)
    seats = seats_of(wanted)
    return {
        s.id: burden.side_of(s.sector, s.member_class) for found in seats.values() for s in found if s.holder
    }


def _open_ones(since: datetime) -> list[MeetingShape]:
    return [m for m in meetings.held(since) if not m.is_private]


def hours_asked(since: datetime) -> tuple[list[burden.Hours], bool, int]:
    """Hours a month for each who came, by side; whether residents were paid; how many meetings.

    Their hours are the minutes they were there, over all bodies, and the preparation that was asked.
    """
    found = _open_ones(since)
    people = _people_of_seats()
    minutes: dict[tuple[UUID, Side], float] = defaultdict(float)
    stays = meetings.stays([m.id for m in found])
    for shape in found:
        if shape.opened_at is None or shape.closed_at is None:
            continue
        spent = presence.minutes_there(stays[shape.id], shape.opened_at, shape.closed_at)
        for seat_id, there in spent.items():
            if seat_id in people:
                minutes[people[seat_id]] += there + shape.prep_minutes
    months = max(1.0, (now() - since) / MONTH)
    by_side: dict[Side, list[float]] = defaultdict(list)
    for (_member, side), total in minutes.items():
        by_side[side].append(total / months)
    paid = bool(found) and all(m.stipend_cents for m in found)
    return burden.hours(by_side), paid, len(found)


def _people_of_seats() -> dict[UUID, tuple[UUID, Side]]:
    """The member in each filled seat, with the side of the seat: one human may sit in several bodies."""
    seats = seats_of(b.id for b in bodies() if not b.is_private)
    return {
        s.id: (s.holder.member_id, burden.side_of(s.sector, s.member_class))
        for found in seats.values()
        for s in found
        if s.holder
    }


def chaired(since: datetime) -> Counter[Side]:
    """How many meetings each side led."""
    sides, found = sides_of_seats(), [m.id for m in _open_ones(since)]
    rows = MeetingRole.objects.filter(meeting__in=found, part=MeetingPart.CHAIR.value)
    return Counter(sides[seat] for seat in rows.values_list("seat_id", flat=True) if seat in sides)


def spoken(since: datetime, meeting_ids: Iterable[UUID] | None = None) -> Counter[Side]:
    """Seconds that each side spoke."""
    sides = sides_of_seats()
    ids = [m.id for m in _open_ones(since)] if meeting_ids is None else list(meeting_ids)
    rows = Turn.objects.filter(meeting__in=ids).exclude(started_at=None).exclude(ended_at=None)
    found: Counter[Side] = Counter()
    for seat_id, start, end in rows.values_list("seat_id", "started_at", "ended_at"):
        if seat_id in sides and start is not None and end is not None:
            found[sides[seat_id]] += int((end - start).total_seconds())
    return found


def deferred(since: datetime) -> tuple[Counter[Side], Counter[Side]]:
    """Of what each side put on agendas: how many points, and how many of them were put off."""
    sides, ids = sides_of_seats(), [m.id for m in _open_ones(since)]
    put: Counter[Side] = Counter()
    off: Counter[Side] = Counter()
    for seat_id, state in AgendaItem.objects.filter(meeting__in=ids).values_list("put_by_seat_id", "state"):
        if seat_id in sides:
            put[sides[seat_id]] += 1
            off[sides[seat_id]] += state == ItemState.DEFERRED.value
    return put, off


def seats_by_side() -> Counter[Side]:
    """How many filled seats each side has, over all bodies that meet in the open."""
    return Counter(sides_of_seats().values())


def closed_pulses(since: datetime) -> list[UUID]:
    """Meetings of open bodies whose week is over."""
    moment = now()
    return [m.id for m in _open_ones(since) if not is_open(m.closed_at, moment)]


ROW = 3
"""So many meetings in a row make a shortfall."""


def shortfalls(body_ids: Iterable[UUID]) -> list[ShortfallShape]:
    """Seats from which nobody came three times in a row, or only somebody who may not decide."""
    found = []
    ids = set(body_ids)
    seats = seats_of(ids)
    latest = {body_id: before_now(body_id) for body_id in ids}
    stays = meetings.stays(m.id for shapes in latest.values() for m in shapes)
    for body_id, shapes in latest.items():
        if len(shapes) < ROW:
            continue
        came = [{stay.seat_id for stay in stays[m.id]} for m in shapes]
        for seat in seats[body_id]:
            if seat.holder is None:
                continue
            if not any(seat.id in there for there in came):
                found.append(ShortfallShape(seat.id, ROW))
            elif (
                seat.has_vote and seat.holder.authority is Authority.NONE and all(seat.id in t for t in came)
            ):
                found.append(ShortfallShape(seat.id, ROW, came_without_authority=True))
    return found


def before_now(body_id: UUID) -> list[MeetingShape]:
    """The last three meetings that a body held."""
    rows = Meeting.objects.filter(body_id=body_id, stage=MeetingStage.CLOSED.value)
    return meetings.shapes_of(rows.order_by("-starts_at")[:ROW])
