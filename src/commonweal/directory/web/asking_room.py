"""Asking a service whether it has room, and its answer by ``/directory/room/<token>/`` without an account."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from commonweal.directory import access, facade
from commonweal.directory.actions import capacity, verification
from commonweal.directory.actions.asking_room import LINK_KIND
from commonweal.directory.queries.words import say
from commonweal.directory.shapes import ServiceShape
from commonweal.directory.vocabulary import Capacity, RoomAsked
from commonweal.directory.web.forms import LATER, RoomAnswerForm
from commonweal.directory.web.painting import title_of
from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import Purpose
from commonweal.foundation.access.web import actor_of, public, requires
from commonweal.kernel.errors import BadInput
from commonweal.kernel.words import N_

_SAID = {
    RoomAsked.SENT: N_("They are asked. You get a mail as soon as they answer."),
    RoomAsked.JOINED: N_("They were asked already. You get a mail as soon as they answer."),
    RoomAsked.NO_ADDRESS: N_("They have no e-mail address. Call them."),
    RoomAsked.NOT_NOW: N_("They have told it already. It stands on their page."),
}


@requires(*sorted(access.SENDERS), purpose=Purpose.OPS)
def ask(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """Send the service its link, then go back to where one came from."""
    back = request.POST.get("back", "")
    if not back.startswith("/") or not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = ""
    if request.method == "POST":
        asked = facade.ask_room(service_id, by=actor_of(request))
        tell_them = messages.success if asked in (RoomAsked.SENT, RoomAsked.JOINED) else messages.info
        tell_them(request, _(_SAID[asked]))
    return redirect(back) if back else redirect("directory:service", service_id)


@public
def tell(request: HttpRequest, token: str) -> HttpResponse:
    """Is there room? Open, a waiting list, full, or: ask again."""
    opened = verification.opened(token, LINK_KIND)
    service = facade.service(opened[0]) if opened else None
    if opened is None or service is None:
        return render(request, "directory/room_gone.html", status=404)
    form = RoomAnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _told(form, service, opened[1]):
        words = say(facade.capacity(service.id).words)
        return render(request, "directory/room_thanks.html", {"service": service, "words": words})
    context = {
        "service": service,
        "title": title_of(service.organization.name if service.organization else "", service.name),
        "form": form,
    }
    return render(request, "directory/room.html", context, status=400 if form.errors else 200)


def _told(form: RoomAnswerForm, service: ServiceShape, by: Actor) -> bool:
    given = form.cleaned_data
    state = Capacity.UNKNOWN if given["room"] == LATER else Capacity(given["room"])
    try:
        capacity.report_capacity(
            service.id,
            state,
            until=None if state is Capacity.OPEN else given["until"],
            waiting=given["waiting"] if state is Capacity.WAITLIST else None,
            by=by,
            by_link=True,
        )
    except BadInput as bad:
        form.add_error(bad.where if bad.where in form.fields else None, _(bad.what))
        return False
    return True
