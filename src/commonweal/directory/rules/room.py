"""Is there room? A report older than 72 hours says nothing any more (DOMAIN 4-T10)."""

from datetime import date, datetime, timedelta

from commonweal.directory.shapes_search import Sentence
from commonweal.directory.vocabulary import Capacity
from commonweal.kernel.words import N_

FRESH = timedelta(hours=72)


def room_at(
    told: Capacity, told_at: datetime | None, until: date | None, moment: datetime, today: date
) -> Capacity:
    """What may be said about room at ``moment``.

    *Open* is trusted for 72 hours. *Full* and *waiting list* that were told to last ``until`` a day are
    trusted through that day; without one for 72 hours as well. ``today`` is the local date of the place.
    """
    if told is Capacity.UNKNOWN or told_at is None or told_at > moment + timedelta(minutes=5):
        return Capacity.UNKNOWN
    if told is not Capacity.OPEN and until is not None:
        return told if today <= until else Capacity.UNKNOWN
    return told if moment - told_at <= FRESH else Capacity.UNKNOWN


def room_words(
    state: Capacity, until: date | None = None, available: int | None = None, waiting: int | None = None
) -> Sentence:
    """The state of room as one line."""
    if state is Capacity.CLOSED and until:
        return Sentence("room.closed.until", N_("Full until about %(date)s"), {"date": until})
    if state is Capacity.WAITLIST and waiting and until:
        return Sentence(
            "room.waitlist.counted.until",
            N_("Waiting list, %(count)s waiting, until about %(date)s"),
            {"count": waiting, "date": until},
        )
    if state is Capacity.WAITLIST and waiting:
        return Sentence("room.waitlist.counted", N_("Waiting list, %(count)s waiting"), {"count": waiting})
    if state is Capacity.WAITLIST and until:
        return Sentence("room.waitlist.until", N_("Waiting list until about %(date)s"), {"date": until})
    if state is Capacity.OPEN and available:
        return Sentence(
            "room.open.counted", N_("Taking new people, room for %(count)s"), {"count": available}
        )
    return Sentence(f"room.{state}", _WORDS[state])


def ask_again_words(day: date) -> Sentence:
    """They do not know yet, and named a day."""
    return Sentence("room.ask-again", N_("They ask to be asked again on %(date)s"), {"date": day})


_WORDS = {
    Capacity.OPEN: N_("Taking new people"),
    Capacity.WAITLIST: N_("Waiting list"),
    Capacity.CLOSED: N_("Full right now"),
    Capacity.UNKNOWN: N_("Ask if there is room"),
}

STATE_LOOKS = {
    Capacity.OPEN: "is-done",
    Capacity.WAITLIST: "is-wait",
    Capacity.CLOSED: "is-no",
    Capacity.UNKNOWN: "is-off",
}
"""The look of each state (mockups: disc, ring, bar, square)."""
