"""A meeting as an iCalendar file (RFC 5545), as an invitation, a change, or its end (RFC 5546)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from icalendar import Calendar, Event, vCalAddress, vUri

PRODUCT = "-//Commonweal//Meetings//EN"


class Sending(StrEnum):
    """Why a file is sent."""

    PUBLISH = "PUBLISH"
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


class Answered(StrEnum):
    """What a guest said to the invitation (PARTSTAT)."""

    OPEN = "NEEDS-ACTION"
    COMES = "ACCEPTED"
    AWAY = "DECLINED"


@dataclass(frozen=True, slots=True)
class Guest:
    """Someone invited, and what they said."""

    name: str
    email: str
    answered: Answered = Answered.OPEN


@dataclass(frozen=True, slots=True)
class Dated:
    """What a calendar keeps of a meeting. ``sequence`` grows with each change; ``uid`` never changes."""

    uid: str
    sequence: int
    starts_at: datetime
    minutes: int
    summary: str
    written_at: datetime
    place: str = ""
    words: str = ""
    url: str = ""
    is_cancelled: bool = False


def calendar_file(
    meetings: Sequence[Dated],
    *,
    sending: Sending = Sending.PUBLISH,
    name: str = "",
    organizer: Guest | None = None,
    guests: Sequence[Guest] = (),
) -> str:
    """The file. Times are in UTC, which every calendar shows in its own zone."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", sending.value)
    if name:
        calendar.add("x-wr-calname", name)
    for meeting in meetings:
        calendar.add_component(_event(meeting, organizer, guests))
    text: str = calendar.to_ical().decode()
    return text


def _event(meeting: Dated, organizer: Guest | None, guests: Sequence[Guest]) -> Event:
    event = Event()
    event.add("uid", meeting.uid)
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", meeting.written_at)
    event.add("dtstart", meeting.starts_at)
    event.add("dtend", meeting.starts_at + timedelta(minutes=meeting.minutes))
    event.add("summary", meeting.summary)
    event.add("status", "CANCELLED" if meeting.is_cancelled else "CONFIRMED")
    if meeting.place:
        event.add("location", meeting.place)
    if meeting.words:
        event.add("description", meeting.words)
    if meeting.url:
        event["url"] = vUri(meeting.url)
    if organizer:
        event["organizer"] = _address(organizer)
    for guest in guests:
        address = _address(guest)
        address.params["ROLE"] = "REQ-PARTICIPANT"
        address.params["PARTSTAT"] = guest.answered.value
        address.params["RSVP"] = "FALSE"
        event.add("attendee", address, encode=False)
    return event


def _address(guest: Guest) -> vCalAddress:
    address = vCalAddress(f"mailto:{guest.email}")
    address.params["CN"] = guest.name
    return address
