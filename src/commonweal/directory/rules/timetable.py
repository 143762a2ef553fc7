"""A timetable as people read it: the days of a week, and what is not the same every week in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache

from commonweal.directory.rules.facts import HoursFacts
from commonweal.directory.rules.schedule import WEEKDAYS, OffDay, Rule, length, parse_byday, weekdays
from commonweal.directory.shapes_search import Sentence
from commonweal.kernel.words import N_

DAY_NAMES = (
    N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"),
)  # fmt: skip
_NTH = {
    1: N_("First %(day)s of the month"),
    2: N_("Second %(day)s of the month"),
    3: N_("Third %(day)s of the month"),
    4: N_("Fourth %(day)s of the month"),
    5: N_("Fifth %(day)s of the month, when there is one"),
    -1: N_("Last %(day)s of the month"),
}


@dataclass(frozen=True, slots=True)
class DayLine:
    """One weekday and its opening times, each ``(opens, closes)``; none of them is *closed*."""

    day: Sentence
    times: tuple[tuple[time, time], ...]
    all_day: bool = False


@dataclass(frozen=True, slots=True)
class Timetable:
    """The seven days, then the lines that are not weekly, then the exceptions still to come."""

    week: tuple[DayLine, ...]
    others: tuple[Sentence, ...]
    exceptions: tuple[Sentence, ...]

    @property
    def is_empty(self) -> bool:
        return not any(line.times for line in self.week) and not self.others


@lru_cache(maxsize=8192)
def timetable_of(hours: tuple[HoursFacts, ...]) -> tuple[tuple[Rule, ...], tuple[OffDay, ...]]:
    """Rules and days off from rows of hours; a row that is closed is a day off if it says when."""
    rules = tuple(_rule(h) for h in hours if not h.closed and h.opens_at and h.closes_at)
    off_days = tuple(
        OffDay(h.valid_from, h.valid_to or h.valid_from, True) for h in hours if h.closed and h.valid_from
    )
    return rules, off_days


def _rule(hours: HoursFacts) -> Rule:
    monthdays = (day for day in hours.bymonthday.replace(",", " ").split() if day.lstrip("-").isdigit())
    return Rule(
        byday=parse_byday(hours.byday),
        opens=hours.opens_at,
        closes=hours.closes_at,
        freq="MONTHLY" if hours.freq == "MONTHLY" else "WEEKLY",
        interval=hours.interval or 1,
        bymonthday=tuple(map(int, monthdays)),
        dtstart=hours.dtstart,
        until=hours.until,
        count=hours.count,
        wkst=hours.wkst or "MO",
        valid_from=hours.valid_from,
        valid_to=hours.valid_to,
        note=hours.notes,
    )


def timetable(rules: Sequence[Rule], exceptions: Sequence[OffDay], today: date) -> Timetable:
    """The timetable as of ``today``. A line whose last day has passed is left out."""
    current = [r for r in rules if r.opens and r.closes and not (r.until and r.until < today)]
    weekly = [r for r in current if r.is_plain_week]
    week = tuple(_line(number, weekly) for number in range(7))
    others = tuple(line for rule in current if not rule.is_plain_week for line in _other_lines(rule))
    ahead = sorted((e for e in exceptions if e.last >= today), key=lambda e: e.first)
    return Timetable(week, others, tuple(_exception_words(e) for e in ahead))


def _line(number: int, rules: Sequence[Rule]) -> DayLine:
    times = sorted(
        (rule.opens, rule.closes) for rule in rules if rule.opens and rule.closes and number in weekdays(rule)
    )
    unique = tuple(dict.fromkeys(times))
    all_day = any(length(opens, closes).days == 1 for opens, closes in unique)
    return DayLine(Sentence("hours.day", DAY_NAMES[number]), unique, all_day)


def _other_lines(rule: Rule) -> list[Sentence]:
    if rule.freq == "MONTHLY" and rule.bymonthday:
        return [_with_times(_monthday(day), rule) for day in rule.bymonthday]
    return [_with_times(_day_words(code, rule), rule) for code in parse_byday(rule.byday)]


def _monthday(day: int) -> Sentence:
    if day < 0:
        return Sentence("hours.month-end", N_("Last day of the month"))
    return Sentence("hours.monthday", N_("Day %(day)s of every month"), {"day": day})


def _day_words(code: str, rule: Rule) -> Sentence:
    name = Sentence("hours.day", DAY_NAMES[WEEKDAYS.index(code[-2:])])
    number = int(code[:-2]) if code[:-2] else None
    if rule.freq == "MONTHLY" and number in _NTH:
        return Sentence("hours.nth", _NTH[number], {"day": name})
    if rule.interval == 2 and rule.freq == "WEEKLY":
        text = N_("Every second %(day)s") if rule.is_sure else N_("Every second %(day)s; ask which week")
        return Sentence("hours.second", text, {"day": name})
    if rule.interval > 2:
        params = {"count": rule.interval, "day": name}
        return Sentence("hours.every", N_("Every %(count)s weeks on %(day)s"), params)
    return Sentence("hours.some", N_("Some days on %(day)s"), {"day": name})


def _with_times(line: Sentence, rule: Rule) -> Sentence:
    params = {"day": line, "opens": rule.opens, "closes": rule.closes}
    return Sentence("hours.line", N_("%(day)s, %(opens)s to %(closes)s"), params)


def _exception_words(exception: OffDay) -> Sentence:
    one = exception.first == exception.last
    params: dict[str, object] = {"first": exception.first, "last": exception.last}
    if exception.closed or not exception.opens:
        text = N_("Closed on %(first)s") if one else N_("Closed from %(first)s to %(last)s")
        return Sentence("hours.exception.closed", text, params)
    params |= {"opens": exception.opens, "closes": exception.closes}
    text = (
        N_("On %(first)s open %(opens)s to %(closes)s")
        if one
        else N_("From %(first)s to %(last)s open %(opens)s to %(closes)s")
    )
    return Sentence("hours.exception.open", text, params)
