"""When a place is open: HSDS schedules unrolled into stretches of local wall-clock time.

Sources: HSDS 3.1 ``schedule`` (a profile of RFC 5545), DOMAIN §4.3. Three readings are ours:

* published times with an offset are wall-clock hints; the offset is dropped, since ``09:00-05:00`` read
  literally in July in New York would be ten o'clock;
* ``00:00`` to ``23:59`` is the whole day; a closing time at or before the opening time is on the next day;
* a rule of every second week without a first date cannot say which week, so it is *not sure*.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekday

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MINUTES_OF_WEEK = 7 * 24 * 60
_CLOCK = re.compile(
    r"^\s*(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?\s*(?:([AaPp])\.?[Mm]\.?)?\s*(?:Z|[+-]\d{2}:?\d{2})?\s*$"
)
_BYDAY = re.compile(r"^([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)$")

Stretch = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of a timetable. ``opens`` and ``closes`` are wall-clock times where the place is.

    ``byday`` holds RFC 5545 days (``MO``, ``1SA``); ``valid_from`` and ``valid_to`` bound, inclusively,
    when the *information* holds; ``until`` is the last day the service happens.
    """

    byday: tuple[str, ...] = ()
    opens: time | None = None
    closes: time | None = None
    freq: str = "WEEKLY"
    interval: int = 1
    bymonthday: tuple[int, ...] = ()
    dtstart: date | None = None
    until: date | None = None
    count: int | None = None
    wkst: str = "MO"
    valid_from: date | None = None
    valid_to: date | None = None
    note: str = ""

    @property
    def is_sure(self) -> bool:
        """Whether the rule says enough to know on which days it holds."""
        needs_anchor = self.interval > 1 or self.count is not None
        return not (needs_anchor and self.dtstart is None)

    @property
    def is_plain_week(self) -> bool:
        """Whether the rule is the same every week."""
        return (
            self.freq == "WEEKLY"
            and self.interval == 1
            and self.count is None
            and all(day in WEEKDAYS for day in self.byday)
        )


@dataclass(frozen=True, slots=True)
class OffDay:
    """Days, both inclusive, that do not follow the rules: closed, or open at other times."""

    first: date
    last: date
    closed: bool
    opens: time | None = None
    closes: time | None = None


def wall_clock(text: str | None) -> time | None:
    """Read ``09:00``, ``09:00:00-05:00``, ``9:00 AM`` or ``24:00`` as a wall-clock time without its offset.

    ``None`` where the text is no time.
    """
    found = _CLOCK.match(text or "")
    if not found:
        return None
    hour, minute, half = int(found[1]), int(found[2]), (found[3] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    if (hour, minute) == (24, 0):
        hour, minute = 23, 59
    return time(hour, minute) if hour < 24 and minute < 60 else None


def parse_byday(text: str | Iterable[str] | None) -> tuple[str, ...]:
    """``"MO, WE,1SA"`` as ``("MO", "WE", "1SA")``; what is no day is left out."""
    parts = re.split(r"[,;\s]+", text) if isinstance(text, str) else list(text or ())
    days = (part.strip().upper().lstrip("+") for part in parts)
    return tuple(day for day in days if _BYDAY.match(day))


def length(opens: time, closes: time) -> timedelta:
    """How long a place is open that opens and closes at these times."""
    start = timedelta(hours=opens.hour, minutes=opens.minute)
    end = timedelta(hours=closes.hour, minutes=closes.minute)
    if opens == time(0, 0) and closes in (time(23, 59), time(0, 0)):
        return timedelta(days=1)
    if end == start:
        return timedelta(0)
    return end - start if end > start else end - start + timedelta(days=1)


def _day_of(code: str) -> weekday:
    found = _BYDAY.match(code)
    if not found:
        raise ValueError(f"not a day: {code!r}")
    number = int(found[1]) if found[1] else None
    return weekday(WEEKDAYS.index(found[2]), number)


def days(rule: Rule, first: date, last: date) -> Iterator[date]:
    """The days from ``first`` to ``last`` on which the rule holds.

    A day before ``dtstart`` or ``valid_from``, or after ``until`` or ``valid_to``, is not among them.
    """
    start = max(d for d in (first, rule.valid_from, rule.dtstart) if d)
    end = min(d for d in (last, rule.until, rule.valid_to) if d)
    if end < start or not rule.is_sure:
        return
    if rule.is_plain_week:
        wanted = weekdays(rule)
        yield from (d for d in _each_day(start, end) if d.weekday() in wanted)
    else:
        yield from (d for d in _unrolled(rule, end) if d >= start)


def weekdays(rule: Rule) -> set[int]:
    """The weekdays of a weekly rule, Monday is 0.

    RFC 5545: without BYDAY it repeats the weekday of its start; without that, we read every day.
    """
    if rule.byday:
        return {WEEKDAYS.index(day[-2:]) for day in rule.byday}
    return {rule.dtstart.weekday()} if rule.dtstart else set(range(7))


def _each_day(first: date, last: date) -> Iterator[date]:
    for step in range((last - first).days + 1):
        yield first + timedelta(days=step)


def _unrolled(rule: Rule, last: date) -> Iterator[date]:
    anchor = rule.dtstart or rule.valid_from or date(2000, 1, 1)
    found = rrule(
        MONTHLY if rule.freq == "MONTHLY" else WEEKLY,
        dtstart=datetime.combine(anchor, time(0)),
        interval=rule.interval,
        wkst=WEEKDAYS.index(rule.wkst) if rule.wkst in WEEKDAYS else 0,
        count=rule.count,
        until=None if rule.count else datetime.combine(last, time(0)),
        byweekday=[_day_of(day) for day in rule.byday] or None,
        bymonthday=list(rule.bymonthday) or None,
    )
    for moment in found:
        if moment.date() > last:
            return
        yield moment.date()


def stretches(rules: Sequence[Rule], exceptions: Sequence[OffDay], first: date, last: date) -> list[Stretch]:
    """When the place is open on days ``first`` to ``last``: naive local times, sorted, overlaps joined.

    An overnight stretch belongs to the day on which it begins.
    """
    found = [
        stretch
        for rule in rules
        if rule.opens and rule.closes
        for day in days(rule, first, last)
        if not any(e.first <= day <= e.last for e in exceptions)
        for stretch in (_stretch(day, rule.opens, rule.closes),)
    ]
    for exception in exceptions:
        if exception.closed or not exception.opens or not exception.closes:
            continue
        start, end = max(first, exception.first), min(last, exception.last)
        found += [_stretch(day, exception.opens, exception.closes) for day in _each_day(start, end)]
    return joined(found)


def _stretch(day: date, opens: time, closes: time) -> Stretch:
    start = datetime.combine(day, opens)
    return start, start + length(opens, closes)


def joined(found: Iterable[Stretch]) -> list[Stretch]:
    """Sorted, with overlapping and touching stretches made one, empty ones left out."""
    result: list[Stretch] = []
    for start, end in sorted(pair for pair in found if pair[0] < pair[1]):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(result[-1][1], end))
        else:
            result.append((start, end))
    return result


@dataclass(frozen=True, slots=True)
class Week:
    """The hours of a place as minutes of the week from Monday 00:00, for a quick look.

    ``holds_until`` is the last day for which it is exact; ``None`` means without end. ``known`` is false
    where there are no hours that are still confirmed. ``ended``: the last day of all rules has passed.
    """

    minutes: tuple[tuple[int, int], ...]
    holds_until: date | None
    known: bool
    ended: bool


def week_from(rules: Sequence[Rule], off_days: Sequence[OffDay], today: date) -> Week:
    """The minutes of the week as they are from ``today`` on.

    Hours that are the same every week hold until one of their dates is reached; anything else is unrolled
    for seven days.
    """
    timed = [rule for rule in rules if rule.opens and rule.closes]
    going_on = [rule for rule in timed if not (rule.until and rule.until < today)]
    known = any(rule.is_sure and not (rule.valid_to and rule.valid_to < today) for rule in going_on)
    ended = bool(timed) and not going_on
    soon = [off for off in off_days if off.first <= today + timedelta(days=6) and off.last >= today]
    if soon or not all(rule.is_plain_week for rule in going_on):
        return Week(_seven_days(going_on, off_days, today), today + timedelta(days=6), known, ended)
    edges = [edge for rule in going_on for edge in _edges(rule, today)]
    edges += [off.first - timedelta(days=1) for off in off_days if off.first > today]
    minutes = [
        span
        for rule in going_on
        if rule.opens and rule.closes and _holds(rule, today)
        for day in weekdays(rule)
        for span in _minutes(day, rule.opens, rule.closes)
    ]
    return Week(_joined_minutes(minutes), min(edges) if edges else None, known, ended)


def _seven_days(
    rules: Sequence[Rule], off_days: Sequence[OffDay], today: date
) -> tuple[tuple[int, int], ...]:
    """The stretches of the next seven days, laid on the week; what began yesterday counts from midnight."""
    first, last = datetime.combine(today, time(0)), datetime.combine(today + timedelta(days=7), time(0))
    spans: list[tuple[int, int]] = []
    for begin, finish in stretches(rules, off_days, today - timedelta(days=1), today + timedelta(days=6)):
        begin, finish = max(begin, first), min(finish, last)
        if begin < finish:
            start = begin.weekday() * 1440 + begin.hour * 60 + begin.minute
            spans += _around(start, start + int((finish - begin).total_seconds() // 60))
    return _joined_minutes(spans)


def _holds(rule: Rule, day: date) -> bool:
    starts = [d for d in (rule.valid_from, rule.dtstart) if d]
    ends = [d for d in (rule.valid_to, rule.until) if d]
    return all(d <= day for d in starts) and all(day <= d for d in ends)


def _edges(rule: Rule, today: date) -> Iterator[date]:
    """The last days before the rule begins, and the days on which it ends, from ``today`` on."""
    yield from (d - timedelta(days=1) for d in (rule.valid_from, rule.dtstart) if d and d > today)
    yield from (d for d in (rule.valid_to, rule.until) if d and d >= today)


def _minutes(day: int, opens: time, closes: time) -> list[tuple[int, int]]:
    start = day * 1440 + opens.hour * 60 + opens.minute
    return _around(start, start + int(length(opens, closes).total_seconds() // 60))


def _around(start: int, end: int) -> list[tuple[int, int]]:
    """A span of minutes; what runs past Sunday midnight goes on at Monday's beginning."""
    if end <= MINUTES_OF_WEEK:
        return [(start, end)]
    return [(start, MINUTES_OF_WEEK), (0, end - MINUTES_OF_WEEK)]


def _joined_minutes(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    result: list[tuple[int, int]] = []
    for start, end in sorted(s for s in spans if s[0] < s[1]):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(result[-1][1], end))
        else:
            result.append((start, end))
    return tuple(result)
