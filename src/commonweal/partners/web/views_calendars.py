"""Meetings in a calendar: one as a file, and an address of one's own for all."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.foundation.access.web import actor_of, public
from commonweal.kernel.errors import NotFound
from commonweal.partners.actions import feeds, inviting
from commonweal.partners.rules.calendar_file import Sending, calendar_file
from commonweal.partners.web.doors import at_table
from commonweal.partners.web.meeting_here import here_at


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
