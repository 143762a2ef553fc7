"""A service as its page shows it: what, when, where, for whom, at what cost, and who checked it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import nh3
from django.conf import settings
from django.utils.html import linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from commonweal.directory.queries.holidays_here import holidays_at
from commonweal.directory.queries.words import clock, language_name, say
from commonweal.directory.rules.card_making import phone_link, phone_words
from commonweal.directory.rules.facts import HoursFacts, PhoneFacts
from commonweal.directory.rules.fit import Known, asks_no_documents, is_free
from commonweal.directory.rules.judging import zone_of_names
from commonweal.directory.rules.opening import opening, opening_words
from commonweal.directory.rules.reasons import age_words
from commonweal.directory.rules.timetable import Timetable, timetable, timetable_of
from commonweal.directory.shapes import LocationShape, PhoneShape, ScheduleShape, ServiceShape

_TAGS = {"p", "br", "ul", "ol", "li", "b", "strong", "em", "i"}


def clean_text(text: str) -> SafeString:
    """A source's own text: harmless marks stay, everything else goes (DOMAIN 4-T9)."""
    cleaned = nh3.clean(text, tags=_TAGS, attributes={})
    if not any(f"<{tag}" in cleaned for tag in ("p", "br", "ul", "ol")):
        cleaned = linebreaks(cleaned)
    return mark_safe(cleaned)  # noqa: S308 - cleaned by nh3 just above


@dataclass(frozen=True, slots=True)
class DayRow:
    """A line of the hours table."""

    day: str
    times: str
    is_today: bool


@dataclass(frozen=True, slots=True)
class PlaceView:
    """One place of a service."""

    name: str
    lines: tuple[str, ...]
    map_url: str
    hours: tuple[DayRow, ...]
    other_hours: tuple[str, ...]
    open_line: str
    phones: tuple[tuple[str, str], ...]
    accessibility: tuple[str, ...]
    languages: tuple[str, ...]
    transportation: str


def place_views(service: ServiceShape, at: datetime) -> list[PlaceView]:
    """The places that may be shown, or one view without a place that carries the service's own hours."""
    places = [_place(service, place, at) for place in service.locations]
    return places or [_place(service, None, at)]


def _place(service: ServiceShape, place: LocationShape | None, at: datetime) -> PlaceView:
    schedules = (place.schedules if place else ()) or service.schedules
    hours = tuple(_facts(s) for s in schedules)
    rules, off_days = timetable_of(hours)
    zone = ZoneInfo(
        zone_of_names(
            [s.timezone for s in schedules[:1]] + [place.timezone if place else ""], settings.TIME_ZONE
        )
    )
    here = at.astimezone(zone).replace(tzinfo=None)
    address = place.addresses[0] if place and place.addresses else None
    holidays = holidays_at(
        address.country if address else "", address.state_province if address else "", here.year
    )
    now_open = opening(rules, off_days, at, zone, holidays)
    table = timetable(rules, off_days, here.date())
    return PlaceView(
        name=place.name if place else "",
        lines=_address_lines(place),
        map_url=_map_url(place),
        hours=tuple(_rows(table, here.weekday())) if not table.is_empty else (),
        other_hours=tuple(say(line) for line in (*table.others, *table.exceptions)),
        open_line=say(opening_words(now_open, here)),
        phones=tuple(_phones(place.phones if place else ())),
        accessibility=place.accessibility if place else (),
        languages=tuple(language_name(code) for code in place.languages) if place else (),
        transportation=place.transportation if place else "",
    )


def _facts(row: ScheduleShape) -> HoursFacts:
    return HoursFacts(
        row.freq,
        row.interval,
        row.byday,
        row.bymonthday,
        row.wkst,
        row.dtstart,
        row.until,
        row.count,
        row.valid_from,
        row.valid_to,
        row.opens_at,
        row.closes_at,
        row.closed,
        row.timezone,
        row.notes,
    )


def _rows(table: Timetable, today: int) -> list[DayRow]:
    rows = []
    for number, line in enumerate(table.week):
        if line.all_day:
            times = _("Day and night")
        elif line.times:
            spans = [
                _("%(opens)s to %(closes)s") % {"opens": clock(a), "closes": clock(b)} for a, b in line.times
            ]
            times = ", ".join(spans)
        else:
            times = _("Closed")
        rows.append(DayRow(say(line.day), times, number == today))
    return rows


def _address_lines(place: LocationShape | None) -> tuple[str, ...]:
    if place is None or not place.addresses:
        return ()
    address = place.addresses[0]
    town = " ".join(part for part in (address.state_province, address.postal_code) if part)
    parts = (address.address_1, address.address_2, ", ".join(p for p in (address.city, town) if p))
    return tuple(part for part in parts if part)


def _map_url(place: LocationShape | None) -> str:
    if place is None or place.latitude is None or place.longitude is None or settings.DEMO:
        return ""  # an invented county is on no map
    point = f"mlat={place.latitude:.5f}&mlon={place.longitude:.5f}"
    return f"https://www.openstreetmap.org/?{point}#map=17/{place.latitude:.5f}/{place.longitude:.5f}"


def _phones(phones: Sequence[PhoneShape]) -> list[tuple[str, str]]:
    return [(phone_words(p), phone_link(p)) for p in (_phone(phone) for phone in phones)]


def _phone(phone: PhoneShape) -> PhoneFacts:
    return PhoneFacts(phone.number, "", phone.extension, phone.type, 0)


def all_phones(service: ServiceShape) -> list[tuple[str, str]]:
    """The numbers of the service and of its organization, each once."""
    return list(dict.fromkeys(_phones(service.phones)))


def _cost(fees: str) -> str:
    """What it costs in the reader's language where that is nothing, else in the organization's words."""
    nothing = len(fees) < 20 and is_free((), (fees,)) is Known.YES
    return _("Nothing") if nothing else fees


def _papers(service: ServiceShape) -> str:
    if asks_no_documents(service.required_documents, service.eligibility_description) is Known.YES:
        return _("Nothing. No ID or papers are asked.")
    return ", ".join(service.required_documents)


def fact_lines(service: ServiceShape) -> list[tuple[str, str]]:
    """Who can come, what it costs, what to bring: what is said, and plainly where nothing is."""
    unknown = _("Not said. Ask when you call.")
    low = float(service.minimum_age) if service.minimum_age is not None else None
    high = float(service.maximum_age) if service.maximum_age is not None else None
    ages = age_words(low, high)
    who = ". ".join(p for p in (say(ages) if ages else "", service.eligibility_description.strip()) if p)
    spoken = {code for place in service.locations for code in place.languages} | set(service.languages)
    languages = ", ".join(language_name(code) for code in sorted(spoken))
    if service.interpretation_services:
        languages = ". ".join(part for part in (languages, service.interpretation_services) if part)
    lines = [
        (_("Who can come"), who or _("Everyone, as far as we know")),
        (_("What it costs"), _cost(service.fees_description) or unknown),
        (_("What to bring"), _papers(service) or unknown),
        (_("How to get in"), service.application_process or unknown),
        (_("Languages"), languages or unknown),
    ]
    if service.service_areas:
        lines.append((_("For people who live in"), ", ".join(service.service_areas)))
    if service.wait_time:
        lines.append((_("How long it takes"), service.wait_time))
    if service.accreditations:
        lines.append((_("Who vouches for them"), service.accreditations))
    return lines
