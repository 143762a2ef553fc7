"""Worked examples of HSDS schedules (DOMAIN §4.3, 4-T7): which days, open or not, and what is said."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from commonweal.directory.rules.opening import OpenState, opening, opening_words
from commonweal.directory.rules.schedule import (
    OffDay,
    Rule,
    days,
    parse_byday,
    stretches,
    wall_clock,
    week_from,
)
from commonweal.directory.rules.timetable import timetable

NEW_YORK = ZoneInfo("America/New_York")
NINE, FIVE = time(9), time(17)
WORKDAYS = ("MO", "TU", "WE", "TH", "FR")
OFFICE = Rule(byday=WORKDAYS, opens=NINE, closes=FIVE)
HOLIDAYS = {date(2026, 7, 3): "Independence Day (observed)", date(2026, 12, 25): "Christmas Day"}


def local(text: str, zone: ZoneInfo = NEW_YORK) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


OCCURRENCES = [
    (
        "every second week; the Monday before the first day is not among them",
        Rule(byday=("MO", "WE"), interval=2, dtstart=date(2026, 9, 2), wkst="MO", opens=NINE, closes=FIVE),
        date(2026, 8, 1),
        date(2026, 10, 1),
        ["2026-09-02", "2026-09-14", "2026-09-16", "2026-09-28", "2026-09-30"],
    ),
    (
        "first Saturday of the month",
        Rule(freq="MONTHLY", byday=("1SA",), opens=NINE, closes=FIVE),
        date(2026, 7, 1),
        date(2026, 11, 30),
        ["2026-07-04", "2026-08-01", "2026-09-05", "2026-10-03", "2026-11-07"],
    ),
    (
        "last Friday of the month",
        Rule(freq="MONTHLY", byday=("-1FR",), opens=NINE, closes=FIVE),
        date(2026, 1, 1),
        date(2026, 3, 31),
        ["2026-01-30", "2026-02-27", "2026-03-27"],
    ),
    (
        "the 15th of the month",
        Rule(freq="MONTHLY", bymonthday=(15,), opens=NINE, closes=FIVE),
        date(2026, 1, 1),
        date(2026, 3, 31),
        ["2026-01-15", "2026-02-15", "2026-03-15"],
    ),
    (
        "until is the last occurrence, itself included",
        Rule(byday=("TU",), until=date(2026, 9, 15), opens=NINE, closes=FIVE),
        date(2026, 9, 1),
        date(2026, 9, 30),
        ["2026-09-01", "2026-09-08", "2026-09-15"],
    ),
    (
        "three times, counted from the first day",
        Rule(byday=("TU",), dtstart=date(2026, 9, 1), count=3, opens=NINE, closes=FIVE),
        date(2026, 9, 1),
        date(2026, 12, 31),
        ["2026-09-01", "2026-09-08", "2026-09-15"],
    ),
    (
        "the information is valid from and to, both inclusive",
        Rule(byday=("SA",), valid_from=date(2026, 9, 5), valid_to=date(2026, 9, 12), opens=NINE, closes=FIVE),
        date(2026, 8, 1),
        date(2026, 9, 30),
        ["2026-09-05", "2026-09-12"],
    ),
    (
        "every second week without a first day: nobody can say which",
        Rule(byday=("MO",), interval=2, opens=NINE, closes=FIVE),
        date(2026, 9, 1),
        date(2026, 9, 30),
        [],
    ),
]


@pytest.mark.parametrize(
    ("what", "rule", "first", "last", "expected"), OCCURRENCES, ids=lambda v: str(v)[:40]
)
def test_days(what: str, rule: Rule, first: date, last: date, expected: list[str]) -> None:
    assert [day.isoformat() for day in days(rule, first, last)] == expected


CLOCKS = [
    ("09:00-05:00", time(9)),  # an offset is a hint: in July, too, it is nine o'clock there
    ("09:00:00Z", time(9)),
    ("9:05 AM", time(9, 5)),
    ("12:00 am", time(0)),
    ("12:30 p.m.", time(12, 30)),
    ("17:00", time(17)),
    ("24:00", time(23, 59)),
    ("25:00", None),
    ("noon", None),
    ("", None),
    (None, None),
]


@pytest.mark.parametrize(("text", "expected"), CLOCKS)
def test_wall_clock(text: str | None, expected: time | None) -> None:
    assert wall_clock(text) == expected


def test_by_day_reads_what_sources_write() -> None:
    assert parse_byday("MO, WE;1SA nonsense") == ("MO", "WE", "1SA")
    assert parse_byday(["+2TU"]) == ("2TU",)


STATES = [
    ("nine in July is nine on the wall", OFFICE, "2026-07-06T09:00", OpenState.OPEN),
    ("a minute before", OFFICE, "2026-07-06T08:59", OpenState.CLOSED),
    ("the closing minute is closed", OFFICE, "2026-07-06T17:00", OpenState.CLOSED),
    ("in January the same", OFFICE, "2026-01-05T09:00", OpenState.OPEN),
    ("a holiday that the timetable does not mention", OFFICE, "2026-07-03T10:00", OpenState.HOLIDAY),
    ("a weekend is closed, holiday or not", OFFICE, "2026-07-04T10:00", OpenState.CLOSED),
    (
        "overnight, before midnight",
        Rule(byday=("FR",), opens=time(20), closes=time(6)),
        "2026-07-10T23:00",
        OpenState.OPEN,
    ),
    (
        "overnight, after midnight",
        Rule(byday=("FR",), opens=time(20), closes=time(6)),
        "2026-07-11T05:59",
        OpenState.OPEN,
    ),
    (
        "overnight, in the morning it ends",
        Rule(byday=("FR",), opens=time(20), closes=time(6)),
        "2026-07-11T06:00",
        OpenState.CLOSED,
    ),
    ("00:00–23:59 every day", Rule(opens=time(0), closes=time(23, 59)), "2026-07-03T23:59", OpenState.ALWAYS),
    ("no hours given", Rule(byday=WORKDAYS), "2026-07-06T10:00", OpenState.UNKNOWN),
    (
        "valid_to in the past: not confirmed, not closed",
        Rule(byday=WORKDAYS, opens=NINE, closes=FIVE, valid_to=date(2026, 6, 30)),
        "2026-07-06T10:00",
        OpenState.UNCONFIRMED,
    ),
    (
        "valid_to today still holds",
        Rule(byday=WORKDAYS, opens=NINE, closes=FIVE, valid_to=date(2026, 7, 6)),
        "2026-07-06T10:00",
        OpenState.OPEN,
    ),
    (
        "until in the past: not offered",
        Rule(byday=WORKDAYS, opens=NINE, closes=FIVE, until=date(2026, 6, 30)),
        "2026-07-06T10:00",
        OpenState.ENDED,
    ),
    (
        "every second week without a first day",
        Rule(byday=WORKDAYS, opens=NINE, closes=FIVE, interval=2),
        "2026-07-06T10:00",
        OpenState.UNKNOWN,
    ),
]


@pytest.mark.parametrize(("what", "rule", "moment", "expected"), STATES, ids=lambda v: str(v)[:40])
def test_open_or_not(what: str, rule: Rule, moment: str, expected: OpenState) -> None:
    assert opening([rule], [], local(moment), NEW_YORK, HOLIDAYS).state is expected


def test_a_moment_is_taken_to_the_place() -> None:
    """One o'clock in the afternoon UTC is nine in New York in July, and six in Los Angeles."""
    moment = datetime(2026, 7, 6, 13, tzinfo=UTC)
    assert opening([OFFICE], [], moment, NEW_YORK, {}).is_open
    assert not opening([OFFICE], [], moment, ZoneInfo("America/Los_Angeles"), {}).is_open


EXCEPTIONS = [
    ("closed for the day", [OffDay(date(2026, 7, 6), date(2026, 7, 6), True)], "2026-07-06T10:00", False),
    (
        "other hours that day",
        [OffDay(date(2026, 7, 6), date(2026, 7, 6), False, time(12), time(14))],
        "2026-07-06T13:00",
        True,
    ),
    (
        "other hours replace the usual ones",
        [OffDay(date(2026, 7, 6), date(2026, 7, 6), False, time(12), time(14))],
        "2026-07-06T10:00",
        False,
    ),
    (
        "a holiday that the timetable does mention",
        [OffDay(date(2026, 7, 3), date(2026, 7, 3), False, time(9), time(12))],
        "2026-07-03T10:00",
        True,
    ),
]


@pytest.mark.parametrize(("what", "off", "moment", "expected"), EXCEPTIONS)
def test_exceptions(what: str, off: list[OffDay], moment: str, expected: bool) -> None:
    assert opening([OFFICE], off, local(moment), NEW_YORK, HOLIDAYS).is_open is expected


WORDS = [
    ("open", OFFICE, "2026-07-06T10:00", "Open until 17:00:00"),
    ("later today", OFFICE, "2026-07-06T08:00", "Opens today at 09:00:00"),
    ("tomorrow", OFFICE, "2026-07-06T18:00", "Opens tomorrow at 09:00:00"),
    ("after the weekend", OFFICE, "2026-07-10T18:00", "Opens Monday at 09:00:00"),
    (
        "in some weeks",
        Rule(freq="MONTHLY", byday=("1SA",), opens=NINE, closes=FIVE),
        "2026-07-06T10:00",
        "Opens on 2026-08-01",
    ),
    ("holiday", OFFICE, "2026-07-03T10:00", "Today is Independence Day (observed). Ask first."),
    ("unknown", Rule(), "2026-07-03T10:00", "Hours not known. Call first."),
]


@pytest.mark.parametrize(("what", "rule", "moment", "expected"), WORDS)
def test_words(what: str, rule: Rule, moment: str, expected: str) -> None:
    here = datetime.fromisoformat(moment)
    answer = opening([rule], [], local(moment), NEW_YORK, HOLIDAYS)
    assert opening_words(answer, here).words == expected


def test_touching_and_overlapping_hours_are_one_stretch() -> None:
    rules = [
        Rule(byday=("MO",), opens=time(9), closes=time(12)),
        Rule(byday=("MO",), opens=time(12), closes=time(17)),
        Rule(byday=("MO",), opens=time(10), closes=time(11)),
    ]
    day = date(2026, 7, 6)
    assert stretches(rules, [], day, day) == [(datetime.combine(day, NINE), datetime.combine(day, FIVE))]


WEEKS = [  # rules, minutes from Monday, holds until, known
    ("office hours", [OFFICE], [(d * 1440 + 540, d * 1440 + 1020) for d in range(5)], None, True),
    (
        "Sunday night runs into Monday",
        [Rule(byday=("SU",), opens=time(22), closes=time(2))],
        [(0, 120), (6 * 1440 + 1320, 10080)],
        None,
        True,
    ),
    ("never closed", [Rule(opens=time(0), closes=time(23, 59))], [(0, 10080)], None, True),
    (
        "ends: looked at again after that day",
        [Rule(byday=("MO",), opens=NINE, closes=FIVE, until=date(2026, 7, 13))],
        [(540, 1020)],
        date(2026, 7, 13),
        True,
    ),
    (
        "begins later: not yet",
        [Rule(byday=("MO",), opens=NINE, closes=FIVE, valid_from=date(2026, 8, 1))],
        [],
        date(2026, 7, 31),
        True,
    ),
    (
        "first Saturday: not in these seven days",
        [Rule(freq="MONTHLY", byday=("1SA",), opens=NINE, closes=FIVE)],
        [],
        date(2026, 7, 12),
        True,
    ),
    (
        "second Saturday: in these seven days",
        [Rule(freq="MONTHLY", byday=("2SA",), opens=NINE, closes=FIVE)],
        [(5 * 1440 + 540, 5 * 1440 + 1020)],
        date(2026, 7, 12),
        True,
    ),
    (
        "no longer confirmed",
        [Rule(byday=("MO",), opens=NINE, closes=FIVE, valid_to=date(2026, 7, 5))],
        [],
        None,
        False,
    ),
    ("no hours", [], [], None, False),
]


@pytest.mark.parametrize(("what", "rules", "minutes", "until", "known"), WEEKS, ids=lambda v: str(v)[:30])
def test_week_in_minutes(
    what: str, rules: list[Rule], minutes: list[tuple[int, int]], until: date | None, known: bool
) -> None:
    week = week_from(rules, [], date(2026, 7, 6))
    assert list(week.minutes) == minutes
    assert week.holds_until == until
    assert week.known is known
    assert not week.ended


def test_a_day_off_within_the_week_is_in_its_minutes() -> None:
    week = week_from([OFFICE], [OffDay(date(2026, 7, 8), date(2026, 7, 8), True)], date(2026, 7, 6))
    assert (2 * 1440 + 540, 2 * 1440 + 1020) not in week.minutes
    assert week.holds_until == date(2026, 7, 12)
    later = week_from([OFFICE], [OffDay(date(2026, 9, 7), date(2026, 9, 7), True)], date(2026, 7, 6))
    assert later.holds_until == date(2026, 9, 6)


def test_what_has_ended_is_known_to_have() -> None:
    assert week_from(
        [Rule(byday=("MO",), opens=NINE, closes=FIVE, until=date(2026, 7, 5))], [], date(2026, 7, 6)
    ).ended


IRREGULAR = [
    Rule(byday=("MO", "TH"), interval=2, dtstart=date(2026, 6, 29), opens=time(20), closes=time(4)),
    Rule(freq="MONTHLY", byday=("-1WE", "1MO"), opens=time(9), closes=time(12)),
    Rule(byday=("SU",), opens=time(22), closes=time(6)),
]


@pytest.mark.parametrize("start", [date(2026, 7, d) for d in range(1, 32, 3)])
def test_irregular_weeks_agree_with_the_unrolled_schedule(start: date) -> None:
    """For as long as it says that it holds, the quick look agrees with the exact one, each half hour."""
    off = [OffDay(date(2026, 7, 15), date(2026, 7, 16), False, time(10), time(11))]
    week = week_from(IRREGULAR, off, start)
    assert week.holds_until is not None
    moment = datetime.combine(start, time(0))
    while moment.date() <= week.holds_until:
        minute = moment.weekday() * 1440 + moment.hour * 60 + moment.minute
        quick = any(begin <= minute < end for begin, end in week.minutes)
        near = stretches(IRREGULAR, off, moment.date() - timedelta(days=1), moment.date())
        assert quick == any(begin <= moment < end for begin, end in near), moment
        moment += timedelta(minutes=30)


def test_the_week_agrees_with_the_unrolled_schedule() -> None:
    """Every quarter of an hour of a week, the quick look and the exact one say the same."""
    rules = [
        OFFICE,
        Rule(byday=("FR", "SA"), opens=time(20), closes=time(3)),
        Rule(byday=("SU",), opens=time(23), closes=time(1)),
    ]
    week = week_from(rules, [], date(2026, 7, 6))
    exact = stretches(rules, [], date(2026, 7, 5), date(2026, 7, 13))
    for quarter in range(7 * 96):
        moment = datetime.combine(date(2026, 7, 6), time(0)) + timedelta(minutes=15 * quarter)
        quick = any(start <= quarter * 15 < end for start, end in week.minutes)
        assert quick == any(start <= moment < end for start, end in exact), moment


def test_timetable_for_people() -> None:
    rules = [
        OFFICE,
        Rule(byday=("TU",), opens=time(18), closes=time(20)),
        Rule(freq="MONTHLY", byday=("1SA",), opens=time(9), closes=time(12)),
        Rule(byday=("SU",), opens=time(9), closes=time(12), until=date(2026, 1, 1)),
        Rule(byday=("WE",), opens=time(9), closes=time(12), interval=2),
    ]
    off = [
        OffDay(date(2026, 12, 24), date(2026, 12, 26), True),
        OffDay(date(2026, 1, 1), date(2026, 1, 1), True),
    ]
    table = timetable(rules, off, date(2026, 7, 6))
    assert table.week[1].times == ((NINE, FIVE), (time(18), time(20)))
    assert table.week[6].times == ()
    assert [line.words for line in table.others] == [
        "First Saturday of the month, 09:00:00 to 12:00:00",
        "Every second Wednesday; ask which week, 09:00:00 to 12:00:00",
    ]
    assert [line.words for line in table.exceptions] == ["Closed from 2026-12-24 to 2026-12-26"]
