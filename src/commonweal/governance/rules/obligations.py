"""On which days something is owed, how each stands, and when who owes it is reminded."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

from commonweal.governance.shapes_obligations import SaidOnce
from commonweal.governance.vocabulary_obligations import Owed, Said

SOON = timedelta(days=14)
JUST_BEFORE = timedelta(days=3)
AGAIN = timedelta(days=7)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last day of a month that is too short."""
    place = day.year * 12 + day.month - 1 + months
    year, month = place // 12, place % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def days_owed(first_due_on: date, every_months: int | None, last_on: date | None, today: date) -> list[date]:
    """Every day up to today on which it was owed, and the next one after it; nothing past ``last_on``."""
    if every_months is None:
        return [first_due_on]
    found, turn = [first_due_on], 1
    while found[-1] <= today:
        found.append(months_after(first_due_on, turn * every_months))
        turn += 1
    return [day for day in found if last_on is None or day <= last_on]


def stands(due_on: date, said: Sequence[SaidOnce], today: date, ended_on: date | None = None) -> Owed:
    """How one day stands. What was waived or met stays so; *it did not come* opens it again.

    ``ended_on``: the day on which the agreement, or this obligation, ended: nothing is owed from then on,
    also what was late by then.
    """
    about = [one for one in said if one.said in (Said.MET, Said.NOT_SO, Said.WAIVED)]
    last = about[-1] if about else None
    if last is not None and last.said is Said.WAIVED:
        return Owed.WAIVED
    if last is not None and last.said is Said.MET:
        return Owed.MET if last.on <= due_on else Owed.MET_LATE
    if ended_on is not None and ended_on <= today:
        return Owed.ENDED
    if due_on < today:
        return Owed.OVERDUE
    return Owed.DUE_SOON if due_on <= today + SOON else Owed.NOT_DUE


def may_say(word: Said, standing: Owed, is_confirmed: bool) -> bool:
    """What can be said of a day that stands so: only what is open is met or waived, only what was met is
    confirmed or denied, once."""
    if word in (Said.MET, Said.WAIVED):
        return standing in (Owed.OVERDUE, Owed.DUE_SOON, Owed.NOT_DUE)
    if word in (Said.CONFIRMED, Said.NOT_SO):
        return standing in (Owed.MET, Owed.MET_LATE) and not is_confirmed
    return True


def reminds(due_on: date, today: date, last_sent: date | None) -> bool:
    """Two weeks before, three days before, and each week after it is late: once each, also when the job
    missed its day."""
    if today < due_on - SOON:
        return False
    if today > due_on:
        return last_sent is None or last_sent <= due_on or last_sent + AGAIN <= today
    begins = due_on - (JUST_BEFORE if today >= due_on - JUST_BEFORE else SOON)
    return last_sent is None or last_sent < begins
