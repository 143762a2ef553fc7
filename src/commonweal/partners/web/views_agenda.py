"""The agenda of a meeting, and who has which part in it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from commonweal.kernel.errors import BadInput
from commonweal.partners.actions import agendas, calling
from commonweal.partners.vocabulary_meetings import MeetingPart
from commonweal.partners.web.doors import at_table
from commonweal.partners.web.forms_meetings import ItemForm, PartForm, WhyForm
from commonweal.partners.web.meeting_here import back, here_at


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


@require_POST
@at_table
def order(request: HttpRequest, meeting_id: UUID, item_id: UUID) -> HttpResponse:
    """Move a point up or down; put it off, or refuse it, with the reason."""
    here = here_at(request, meeting_id)
    verb = request.POST.get("verb", "")
    if verb in ("defer", "refuse"):
        form, act = WhyForm(request.POST), agendas.defer_item if verb == "defer" else agendas.refuse_item
        if form.is_valid():
            act(item_id, by=here.actor, why=form.cleaned_data["why"])
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
