"""What was put off or refused on agendas, and why: in the open, counted by kind of people."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonweal.foundation.access.web import public
from commonweal.kernel.errors import NotFound
from commonweal.partners import queries
from commonweal.partners.queries import put_off
from commonweal.partners.vocabulary_meetings import PUT_BY_NAMES
from commonweal.partners.web.views_burden import window

MOST = 100


@require_safe
@public
def log(request: HttpRequest) -> HttpResponse:
    """The points of the last three months that were not talked about, of one body or of all."""
    chosen = request.GET.get("body", "")
    body = queries.body_named(chosen) if chosen else None
    if chosen and (body is None or body.is_private):
        raise NotFound("body")
    since = window()
    found, fates = put_off.log(since, [body.id] if body else None)
    context = {
        "body": body,
        "since": since,
        "rows": [(one, PUT_BY_NAMES[one.put_by]) for one in found[:MOST]],
        "fates": [(one, PUT_BY_NAMES[one.put_by]) for one in fates],
    }
    return render(request, "partners/put_off.html", context)
