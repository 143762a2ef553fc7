"""Days, times and states as people say them, in the reader's language."""

from collections.abc import Callable
from datetime import date, datetime, time
from functools import lru_cache
from uuid import UUID

import phonenumbers
import segno
from django.conf import settings
from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.timezone import get_current_timezone, localtime, make_aware
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from commonweal.foundation.ui.dates import weekday
from commonweal.kernel.clock import now
from commonweal.kernel.domains import NAMES, NeedDomain
from commonweal.people.vocabulary import LANGUAGES
from commonweal.referrals.queries.standard import holidays_near, zone
from commonweal.referrals.rules import wording
from commonweal.referrals.rules.reasons import REASONS
from commonweal.referrals.rules.timing import working_days_waited
from commonweal.referrals.shapes import AskShape, EventShape, TaskLine, TaskShape
from commonweal.referrals.vocabulary import (
    GETTING_AROUND,
    HELPED_LOOK,
    HELPED_SAID,
    OUTCOME_WORDS,
    STATUS_LOOK,
    STATUS_WORDS,
    TOLD_WORDS,
    Event,
    Status,
    Whom,
)


def day_time(moment: datetime) -> str:
    """*Friday, November 20, 5 pm*; without a dot at the end, so that a sentence can have its own."""
    return f"{weekday(moment)}, {date_format(localtime(moment), 'TIME_FORMAT').replace('.', '')}"


def by_day(moment: datetime) -> str:
    """The weekday alone within the coming six days, else the whole day."""
    away = (localtime(moment).date() - localtime(now()).date()).days
    return date_format(localtime(moment), "l") if 0 < away < 7 else weekday(moment)


def short_day(moment: datetime | None) -> str:
    """*November 20*, with the year when it is another one; empty for none."""
    return "" if moment is None else short_days(now())(moment)


def short_days(moment: datetime) -> Callable[[datetime], str]:
    """``short_day`` as of ``moment`` for a whole list: zone, year and language are asked for once."""
    there, spoken = get_current_timezone(), get_language() or "en"
    year = moment.astimezone(there).year
    return lambda day: _short_day(day.astimezone(there).date(), year, spoken)


@lru_cache(maxsize=4096)
def _short_day(there: date, this_year: int, language: str) -> str:
    """A list writes the same few days over and over."""
    return date_format(there, "MONTH_DAY_FORMAT" if there.year == this_year else "DATE_FORMAT")


def need(domain: NeedDomain) -> str:
    """A need by its name."""
    return _(NAMES[domain])


def phone(number: str) -> str:
    """A phone number as people here write it; text that is none comes back as it is."""
    try:
        parsed = phonenumbers.parse(number, settings.COUNTRY)
    except phonenumbers.NumberParseException:
        return number
    home = phonenumbers.region_code_for_number(parsed) == settings.COUNTRY
    form = phonenumbers.PhoneNumberFormat.NATIONAL if home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(parsed, form)


def language(code: str) -> str:
    """A language by its name; its code where we have none."""
    words = LANGUAGES.get(code) or LANGUAGES.get(code.split("-")[0])
    return _(words) if words else code


def getting_around(code: str) -> str:
    """How somebody gets around, in words; empty where nothing was said."""
    words = GETTING_AROUND.get(code, "")
    return _(words) if words else code


def question(domain: NeedDomain, household: int) -> str:
    """*Can you help a family of three with food?*"""
    words, places = wording.who(household)
    return _(wording.CAN_YOU_HELP[domain]) % {"who": _(words) % places if places else _(words)}


def reason(code: str) -> str:
    """A reason by its words; empty for none."""
    known = REASONS.get(code)
    return _(known.words) if known else ""


def told(line: EventShape) -> str:
    """Who was told that nobody answers; empty for any other line, and for one that does not say whom."""
    if line.kind is not Event.ESCALATED or line.reason not in TOLD_WORDS:
        return ""
    return _(TOLD_WORDS[Whom(line.reason)]) % {"partner": line.words}


def states_of(moment: datetime) -> Callable[[TaskShape | TaskLine], tuple[str, str]]:
    """``state_of`` for a whole list: most lines stand where another one stood."""
    known: dict[tuple[object, ...], tuple[str, str]] = {}

    def said(task: TaskShape | TaskLine) -> tuple[str, str]:
        if task.is_late(moment):
            return state_of(task, moment)
        over = task.consent_ended_at is not None
        like = (task.status, task.outcome, task.reason, task.helped, over, task.stuck)
        found = known.get(like)
        if found is None:
            found = known[like] = state_of(task, moment)
        return found

    return said


def state_of(task: TaskShape | TaskLine, moment: datetime | None = None) -> tuple[str, str]:
    """The look and the words of where a sending stands: the person's word, lateness, status."""
    if task.consent_ended_at and task.status not in (Status.COMPLETED, Status.FAILED, Status.REJECTED):
        return "is-off", _("Sharing ended")
    if task.helped and task.helped.value != "later":
        return HELPED_LOOK[task.helped], _(HELPED_SAID[task.helped])
    if task.is_late(moment or now()):
        return "is-late", waited(task)
    if task.stuck:
        return "is-late", _("A dead end")
    if task.status is Status.COMPLETED and task.outcome:
        return STATUS_LOOK[task.status], _(OUTCOME_WORDS[task.outcome])
    if task.status in (Status.REJECTED, Status.FAILED) and task.reason:
        return STATUS_LOOK[task.status], reason(task.reason)
    return STATUS_LOOK[task.status], _(STATUS_WORDS[task.status])


def waited(task: TaskShape | TaskLine) -> str:
    """How long a sending has waited, in working days: for its answer, or for a word of how it goes."""
    if task.status is not Status.REQUESTED:
        days = working_days_waited(
            task.heard_at or task.status_at, now(), zone(), holidays_near(task.status_at)
        )
        return _("No word for %(days)s working days") % {"days": days}
    if task.sent_at is None:
        return ""
    days = working_days_waited(task.sent_at, now(), zone(), holidays_near(task.sent_at))
    return _("%(days)s working days") % {"days": days}


def local_moment(text: str) -> datetime:
    """The moment that a form names in the collaborative's own time. Raises ValueError."""
    return make_aware(datetime.fromisoformat(text))


def past_day(text: str) -> datetime | None:
    """Noon of a day that a form names; None for none. Raises ValueError for a day that has not been."""
    if not text:
        return None
    there = date.fromisoformat(text)
    if there > localtime(now()).date():
        raise ValueError("that day has not been")
    return min(make_aware(datetime.combine(there, time(12))), now())


def qr(text: str) -> str:
    """A QR code as SVG in our own colors, without a script or style of its own."""
    picture = segno.make(text, error="m").svg_inline(
        scale=4, border=2, dark="#000", light="#fff", omitsize=False
    )
    return mark_safe(picture)  # noqa: S308  # drawn by us from our own address


def as_uuid(text: object) -> UUID | None:
    """A UUID written in a form or address; None for anything else."""
    try:
        return UUID(str(text))
    except ValueError:
        return None


def state_of_status(ask: AskShape) -> tuple[str, str]:
    """The look and words of where an ask stands, for the service that was asked."""
    if ask.outcome and ask.status is Status.COMPLETED:
        return STATUS_LOOK[ask.status], _(OUTCOME_WORDS[ask.outcome])
    words = reason(ask.reason) if ask.reason and ask.status in (Status.REJECTED, Status.FAILED) else ""
    return STATUS_LOOK[ask.status], words or _(STATUS_WORDS[ask.status])
