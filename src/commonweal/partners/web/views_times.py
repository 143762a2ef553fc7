"""When could you come? Possible times of a meeting, what each needs to come, and the time that suits best."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from commonweal.foundation.access import Actor
from commonweal.foundation.ui.dates import weekday
from commonweal.kernel.errors import Refused
from commonweal.partners import access_meetings as access
from commonweal.partners.actions import calling, inviting
from commonweal.partners.models import SeatNeeds, Slot, SlotAnswer
from commonweal.partners.queries import meetings, ports_room
from commonweal.partners.rules import presence, slots
from commonweal.partners.vocabulary_meetings import OFFER_NAMES, Could, Offer
from commonweal.partners.web.doors import at_table
from commonweal.partners.web.forms_meetings import SlotForm, WhenForm
from commonweal.partners.web.meeting_here import Here, here_at, page_status


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
    bylaws = ports_room.quorum(here.body, frozenset())
    chairs = meetings.chairs(here.seats)
    needed = bylaws.needed if bylaws else presence.quorum_now(chairs, frozenset()).needed
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
