"""When an answer is due, when somebody is reminded, told or released. Working days, the people's own zone.

The number of working days is the Table's rule, so it is a parameter that carries its decision; the
defaults here stand only while the Table has decided nothing else.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from uuid import UUID

from commonweal.kernel.periods import working_days_after
from commonweal.referrals.vocabulary import Status

END_OF_DAY = time(17, 0)
NO_HOLIDAYS: frozenset[date] = frozenset()


class Step(StrEnum):
    """What the calendar asks for, in the order in which it comes."""

    REMIND = "remind"
    LATE = "late"
    ESCALATE = "escalate"
    EXPIRE = "expire"
    ASK_BEGIN = "ask-begin"
    BEGIN_LATE = "begin-late"
    BEGIN_ESCALATE = "begin-escalate"
    ASK_HOLD = "ask-hold"
    HOLD_LATE = "hold-late"
    HOLD_ESCALATE = "hold-escalate"
    ASK_END = "ask-end"
    END_LATE = "end-late"
    END_ESCALATE = "end-escalate"


MOST_ASKS = 5
"""No decision lets a person be asked more often than this about one sending."""


@dataclass(frozen=True, slots=True)
class AnswerRule:
    """How long a service has to answer and to report, in working days, and which mandate says so.

    After a yes three times follow each other: we ask the service, then it is late and the asker hears,
    then whoever coordinates hears. They count from the yes (``begin``), from the day help began (``end``)
    or from when it was put on hold (``hold``), and anew each time the service says that it goes on.
    The person is asked at most ``person_asks_most`` times about one sending whether it helped, again only
    after ``person_again_days`` of silence. ``mandate_id`` None: nobody has decided yet.
    """

    answer_days: int = 3
    remind_after_days: int = 2
    escalate_after_days: int = 5
    expire_after_days: int = 15
    begin_days: int = 10
    begin_late_days: int = 15
    begin_escalate_days: int = 20
    hold_days: int = 10
    hold_late_days: int = 15
    hold_escalate_days: int = 20
    end_days: int = 20
    end_late_days: int = 30
    end_escalate_days: int = 40
    person_asks_most: int = 2
    person_again_days: int = 5
    mandate_id: UUID | None = None

    def __post_init__(self) -> None:
        order = (self.remind_after_days, self.answer_days, self.escalate_after_days, self.expire_after_days)
        if not (0 < order[0] <= order[1] <= order[2] < order[3]):
            raise ValueError("remind, answer, escalate and expire must follow each other")
        if not (0 <= self.person_asks_most <= MOST_ASKS and self.person_again_days > 0):
            raise ValueError("a person is asked with measure")
        for days in (self.begin_times, self.hold_times, self.end_times):
            if not 0 < days[0] < days[1] < days[2]:
                raise ValueError("after a yes, asking, late and escalate must follow each other")

    @property
    def begin_times(self) -> tuple[int, int, int]:
        """After the yes: ask whether help began, late, escalate."""
        return (self.begin_days, self.begin_late_days, self.begin_escalate_days)

    @property
    def hold_times(self) -> tuple[int, int, int]:
        """On hold: ask whether it still waits, late, escalate."""
        return (self.hold_days, self.hold_late_days, self.hold_escalate_days)

    @property
    def end_times(self) -> tuple[int, int, int]:
        """Under way: ask how it goes and whether it ended, late, escalate."""
        return (self.end_days, self.end_late_days, self.end_escalate_days)


def due(start: datetime, days: int, zone: tzinfo, holidays: frozenset[date] = NO_HOLIDAYS) -> datetime:
    """Five in the afternoon, ``days`` working days after ``start``, as people in ``zone`` live it.

    What is sent on a weekend counts from the next working day, like what is sent on the Friday before it.
    """
    day = working_days_after(start.astimezone(zone).date(), days, holidays)
    return datetime.combine(day, END_OF_DAY, tzinfo=zone)


def working_days_waited(
    start: datetime, now: datetime, zone: tzinfo, holidays: frozenset[date] = NO_HOLIDAYS
) -> int:
    """Whole working days between the dates of ``start`` and ``now``; the first day is not counted."""
    day, last, count = start.astimezone(zone).date(), now.astimezone(zone).date(), 0
    while day < last:
        day += timedelta(days=1)
        count += day.weekday() < 5 and day not in holidays
    return count


def schedule(
    status: Status, since: datetime, rule: AnswerRule, zone: tzinfo, holidays: frozenset[date] = NO_HOLIDAYS
) -> tuple[tuple[Step, datetime], ...]:
    """The steps ahead for a sending of which nothing new was heard since ``since``, in order of time."""
    plan: tuple[tuple[Step, int], ...]
    if status is Status.REQUESTED:
        plan = (
            (Step.REMIND, rule.remind_after_days),
            (Step.LATE, rule.answer_days),
            (Step.ESCALATE, rule.escalate_after_days),
            (Step.EXPIRE, rule.expire_after_days),
        )
    elif status is Status.ACCEPTED:
        plan = tuple(
            zip((Step.ASK_BEGIN, Step.BEGIN_LATE, Step.BEGIN_ESCALATE), rule.begin_times, strict=True)
        )
    elif status is Status.ON_HOLD:
        plan = tuple(zip((Step.ASK_HOLD, Step.HOLD_LATE, Step.HOLD_ESCALATE), rule.hold_times, strict=True))
    elif status is Status.IN_PROGRESS:
        plan = tuple(zip((Step.ASK_END, Step.END_LATE, Step.END_ESCALATE), rule.end_times, strict=True))
    else:
        return ()
    return tuple((step, due(since, days, zone, holidays)) for step, days in plan)


def step_due(
    status: Status,
    since: datetime,
    now: datetime,
    taken: frozenset[Step],
    rule: AnswerRule,
    zone: tzinfo,
    holidays: frozenset[date] = NO_HOLIDAYS,
) -> Step | None:
    """The furthest step whose time has come and which nobody has taken; steps it overtakes are skipped."""
    for step, moment in reversed(schedule(status, since, rule, zone, holidays)):
        if moment <= now:
            return None if step in taken else step
    return None


def next_look(
    status: Status,
    since: datetime,
    now: datetime,
    rule: AnswerRule,
    zone: tzinfo,
    holidays: frozenset[date] = NO_HOLIDAYS,
) -> datetime | None:
    """When the calendar must look at this sending again; None when nothing is ahead."""
    return next((m for _, m in schedule(status, since, rule, zone, holidays) if m > now), None)


_LATE = frozenset({Step.LATE, Step.BEGIN_LATE, Step.HOLD_LATE, Step.END_LATE})


def late_from(
    status: Status, since: datetime, rule: AnswerRule, zone: tzinfo, holidays: frozenset[date] = NO_HOLIDAYS
) -> datetime | None:
    """From when a sending waits longer than the Table promised; None for one that has ended."""
    return next((m for step, m in schedule(status, since, rule, zone, holidays) if step in _LATE), None)


def link_valid_until(due_at: datetime, zone: tzinfo, holidays: frozenset[date] = NO_HOLIDAYS) -> datetime:
    """A link for an answer works one working day longer than the answer has time, and never longer."""
    return due(due_at, 1, zone, holidays)


RENEW_LINK_BEFORE = timedelta(days=3)


def renew_link_at(link_until: datetime | None) -> datetime | None:
    """When a fresh link must go out, so that a service without an account can always report."""
    return link_until - RENEW_LINK_BEFORE if link_until else None


ASK_PERSON_AFTER = timedelta(days=14)
ASK_AGAIN_AFTER = timedelta(days=7)


def may_ask_again(
    asks: int,
    last_asked: datetime | None,
    said_later: datetime | None,
    now: datetime,
    rule: AnswerRule,
    zone: tzinfo,
    holidays: frozenset[date] = NO_HOLIDAYS,
) -> bool:
    """May a question go out to the person now, after ``asks`` of them and silence since?

    ``said_later``: when they asked to be asked later; then a week passes first.
    """
    if asks >= rule.person_asks_most:
        return False
    if said_later is not None and now < said_later + ASK_AGAIN_AFTER:
        return False
    return last_asked is None or due(last_asked, rule.person_again_days, zone, holidays) <= now


def ask_person_at(started_at: datetime | None, ended_at: datetime | None) -> datetime | None:
    """When the person may be asked *did it help?*: at the end of service, or two weeks into it."""
    moments = [m for m in (ended_at, started_at + ASK_PERSON_AFTER if started_at else None) if m]
    return min(moments) if moments else None
