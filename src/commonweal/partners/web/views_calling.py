"""Calling a meeting, moving it, cancelling it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from commonweal.foundation.access import Actor
from commonweal.foundation.access.web import actor_of
from commonweal.kernel.errors import BadInput, Refused
from commonweal.kernel.verdict import deny
from commonweal.kernel.words import N_
from commonweal.partners import access_meetings as access
from commonweal.partners import queries
from commonweal.partners.actions import calling
from commonweal.partners.shapes import BodyShape
from commonweal.partners.web.doors import at_table
from commonweal.partners.web.forms_meetings import CallForm, MoveForm, WhyForm
from commonweal.partners.web.meeting_here import blame, here_at, page_status


def callable_bodies(actor: Actor) -> list[BodyShape]:
    """The bodies whose meetings the actor may call."""
    everybody = queries.bodies()
    seats = queries.seats_of(b.id for b in everybody)
    return [b for b in everybody if access.may_call(actor, b, seats[b.id])]


@require_http_methods(["GET", "HEAD", "POST"])
@at_table
def call(request: HttpRequest) -> HttpResponse:
    """Call a meeting."""
    actor = actor_of(request)
    bodies = callable_bodies(actor)
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
