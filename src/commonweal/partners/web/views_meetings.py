"""Meetings: the list, one meeting, calling it, when people could come, moving and cancelling, calendars."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.foundation.access import Actor
from commonweal.foundation.access.web import actor_of, public
from commonweal.foundation.ui.dates import weekday
from commonweal.kernel.clock import now
from commonweal.kernel.errors import BadInput, NotFound, Refused
from commonweal.kernel.verdict import deny
from commonweal.kernel.words import N_
from commonweal.partners import access_meetings as access
from commonweal.partners import queries
from commonweal.partners.actions import agendas, calling, feeds, inviting
from commonweal.partners.models import SeatNeeds, Slot, SlotAnswer
from commonweal.partners.queries import agenda, meetings, pulse, work
from commonweal.partners.rules import presence, slots
from commonweal.partners.rules.calendar_file import Sending, calendar_file
from commonweal.partners.shapes import BodyShape, SeatShape
from commonweal.partners.shapes_meetings import MeetingShape
from commonweal.partners.vocabulary_meetings import OFFER_NAMES, WORTH_NAMES, Could, MeetingPart, Offer
from commonweal.partners.web.doors import at_table
from commonweal.partners.web.forms import LANGUAGES
from commonweal.partners.web.forms_meetings import (
    CallForm,
    ItemForm,
    MoveForm,
    PartForm,
    SlotForm,
    WhenForm,
    WhyForm,
)


@dataclass(frozen=True, slots=True)
class Here:
    """One meeting as this reader may see it."""

    shape: MeetingShape
    body: BodyShape
    seats: list[SeatShape]
    actor: Actor

    @property
    def mine(self) -> list[SeatShape]:
        return access.sits_in(self.actor, self.seats)

    @property
    def may_call(self) -> bool:
        return bool(access.may_call(self.actor, self.body, self.seats))

    @property
    def may_run(self) -> bool:
        parts = [part.seat_id for part in self.shape.parts]
        return bool(access.may_run(self.actor, self.body, self.seats, parts))

    @property
    def may_take_part(self) -> bool:
        return bool(self.mine) or self.may_run


def here_at(request: HttpRequest, meeting_id: UUID) -> Here:
    """The meeting; absent, and of a closed room, look alike. Raises NotFound."""
    shape = meetings.meeting(meeting_id)
    if shape is None:
        raise NotFound("meeting")
    body = queries.bodies_by_id([shape.body_id])[shape.body_id]
    seats = queries.seats_of([body.id])[body.id]
    actor = actor_of(request)
    if not access.may_hear(actor, body, seats):
        raise NotFound("meeting")
    return Here(shape, body, seats, actor)


def blame(form: Form, fault: BadInput) -> None:
    """Put a fault beside its field."""
    form.add_error(fault.where if fault.where in form.fields else None, _(fault.what))


def page_status(request: HttpRequest) -> int:
    return 422 if request.method == "POST" else 200


def _callable_bodies(actor: Actor) -> list[BodyShape]:
    everybody = queries.bodies()
    seats = queries.seats_of(b.id for b in everybody)
    return [b for b in everybody if access.may_call(actor, b, seats[b.id])]


@require_safe
@public
def index(request: HttpRequest) -> HttpResponse:
    """Meetings to come, those whose time is being chosen, and those that were."""
    actor, chosen = actor_of(request), request.GET.get("body", "")
    body = queries.body_named(chosen) if chosen else None
    found = meetings.meetings([body.id] if body else None)
    coming = sorted((m for m in found if m.is_called or m.is_running), key=lambda m: m.starts_at or now())
    context = {
        "coming": coming,
        "choosing": [m for m in found if m.is_choosing],
        "past": [m for m in found if m.is_closed or m.is_cancelled][:40],
        "body": body,
        "may_call": bool(_callable_bodies(actor)),
        "signed_in_here": access.is_of_the_table(actor),
    }
    return render(request, "partners/meetings.html", context)


@require_safe
@public
def meeting(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """One meeting: when and where, the agenda, who has which part, and afterwards what came of it."""
    here = here_at(request, meeting_id)
    shape = here.shape
    items = meetings.items(shape)
    named = access.is_of_the_table(here.actor)
    versions = meetings.versions(shape.id)
    context = {
        "here": here,
        "meeting": shape,
        "items": items,
        "planned": sum(i.minutes for i in items if not i.is_deferred),
        "named": named,
        "languages": _language_names(shape),
        "matters": agenda.candidates(here.body, shape) if shape.is_open and here.may_take_part else [],
        "item_form": ItemForm(),
        "part_form": PartForm(seats=here.seats),
        "actions": work.of_meeting(shape.id) if named else [],
        "version": _shown(versions, named),
        "quorum": presence.quorum_now(meetings.chairs(here.seats), frozenset()),
        "stipend": shape.stipend_cents / 100 if shape.stipend_cents else None,
        **_asked_worth(here),
    }
    return render(request, "partners/meeting.html", context)


def _shown(versions: list[Any], named: bool) -> Any:
    """The latest version of the minutes; strangers read approved ones."""
    return next((v for v in reversed(versions) if named or v.is_approved), None)


def _language_names(shape: MeetingShape) -> list[str]:
    known = dict(LANGUAGES)
    return [str(known.get(tag, tag)) for tag in shape.languages]


def _asked_worth(here: Here) -> dict[str, Any]:
    account = here.actor.account_id
    open_ones = pulse.unanswered(account) if account and here.shape.is_closed else []
    seat = next((s for m, s in open_ones if m.id == here.shape.id), None)
    over = here.shape.is_closed and not pulse.is_open(here.shape.closed_at, now())
    return {
        "ask_worth": seat,
        "worth_choices": [(w.value, WORTH_NAMES[w]) for w in WORTH_NAMES],
        "worth": pulse.worth_of([here.shape.id]) if over else None,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@at_table
def call(request: HttpRequest) -> HttpResponse:
    """Call a meeting."""
    actor = actor_of(request)
    bodies = _callable_bodies(actor)
    if not bodies:
        known = queries.bodies()
        verdict = access.may_call(actor, known[0], []) if known else NO_BODY
        return render(request, "ui/refused.html", {"verdict": verdict}, status=403)
    wanted = queries.body_named(request.GET.get("body", ""))
    form = CallForm(request.POST or None, bodies=bodies, initial={"body": str(wanted.id)} if wanted else None)
    if request.method == "POST" and form.is_valid():
        starts = form.cleaned_data["starts_at"]
        try:
            made = calling.call_meeting(
                UUID(form.cleaned_data["body"]),
                by=actor,
                plan=form.plan(),
                at=form.at(starts) if starts else None,
                tell=bool(starts),
            )
        except BadInput as fault:
            blame(form, fault)
        else:
            if starts:
                messages.success(request, _("It is called, and the invitations are on their way."))
                return redirect("partners:meeting", made)
            messages.success(request, _("Now name a few times and places that could suit."))
            return redirect("partners:when", made)
    return render(request, "partners/meeting_call.html", {"form": form}, status=page_status(request))


NO_BODY = deny("partners.meeting.no-body", N_("There is no body yet that could meet."))


def say_slot(slot: Slot) -> str:
    """A time and place in words."""
    there = localtime(slot.starts_at)
    words = f"{weekday(slot.starts_at)}, {time_format(there, 'TIME_FORMAT')}"
    return f"{words}, {_(slot.place)}" if slot.place else words


@require_http_methods(["GET", "HEAD", "POST"])
@at_table
def when(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """When could you come, and what do you need for that? Who calls it also sees which time suits best."""
    here = here_at(request, meeting_id)
    if not here.may_take_part:
        raise Refused(access.may_take_part(here.actor, here.seats))
    if not here.shape.is_choosing:
        return redirect("partners:meeting", meeting_id)
    rows = list(Slot.objects.filter(meeting_id=meeting_id))
    seats = here.seats if here.may_call else here.mine
    form = WhenForm(
        request.POST or None,
        slots=[(str(s.pk), say_slot(s)) for s in rows],
        seats=seats,
        initial=_said_before(here, meeting_id),
    )
    if request.method == "POST" and form.is_valid():
        _answered(form, meeting_id, here.actor)
        messages.success(request, _("Thank you. You can change it until the time is set."))
        return redirect("partners:when", meeting_id)
    context = {
        "here": here,
        "meeting": here.shape,
        "form": form,
        "slots": rows,
        "suits": _suits(here, rows),
        "slot_form": SlotForm(),
        "silent": _silent(here, rows),
    }
    return render(request, "partners/meeting_when.html", context, status=page_status(request))


def _said_before(here: Here, meeting_id: UUID) -> dict[str, Any]:
    if not here.mine:
        return {}
    seat = here.mine[0]
    said: dict[str, Any] = {
        f"slot-{a.slot_id}": a.could
        for a in SlotAnswer.objects.filter(slot__meeting_id=meeting_id, seat_id=seat.id)
    }
    known = SeatNeeds.objects.filter(meeting_id=meeting_id, seat_id=seat.id).first()
    if known:
        said |= {"needs": known.needs, "language": known.language, "words": known.words}
    return said | {"seat": str(seat.id)}


def _answered(form: WhenForm, meeting_id: UUID, actor: Actor) -> None:
    said = form.cleaned_data
    calling.answer_slots(
        meeting_id,
        UUID(said["seat"]),
        by=actor,
        answers={UUID(n.removeprefix("slot-")): Could(said[n]) for n in form.slot_names if said[n]},
        needs=[Offer(o) for o in said["needs"]],
        language=said["language"],
        words=said["words"],
    )


@dataclass(frozen=True, slots=True)
class Suit:
    """A possible time with how it suits, for the page."""

    it: slots.Suits
    words: str
    lacking: tuple[str, ...]


def _suits(here: Here, rows: list[Slot]) -> list[Suit]:
    answers: dict[UUID, dict[UUID, Could]] = {row.pk: {} for row in rows}
    for a in SlotAnswer.objects.filter(slot__in=rows):
        answers[a.slot_id][a.seat_id] = Could(a.could)
    needs = {
        n.seat_id: frozenset(Offer(o) for o in n.needs)
        for n in SeatNeeds.objects.filter(meeting_id=here.shape.id)
    }
    choices = [
        slots.Choice(r.pk, r.starts_at, frozenset(Offer(o) for o in r.offers), answers[r.pk]) for r in rows
    ]
    asked = [slots.Asked(s.id, s.is_resident, needs.get(s.id, frozenset())) for s in here.seats if s.holder]
    needed = presence.quorum_now(meetings.chairs(here.seats), frozenset()).needed
    words = {row.pk: say_slot(row) for row in rows}
    return [
        Suit(one, words[one.id], tuple(OFFER_NAMES[o] for o in one.lacking))
        for one in slots.ranked(choices, asked, needed=needed)
    ]


def _silent(here: Here, rows: list[Slot]) -> list[str]:
    """Those who have not answered yet, for who calls the meeting."""
    if not here.may_call:
        return []
    said = set(SlotAnswer.objects.filter(slot__in=rows).values_list("seat_id", flat=True))
    return [s.holder.name for s in here.seats if s.holder and s.id not in said]


@require_POST
@at_table
def add_slot(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Name a possible time and place."""
    here = here_at(request, meeting_id)
    form = SlotForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say day and hour of the time."))
        return redirect("partners:when", meeting_id)
    said = form.cleaned_data
    calling.add_slot(
        meeting_id,
        by=here.actor,
        starts_at=said["starts_at"],
        place=said["place"],
        offers=[Offer(o) for o in said["offers"]],
    )
    return redirect("partners:when", meeting_id)


@require_POST
@at_table
def ask_around(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Ask those who sit there by mail."""
    here = here_at(request, meeting_id)
    if not here.may_call:
        raise Refused(access.may_call(here.actor, here.body, here.seats))
    sent = inviting.ask_when(meeting_id)
    messages.success(request, _("%(n)s letters are on their way.") % {"n": sent})
    return redirect("partners:when", meeting_id)


@require_POST
@at_table
def choose(request: HttpRequest, meeting_id: UUID, slot_id: UUID) -> HttpResponse:
    """Set the meeting to one of the times."""
    here = here_at(request, meeting_id)
    calling.choose_slot(meeting_id, slot_id, by=here.actor)
    messages.success(request, _("It is called, and the invitations are on their way."))
    return redirect("partners:meeting", meeting_id)


@require_http_methods(["GET", "HEAD", "POST"])
@at_table
def change(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Move a meeting, or cancel it with the reason."""
    here = here_at(request, meeting_id)
    if not here.may_call:
        raise Refused(access.may_call(here.actor, here.body, here.seats))
    shape, cancelling = here.shape, "cancel" in request.POST
    initial = {
        "starts_at": localtime(shape.starts_at) if shape.starts_at else None,
        "minutes": shape.minutes,
        "place": shape.place,
        "offers": [o.value for o in shape.offers],
        "languages": list(shape.languages),
        "online_url": shape.online_url,
    }
    move = MoveForm(None if cancelling else request.POST or None, initial=initial)
    why = WhyForm(request.POST if cancelling else None)
    if cancelling and why.is_valid():
        calling.cancel_meeting(meeting_id, by=here.actor, why=why.cleaned_data["why"])
        messages.success(request, _("Cancelled. Calendars take it out."))
        return redirect("partners:meeting", meeting_id)
    if request.method == "POST" and not cancelling and move.is_valid():
        said = move.cleaned_data
        calling.move_meeting(
            meeting_id, by=here.actor, at=move.at(said["starts_at"]), minutes=said["minutes"]
        )
        messages.success(request, _("Changed. Those invited get word, and their calendars move it."))
        return redirect("partners:meeting", meeting_id)
    context = {"meeting": shape, "form": move, "why": why}
    return render(request, "partners/meeting_change.html", context, status=page_status(request))


@require_POST
@at_table
def put(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Put a point on the agenda: one's own words, or an open matter by its name."""
    here = here_at(request, meeting_id)
    ref = request.POST.get("ref", "")
    if ref:
        agendas.take_up(here.shape, ref, by=here.actor)
    else:
        form = ItemForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Say in a few words what it is about, and how long it takes."))
            return redirect("partners:meeting", meeting_id)
        agendas.put_item(
            meeting_id, by=here.actor, title=form.cleaned_data["title"], minutes=form.cleaned_data["minutes"]
        )
    return back(request, meeting_id)


def back(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """To the room, where it came from there; else to the meeting's page."""
    name = "partners:room" if request.POST.get("in") == "room" else "partners:meeting"
    return redirect(name, meeting_id)


@require_POST
@at_table
def order(request: HttpRequest, meeting_id: UUID, item_id: UUID) -> HttpResponse:
    """Move a point up or down, or put it off with the reason."""
    here = here_at(request, meeting_id)
    verb = request.POST.get("verb", "")
    if verb == "defer":
        form = WhyForm(request.POST)
        if form.is_valid():
            agendas.defer_item(item_id, by=here.actor, why=form.cleaned_data["why"])
        else:
            messages.error(request, _("Say why it is put off. Those who put it there read it."))
    else:
        agendas.move_item(item_id, by=here.actor, up=verb == "up")
    return back(request, meeting_id)


@require_POST
@at_table
def give_part(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Say who leads, helps us talk, keeps the time, takes notes."""
    here = here_at(request, meeting_id)
    form = PartForm(request.POST, seats=here.seats)
    if not form.is_valid():
        raise BadInput("part", "part")
    said = form.cleaned_data
    calling.give_part(meeting_id, MeetingPart(said["part"]), by=here.actor, seat_id=UUID(said["seat"]))
    return redirect("partners:meeting", meeting_id)


@require_safe
@public
def file(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The meeting as a calendar file."""
    here = here_at(request, meeting_id)
    entry = inviting.dated(here.shape)
    if entry is None:
        raise NotFound("time")
    return _calendar(calendar_file([entry], sending=Sending.PUBLISH), "meeting.ics")


def _calendar(text: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@at_table
def my_feed(request: HttpRequest) -> HttpResponse:
    """An address of one's own for all meetings, for the calendar on a phone. A new one ends the old one."""
    actor, address = actor_of(request), ""
    if request.method == "POST":
        if "close" in request.POST:
            feeds.close_feed(by=actor)
            messages.success(request, _("The address no longer works."))
            return redirect("partners:my-feed")
        token = feeds.open_feed(by=actor)
        address = request.build_absolute_uri(reverse("partners:feed", args=[token]))
    context = {"address": address, "days": feeds.GOOD_FOR // timedelta(days=1)}
    return render(request, "partners/feed.html", context)


@require_safe
@public
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The meetings of the one to whom this address was given. Unknown, ended and expired look alike."""
    text = feeds.read_feed(token)
    if text is None:
        raise NotFound("feed")
    return _calendar(text, "meetings.ics")
