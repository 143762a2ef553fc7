"""Is it open? The answer at a moment, with the words for it (DOMAIN §4.3, trap 4-T7)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from commonweal.directory.rules.schedule import OffDay, Rule, stretches
from commonweal.directory.shapes_search import Sentence
from commonweal.kernel.words import N_

LOOK_AHEAD = timedelta(days=35)


class OpenState(StrEnum):
    """What is known about being open. Only OPEN, ALWAYS and CLOSED are sure."""

    OPEN = "open"
    ALWAYS = "always"
    CLOSED = "closed"
    HOLIDAY = "holiday"  # a public holiday that the timetable does not mention: ask first
    UNCONFIRMED = "unconfirmed"  # the hours were valid until a day that has passed
    ENDED = "ended"  # the last occurrence has passed: not offered any more
    UNKNOWN = "unknown"  # no hours given


@dataclass(frozen=True, slots=True)
class Opening:
    """Open or not, until when, and when next. Times are local and naive; ``holiday`` names the day."""

    state: OpenState
    until: datetime | None = None
    next: datetime | None = None
    holiday: str = ""

    @property
    def is_open(self) -> bool:
        return self.state in (OpenState.OPEN, OpenState.ALWAYS)


def opening(
    rules: Sequence[Rule],
    exceptions: Sequence[OffDay],
    moment: datetime,
    zone: ZoneInfo,
    holidays: Mapping[date, str],
) -> Opening:
    """Whether a place with this timetable is open at ``moment`` (aware).

    ``holidays`` are the public holidays where the place is. On one of them a rule is not trusted unless an
    exception speaks of the day or the place never closes.
    """
    here = moment.astimezone(zone).replace(tzinfo=None)
    today = here.date()
    sure = _settled(rules, exceptions, today)
    if sure:
        return sure
    found = stretches(rules, exceptions, today - timedelta(days=1), today + LOOK_AHEAD)
    if _is_always(rules, today) and not any(e.first <= today <= e.last for e in exceptions):
        return Opening(OpenState.ALWAYS)
    current = next((s for s in found if s[0] <= here < s[1]), None)
    following = next((s[0] for s in found if s[0] > here), None)
    holiday = _unmentioned_holiday(current, following, today, exceptions, holidays)
    if holiday:
        return Opening(OpenState.HOLIDAY, current[1] if current else None, following, holiday)
    if current:
        return Opening(OpenState.OPEN, current[1], following)
    if following is None and not all(rule.is_sure for rule in rules):
        return Opening(OpenState.UNKNOWN)
    return Opening(OpenState.CLOSED, None, following)


def _settled(rules: Sequence[Rule], exceptions: Sequence[OffDay], today: date) -> Opening | None:
    """The answers that do not depend on the hour."""
    timed = [rule for rule in rules if rule.opens and rule.closes]
    if not timed:
        return None if any(not e.closed and e.opens for e in exceptions) else Opening(OpenState.UNKNOWN)
    going_on = [rule for rule in timed if not (rule.until and rule.until < today)]
    if not going_on:
        return Opening(OpenState.ENDED)
    if all(rule.valid_to and rule.valid_to < today for rule in going_on):
        return Opening(OpenState.UNCONFIRMED)
    return None


def _is_always(rules: Sequence[Rule], today: date) -> bool:
    week = stretches(rules, (), today - timedelta(days=1), today + timedelta(days=7))
    return bool(week) and week[0][1] - week[0][0] >= timedelta(days=7)


def _unmentioned_holiday(
    current: tuple[datetime, datetime] | None,
    following: datetime | None,
    today: date,
    exceptions: Sequence[OffDay],
    holidays: Mapping[date, str],
) -> str:
    """The name of today's holiday where the rules would have the place open today and nothing says so."""
    would_open = current is not None or (following is not None and following.date() == today)
    told = any(e.first <= today <= e.last for e in exceptions)
    return holidays.get(today, "") if would_open and not told else ""


def clock_words(moment: datetime) -> Sentence:
    """A time of day as people say it; the template turns it into the reader's habit."""
    return Sentence("hours.clock", "%(clock)s", {"clock": moment.time()})


_SOON = (N_("today at %(clock)s"), N_("tomorrow at %(clock)s"))
_DAY_NAMES = (
    N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"),
)  # fmt: skip


def when_words(moment: datetime, here: datetime) -> Sentence:
    """*today at*, *tomorrow at*, *Monday at* or *on December 8*, seen from ``here`` (both local)."""
    ahead = (moment.date() - here.date()).days
    clock = moment.time()
    if ahead in (0, 1):
        return Sentence("hours.when.soon", _SOON[ahead], {"clock": clock})
    if ahead < 7:
        day = Sentence("hours.day", _DAY_NAMES[moment.weekday()])
        return Sentence("hours.when.week", N_("%(day)s at %(clock)s"), {"day": day, "clock": clock})
    return Sentence("hours.when.date", N_("on %(date)s"), {"date": moment.date()})


def opening_words(answer: Opening, here: datetime) -> Sentence:
    """The line under the name of a place: *Open until 6:00 pm*. ``here`` is the local time now."""
    if answer.state is OpenState.ALWAYS:
        return Sentence("hours.always", N_("Open day and night"))
    if answer.state is OpenState.OPEN and answer.until:
        if answer.until.date() > here.date() and answer.until.hour >= 12:
            until = when_words(answer.until, here)
            return Sentence("hours.open.long", N_("Open until %(when)s"), {"when": until})
        return Sentence("hours.open", N_("Open until %(clock)s"), {"clock": answer.until.time()})
    if answer.state is OpenState.HOLIDAY:
        return Sentence(
            "hours.holiday",
            N_("Today is %(holiday)s. Ask first."),
            {"holiday": Sentence("holiday", answer.holiday)},
        )
    if answer.state is OpenState.CLOSED and answer.next:
        return Sentence("hours.next", N_("Opens %(when)s"), {"when": when_words(answer.next, here)})
    return Sentence(f"hours.{answer.state}", _PLAIN[answer.state])


_PLAIN = {
    OpenState.OPEN: N_("Open now"),
    OpenState.ALWAYS: N_("Open day and night"),
    OpenState.CLOSED: N_("Closed now. We do not know when it opens next."),
    OpenState.HOLIDAY: N_("A public holiday today. Ask first."),
    OpenState.UNCONFIRMED: N_("Hours not confirmed. Call first."),
    OpenState.ENDED: N_("No longer offered"),
    OpenState.UNKNOWN: N_("Hours not known. Call first."),
}
