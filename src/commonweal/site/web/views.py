"""Pages that belong to no single context."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Role
from commonweal.foundation.access.web import actor_of, public
from commonweal.governance import facade as governance
from commonweal.partners import facade as partners
from commonweal.site.homes import home_for, purpose_of
from commonweal.site.homes.before import before_the_table

MEETINGS = 3
"""So many of the next meetings stand on a home."""


@public
def home(request: HttpRequest) -> HttpResponse:
    """What needs me today? By role; a person served goes to their own page."""
    actor = actor_of(request)
    if actor.role in (Role.RESIDENT, Role.PROXY):
        return redirect("my:my")
    votes = governance.votes_waiting(actor) if actor.account_id else []
    reports = governance.reports_waiting(actor) if actor.account_id else []
    with acting(actor.for_purpose(purpose_of(actor.role))) as here:
        template, values = home_for(here)
        values |= {"work": partners.work_of(here), "worth": partners.worth_unanswered(here), "votes": votes}
        values |= {"reports": reports, "before": before_the_table(actor, votes), **_seated(here)}
        return render(request, template, values)


def _seated(actor: Actor) -> dict[str, Any]:
    """The bodies in which the reader sits, and when they meet next."""
    seats = partners.seats_with_account(actor.account_id) if actor.account_id else []
    bodies = partners.bodies_by_id(seat.body_id for seat in seats)
    coming = partners.meetings_to_come(bodies) if bodies else []
    return {"sits": sorted(bodies.values(), key=lambda body: body.name), "coming": coming[:MEETINGS]}


@public(context=False)
def set_language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language in a cookie and go back."""
    code = request.GET.get("to", "")
    after = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(after, allowed_hosts=None) or urlsplit(after).netloc:
        after = "/"
    response = redirect(after)
    if code in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, code, max_age=365 * 24 * 3600, samesite="Lax", httponly=True
        )
    return response


@public
def accessibility(request: HttpRequest) -> HttpResponse:
    """What we promise to people who use the pages with a keyboard, a screen reader or large type."""
    return render(request, "site/accessibility.html")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """One page for absent, hidden and malformed."""
    return render(request, "404.html", status=404)
