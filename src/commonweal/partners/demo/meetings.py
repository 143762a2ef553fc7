"""The demo's meetings: three months of them with minutes and answers, and the Table's next one, on Thursday.

Seeded after governance, so that the open question goes onto the agenda as itself.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from commonweal.foundation.access import Actor, acting
from commonweal.kernel.clock import at, now, today
from commonweal.kernel.words import N_
from commonweal.partners import queries
from commonweal.partners.actions import agendas, calling, minuting, pulse, running, work
from commonweal.partners.queries import agenda, meetings
from commonweal.partners.queries import work as reading
from commonweal.partners.rules import burden
from commonweal.partners.shapes import SeatShape
from commonweal.partners.shapes_meetings import ActionShape
from commonweal.partners.vocabulary_meetings import LineKind, MeetingPart, Offer, Side, Worth

HERE = ZoneInfo("America/New_York")
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
LIBRARY = N_("Alder Falls Library")
SUPPER = (Offer.CHILD_CARE, Offer.MEAL, Offer.STEP_FREE, Offer.TRANSPORT)


@dataclass(frozen=True, slots=True)
class Point:
    """A point of an agenda. ``voices``: who spoke, by name, and for how many minutes."""

    title: str
    minutes: int
    put_by: str = ""
    voices: tuple[tuple[str, int], ...] = ()
    put_off: str = ""


@dataclass(frozen=True, slots=True)
class Past:
    """A meeting that was. ``months`` ago; ``away``: who did not come; ``left``: who left early."""

    body: str
    months: int
    minutes: int
    prep: int
    points: tuple[Point, ...]
    chair: str
    away: tuple[str, ...] = ()
    left: str = ""


_HOSPITAL, _PLAN, _COUNTY = "Dr. Helen Marsh", "Joan Ellery", "Walt Kessler"
_LORETTA, _MARCUS, _ROSA = "Loretta Hayes", "Marcus Odom", "Rosa Quintero"

PAST: tuple[Past, ...] = (
    Past(
        "table",
        3,
        120,
        40,
        (
            Point(N_("What the summer showed"), 30, _HOSPITAL, ((_HOSPITAL, 14), (_PLAN, 7), (_ROSA, 2))),
            Point(
                N_("People who come home after the shops have closed"),
                25,
                _ROSA,
                ((_ROSA, 3), (_MARCUS, 6), (_COUNTY, 5)),
            ),
            Point(N_("Bus stop at the Northbank clinic"), 20, _LORETTA, put_off=N_("No time was left.")),
            Point(N_("Rides at night"), 15, "Henry Obi", put_off=N_("No time was left.")),
        ),
        _COUNTY,
        away=("Keith Sandoval", "Mina Duarte"),
    ),
    Past(
        "residents-council",
        3,
        90,
        20,
        (Point(N_("What we ask of the Table this autumn"), 60, _LORETTA, ((_ROSA, 9), ("Henry Obi", 7))),),
        _LORETTA,
    ),
    Past(
        "food-workgroup",
        2,
        75,
        15,
        (Point(N_("Boxes without salt"), 40, _MARCUS, ((_MARCUS, 12), ("Inés Valdivia", 8))),),
        _MARCUS,
    ),
    Past(
        "table",
        2,
        120,
        40,
        (
            Point(N_("Answer times, and who waits"), 35, _PLAN, ((_PLAN, 12), (_HOSPITAL, 9), (_MARCUS, 4))),
            Point(N_("Help with electric bills"), 20, "Dale Pruitt", put_off=N_("The fund was not ready.")),
            Point(N_("A phone that a person answers"), 15, _ROSA, put_off=N_("No time was left.")),
            Point(N_("Screening in Vietnamese"), 20, "Lucía Benítez", (("Lucía Benítez", 6), (_HOSPITAL, 5))),
        ),
        _LORETTA,
        away=("Alice Monroe",),
        left=_PLAN,
    ),
    Past(
        "food-workgroup",
        1,
        75,
        15,
        (Point(N_("Who drives on Sundays"), 45, _MARCUS, ((_MARCUS, 10), ("Rev. June Carver", 9))),),
        "Inés Valdivia",
    ),
    Past(
        "residents-council",
        1,
        90,
        20,
        (Point(N_("Sharing the day people go home"), 50, _LORETTA, ((_LORETTA, 8), ("Sumi Vang", 6))),),
        _LORETTA,
    ),
)
"""What was, the earliest first; the Table's latest meeting is told in full below."""

AGENDA: tuple[tuple[str, str, int, str], ...] = (
    ("proposal:", N_("Share the day people go home"), 35, _LORETTA),
    ("", N_("Housing: what the workgroup found"), 25, "Aisha Grant"),
    ("", N_("14 people, no help with an electric bill. $9,400 would close it"), 30, _LORETTA),
    ("proposal:", N_("An interpreter at every meeting"), 15, _LORETTA),
    ("", N_("Was this worth your time?"), 10, ""),
)
"""Thursday's agenda: the name of an open matter, or words; minutes; who put it there."""

YES_OF: dict[Side, tuple[int, int]] = {
    Side.HEALTH: (3, 5),
    Side.COMMUNITY: (4, 7),
    Side.PUBLIC: (2, 3),
    Side.RESIDENTS: (4, 5),
}
"""Of so many of each side who answer, so many say that it was worth it."""


def seed(by: Actor) -> None:
    """Hold the meetings. ``by``: who sets up."""
    with acting(by):
        for past in PAST:
            _held(past, by)
        _last_table(by)
        _thursday(by)
        _taken_on(by)


def _thursday_of(month_back: int) -> date:
    """The second Thursday of a month gone by, here."""
    here = now().astimezone(HERE).date()
    months = here.year * 12 + here.month - 1 - month_back
    first = date(months // 12, months % 12 + 1, 1)
    return first + DAY * ((3 - first.weekday()) % 7 + 7)


def next_thursday() -> date:
    """The next Thursday after today, here."""
    here = now().astimezone(HERE).date()
    return here + DAY * (((3 - here.weekday()) % 7) or 7)


def _at(day: date, hour: int = 18) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=HERE)


def _seats(slug: str) -> dict[str, SeatShape]:
    """Filled seats of a body by who sits there."""
    body = queries.body_named(slug)
    assert body is not None
    return {s.holder.own_name: s for s in queries.seats_of([body.id])[body.id] if s.holder}


class _Evening:
    """One meeting as it goes by, minute after minute."""

    def __init__(self, past: Past, by: Actor) -> None:
        self.past, self.by, self.seats = past, by, _seats(past.body)
        self.moment = _at(_thursday_of(past.months))

    def hold(self) -> None:
        body = queries.body_named(self.past.body)
        assert body is not None
        plan = calling.Plan(
            minutes=self.past.minutes, prep_minutes=self.past.prep, stipend_cents=4000, languages=("es",)
        )
        where = calling.Place(self.moment, LIBRARY, SUPPER, ("es",))
        with at(self.moment - 21 * DAY):
            self.meeting = calling.call_meeting(body.id, by=self.by, plan=plan, at=where, tell=False)
            chair, scribe = self.seats[self.past.chair], list(self.seats.values())[-1]
            calling.give_part(self.meeting, MeetingPart.CHAIR, by=self.by, seat_id=chair.id)
            calling.give_part(self.meeting, MeetingPart.NOTE_TAKER, by=self.by, seat_id=scribe.id)
            self.points = [self._put(point) for point in self.past.points]
        self._begin()
        for point, item in zip(self.past.points, self.points, strict=True):
            self._talk(point, item)

    def _put(self, point: Point) -> UUID:
        seat = self.seats.get(point.put_by)
        return agendas.put_item(
            self.meeting,
            by=self.by,
            title=point.title,
            minutes=point.minutes,
            seat_id=seat.id if seat else None,
        )

    def _begin(self) -> None:
        with at(self.moment):
            running.open_meeting(self.meeting, by=self.by)
            self._approve()
            self.here = {
                name: running.come(self.meeting, by=self.by, seat_id=seat.id, is_remote=name == "Leo Brandt")
                for name, seat in self.seats.items()
                if name not in self.past.away
            }
        self.moment += 5 * MINUTE

    def _approve(self) -> None:
        shape = meetings.meeting(self.meeting)
        assert shape is not None
        for version in meetings.to_approve(shape):
            minuting.approve_minutes(version.meeting_id, version.version, by=self.by, in_meeting=self.meeting)

    def _talk(self, point: Point, item: UUID) -> None:
        if point.put_off:
            with at(self.moment):
                agendas.defer_item(item, by=self.by, why=point.put_off)
            return
        with at(self.moment):
            agendas.start_item(item, by=self.by)
        end = self.moment + point.minutes * MINUTE
        for name, minutes in point.voices:
            with at(self.moment):
                turn = running.raise_hand(self.meeting, by=self.by, seat_id=self.seats[name].id)
                running.let_speak(turn, by=self.by)
            self.moment += minutes * MINUTE
            with at(self.moment):
                running.stop_speaking(self.meeting, by=self.by)
        self.moment = max(self.moment, end)

    def close(self) -> None:
        with at(self.moment):
            if self.past.left in self.here:
                running.leave(self.here[self.past.left], by=self.by)
        end = _at(_thursday_of(self.past.months)) + self.past.minutes * MINUTE
        self.moment = max(self.moment, end)
        with at(self.moment):
            running.close_meeting(self.meeting, by=self.by, tell=False)
        with at(self.moment + 2 * DAY):
            self._worth()

    def _worth(self) -> None:
        left = dict(YES_OF)
        for name, seat in self.seats.items():
            side = burden.side_of(seat.sector, seat.member_class)
            yes, of = left[side]
            if name in self.past.away or of == 0:
                continue
            said = Worth.YES if yes else Worth.PARTLY
            pulse.say_worth(self.meeting, seat.id, by=self.by, worth=said)
            left[side] = (max(0, yes - 1), of - 1)


def _held(past: Past, by: Actor) -> None:
    evening = _Evening(past, by)
    evening.hold()
    evening.close()


def _last_table(by: Actor) -> None:
    """The Table's latest meeting, in full: notes, who does what, a promise, a motion."""
    past = Past(
        "table",
        1,
        120,
        40,
        (
            Point(N_("Winter in Tanner’s Ford"), 40, "Aisha Grant", (("Aisha Grant", 9), (_HOSPITAL, 8))),
            Point(N_("Who tells people what became of it"), 30, _LORETTA, ((_LORETTA, 4), (_PLAN, 9))),
            Point(N_("Bus stop at the Northbank clinic"), 20, _LORETTA, ((_COUNTY, 6), (_ROSA, 2))),
            Point(N_("Who pays for interpreters"), 15, _COUNTY, put_off=N_("No time was left.")),
        ),
        _LORETTA,
        away=("Keith Sandoval", "Ray Castillo"),
        left=_HOSPITAL,
    )
    evening = _Evening(past, by)
    evening.hold()
    day = evening.moment.date()
    with at(evening.moment):
        _lines(evening, day, by)
    evening.close()


def _lines(evening: _Evening, day: date, by: Actor) -> None:
    winter, told, bus, _interpreters = evening.points
    meeting, seats = evening.meeting, evening.seats

    def write(
        kind: LineKind,
        words: str,
        item: UUID,
        owned: minuting.Owned | None = None,
        motion: minuting.Motion | None = None,
    ) -> None:
        minuting.write_line(meeting, by=by, kind=kind, words=words, item_id=item, owned=owned, motion=motion)

    write(LineKind.NOTE, N_("The building failed its inspection. Beds can’t open on November 1."), winter)
    rooms = minuting.Owned(seats["Aisha Grant"].id, day + 20 * DAY)
    write(LineKind.ACTION, N_("Find motel rooms for the cold nights"), winter, owned=rooms)
    flyer = minuting.Owned(seats[_ROSA].id, day + 120 * DAY)
    write(LineKind.ACTION, N_("Read the flyer about the rooms with five neighbors"), winter, owned=flyer)
    write(LineKind.NOTE, N_("Residents: people who answered a survey never heard what came of it."), told)
    letter = minuting.Owned(seats[_HOSPITAL].id, day + 14 * DAY)
    write(LineKind.ACTION, N_("Write to all who answered in summer, in both languages"), told, owned=letter)
    stop = minuting.Owned(seats[_COUNTY].id, day + 160 * DAY, N_("those who ride to the clinic"))
    write(LineKind.PROMISE, N_("A bus stop at the Northbank clinic door."), bus, owned=stop)
    motion = minuting.Motion(_ROSA, "Henry Obi", yes=13, no=0, abstain=2)
    words = N_("The Table asks the county to put the stop where the clinic’s door is, not at the road.")
    write(LineKind.MOTION, words, bus, motion=motion)


def _thursday(by: Actor) -> None:
    """The next meeting, called, with its agenda: the open question as itself."""
    body, seats = queries.body_named("table"), _seats("table")
    assert body is not None
    plan = calling.Plan(minutes=120, prep_minutes=40, stipend_cents=4000, languages=("es",))
    where = calling.Place(_at(next_thursday()), LIBRARY, SUPPER, ("es", "vi"))
    made = calling.call_meeting(body.id, by=by, plan=plan, at=where, tell=False)
    calling.give_part(made, MeetingPart.CHAIR, by=by, seat_id=seats[_LORETTA].id)
    calling.give_part(made, MeetingPart.FACILITATOR, by=by, seat_id=seats[_COUNTY].id)
    calling.give_part(made, MeetingPart.NOTE_TAKER, by=by, seat_id=seats[_MARCUS].id)
    shape = meetings.meeting(made)
    assert shape is not None
    known = agenda.candidates(body, shape)
    for ref, title, minutes, put_by in AGENDA:
        matter = next((c for c in known if ref and c.ref.startswith(ref) and title in c.title), None)
        seat = seats.get(put_by)
        agendas.put_item(
            made,
            by=by,
            title=matter.title if matter else title,
            minutes=minutes,
            ref=matter.ref if matter else "",
            url=matter.url if matter else "",
            seat_id=seat.id if seat else None,
            titles=agendas.titles_of(body, shape, matter.ref) if matter else None,
        )


def _taken_on(by: Actor) -> None:
    """How it stands with what was taken on, and something of the food workgroup's."""
    rows = {a.words: a.id for a in _of_table()}
    letter = rows[N_("Write to all who answered in summer, in both languages")]
    with at(now() - 6 * DAY):
        work.finish(rows[N_("Find motel rooms for the cold nights")], by=by, words=N_("Fourteen rooms."))
    with at(now() - 9 * DAY):
        work.block(letter, by=by, what=N_("The translation read badly; residents read it again."))
    food, seats = queries.body_named("food-workgroup"), _seats("food-workgroup")
    assert food is not None
    day = today()
    for name, words, days in (
        (_MARCUS, N_("Weigh the freezer that the church offers"), 4),
        ("Inés Valdivia", N_("Ask who wants boxes without salt"), -5),
        ("Rev. June Carver", N_("Two drivers for the first Sunday"), 12),
    ):
        with at(now() - 25 * DAY):
            work.take_on(food.id, seats[name].id, by=by, words=words, due_on=day + days * DAY)


def _of_table() -> list[ActionShape]:
    """What the Table gave out."""
    body = queries.body_named("table")
    return reading.of_bodies([body.id]) if body else []
