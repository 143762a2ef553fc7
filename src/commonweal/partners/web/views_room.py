"""In the room: one page for the shared screen and for phones. Plain forms do it all; htmx keeps it fresh."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.foundation.access.web import actor_of, id_from
from commonweal.kernel.clock import now
from commonweal.kernel.errors import BadInput, NotFound
from commonweal.partners.actions import agendas, minuting, pulse, running
from commonweal.partners.models import AgendaItem
from commonweal.partners.queries import meetings, ports_room
from commonweal.partners.queries import pulse as counting
from commonweal.partners.queries.work import seat_name
from commonweal.partners.rules import burden, presence, speaking
from commonweal.partners.shapes_meetings import ItemShape, TurnShape
from commonweal.partners.vocabulary_meetings import SIDE_NAMES, Side, Worth
from commonweal.partners.web.doors import at_table
from commonweal.partners.web.forms_meetings import ItemForm, LineForm, WhyForm
from commonweal.partners.web.meeting_here import Here, here_at


@require_http_methods(["GET", "HEAD"])
@at_table
def room(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The meeting as it runs."""
    here = here_at(request, meeting_id)
    if not here.shape.is_running:
        return redirect("partners:meeting", meeting_id)
    context = _now(here) | {
        "line_form": LineForm(seats=here.seats, private=here.body.is_private),
        "item_form": ItemForm(),
    }
    return render(request, "partners/room.html", context)


@require_safe
@at_table
def room_now(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The part of the room that changes by itself: what is talked about, who is there, who speaks."""
    here = here_at(request, meeting_id)
    if not here.shape.is_running:
        gone = HttpResponse(status=204)
        gone["HX-Refresh"] = "true"
        return gone
    return render(request, "partners/parts/room_now.html", _now(here))


def _now(here: Here) -> dict[str, Any]:
    moment, shape = now(), here.shape
    items = meetings.items(shape)
    residents = frozenset(s.id for s in here.seats if s.is_resident)
    turns = meetings.turns(shape.id, residents)
    stays = meetings.presences(shape.id)
    here_now = [p for p in stays if p.left_at is None]
    there = frozenset(p.seat_id for p in here_now if p.seat_id)
    current = next((i for i in items if i.is_current), None)
    bylaws = ports_room.quorum(here.body, there, current.ref if current else "")
    lines = [line for line in meetings.lines(shape.id) if line.struck_at is None]
    mine = here.mine[0] if here.mine else None
    return {
        "here": here,
        "meeting": shape,
        "items": items,
        "current": current,
        "clock": _clock(current, moment),
        "moment": moment,
        "present": here_now,
        "absent": [(s, seat_name(s)) for s in here.seats if s.holder and s.id not in there],
        "quorum": presence.quorum_now(meetings.chairs(here.seats), there, bylaws.needed if bylaws else None),
        "bylaws": bylaws,
        "votes": ports_room.panels(here.actor, shape, current),
        "speaking": next((t for t in turns if t.started_at and not t.ended_at), None),
        "hands": _hands(turns, moment),
        "lopsided": _lopsided(here, there),
        "lines": lines,
        "motions": ports_room.motions(here.actor, shape, lines),
        "mine": mine,
        "my_stay": next((p for p in here_now if mine and p.seat_id == mine.id), None),
        "my_hand": next((t for t in turns if mine and t.seat_id == mine.id and not t.started_at), None),
        "to_approve": meetings.to_approve(shape),
    }


def _clock(current: ItemShape | None, moment: datetime) -> dict[str, int] | None:
    """Minutes and seconds of the point in hand. The page counts on from here, where it can."""
    if current is None:
        return None
    used = current.seconds_used(moment)
    planned = current.minutes * 60
    return {
        "used": used,
        "planned": planned,
        "minutes": used // 60,
        "left": (planned - used) // 60 if used <= planned else 0,
        "over": (used - planned) // 60 if used > planned else 0,
        "is_over": int(used > planned),
        "shown": min(used, planned),
    }


def _hands(turns: list[TurnShape], moment: datetime) -> list[TurnShape]:
    """Raised hands in the order in which they speak."""
    spoke: dict[UUID | None, list[int]] = {}
    for t in turns:
        if t.started_at and t.seat_id:
            seconds = int(((t.ended_at or moment) - t.started_at).total_seconds())
            spoke.setdefault(t.seat_id, []).append(seconds)
    up = {t.id: t for t in turns if not t.started_at}
    hands = [
        speaking.Hand(
            t.id, t.asked_at, t.is_resident, len(spoke.get(t.seat_id, ())), sum(spoke.get(t.seat_id, ()))
        )
        for t in up.values()
    ]
    return [up[h.turn_id] for h in speaking.in_turn(hands)]


def _lopsided(here: Here, there: frozenset[UUID]) -> str:
    """The side that speaks far more than its share, in words; empty while talk is balanced."""
    seconds = counting.spoken(now(), [here.shape.id])
    seats: dict[Side, int] = {}
    for seat in here.seats:
        if seat.id in there:
            side = burden.side_of(seat.sector, seat.member_class)
            seats[side] = seats.get(side, 0) + 1
    voices = [speaking.Voice(side.value, seconds.get(side, 0), n) for side, n in seats.items()]
    found = speaking.is_lopsided(voices)
    return SIDE_NAMES[Side(found.side)] if found else ""


def _id(request: HttpRequest, name: str) -> UUID | None:
    said = request.POST.get(name, "")
    return id_from(said) if said else None


def _must(request: HttpRequest, name: str) -> UUID:
    found = _id(request, name)
    if found is None:
        raise NotFound(name)
    return found


Act = Callable[[HttpRequest, Here], None]


def _come(request: HttpRequest, here: Here, *, is_remote: bool = False) -> None:
    running.come(
        here.shape.id,
        by=here.actor,
        seat_id=_id(request, "seat"),
        name=request.POST.get("name", ""),
        is_remote=is_remote,
    )


def _hand(request: HttpRequest, here: Here) -> None:
    running.raise_hand(
        here.shape.id, by=here.actor, seat_id=_id(request, "seat"), name=request.POST.get("name", "")
    )


def _start(request: HttpRequest, here: Here) -> None:
    agendas.start_item(_own(here, _must(request, "item")), by=here.actor)


def _end(request: HttpRequest, here: Here) -> None:
    agendas.end_item(_own(here, _must(request, "item")), by=here.actor)


def _own(here: Here, item_id: UUID) -> UUID:
    """A point of this meeting."""
    if not AgendaItem.objects.filter(pk=item_id, meeting_id=here.shape.id).exists():
        raise NotFound("item")
    return item_id


def _strike(request: HttpRequest, here: Here) -> None:
    form = WhyForm(request.POST)
    if form.is_valid():
        minuting.strike_line(_must(request, "line"), by=here.actor, why=form.cleaned_data["why"])
    else:
        messages.error(request, _("Say why the line is struck."))


def _approve(request: HttpRequest, here: Here) -> None:
    version = request.POST.get("version", "")
    if not version.isdigit():
        raise NotFound("version")
    minuting.approve_minutes(_must(request, "minutes"), int(version), by=here.actor, in_meeting=here.shape.id)
    messages.success(request, _("The minutes are approved, and public."))


ACTS: dict[str, Act] = {
    "open": lambda r, h: running.open_meeting(h.shape.id, by=h.actor),
    "come": _come,
    "come-remote": lambda r, h: _come(r, h, is_remote=True),
    "leave": lambda r, h: running.leave(_must(r, "presence"), by=h.actor),
    "hand": _hand,
    "lower": lambda r, h: running.lower_hand(_must(r, "turn"), by=h.actor),
    "speak": lambda r, h: running.let_speak(_must(r, "turn"), by=h.actor),
    "quiet": lambda r, h: running.stop_speaking(h.shape.id, by=h.actor),
    "start": _start,
    "end": _end,
    "strike": _strike,
    "approve": _approve,
    "close": lambda r, h: running.close_meeting(h.shape.id, by=h.actor),
}
"""What a press in the room does."""


@require_POST
@at_table
def do(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """One press in the room."""
    here = here_at(request, meeting_id)
    act = ACTS.get(request.POST.get("verb", ""))
    if act is None:
        raise NotFound("verb")
    act(request, here)
    if request.POST.get("in") == "minutes":
        return redirect("partners:minutes", meeting_id)
    return redirect("partners:room", meeting_id)


@require_POST
@at_table
def worth(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Was it worth your time?"""
    actor = actor_of(request)
    said = request.POST.get("worth", "")
    if said not in set(Worth):
        raise BadInput("worth", "worth")
    pulse.say_worth(meeting_id, _must(request, "seat"), by=actor, worth=Worth(said))
    messages.success(request, _("Thank you. It is counted, and nobody sees who said it."))
    return redirect("partners:meeting", meeting_id)
