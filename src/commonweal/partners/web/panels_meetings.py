"""Parts of the table's page and of a body's: the next agenda, what we ask of each other, who does what."""

from collections.abc import Iterable

from django.utils.timezone import localdate

from commonweal.foundation.access import Actor
from commonweal.partners import access_meetings as access
from commonweal.partners import queries
from commonweal.partners.queries import meetings, pulse, work
from commonweal.partners.shapes import BodyShape, SeatShape
from commonweal.partners.shapes_seats import PackItem, Panel
from commonweal.partners.web.views_burden import hours_chart, window, worth_rows


def panels(actor: Actor, body: BodyShape | None) -> Iterable[Panel]:
    """The next meeting; on a body's page what it has open, on the table's page hours and worth."""
    coming = meetings.to_come([body.id] if body else None)
    main = body or queries.main_body(queries.bodies())
    next_one = next(
        (m for m in coming if main is None or m.body_id == main.id), coming[0] if coming else None
    )
    if next_one is not None:
        context = {"meeting": next_one, "items": meetings.items(next_one)}
        yield Panel(10, "aside", "partners/panels/agenda.html", context)
    if body is None:
        yield _burden()
    elif access.is_of_the_table(actor):
        rows = work.of_bodies([body.id], open_only=True)
        if rows:
            context = {"rows": rows, "today": localdate(), "body": body}
            yield Panel(40, "main", "partners/panels/work.html", context)


def _burden() -> Panel:
    since = window()
    hours, paid, count = pulse.hours_asked(since)
    chart = hours_chart(hours, paid)
    worth = pulse.worth_of(pulse.closed_pulses(since))
    least = min(worth_rows(worth), key=lambda row: row[1] / row[2], default=None)
    context = {
        "tracks": [(s, chart.track(s)) for s in chart.stretches] if chart else [],
        "worth": worth.whole,
        "least": least,
        "count": count,
    }
    return Panel(60, "main", "partners/panels/burden.html", context)


def in_pack(seat: SeatShape, body: BodyShape) -> Iterable[PackItem]:
    """What a seat took on and has not done, for whoever sits there next."""
    for action in work.of_bodies([body.id], open_only=True):
        if action.seat_id == seat.id:
            yield PackItem("action", action.words, f"/table/actions/{action.id}/", action.due_on)
