"""The person answers alone, from a link, without an account. The link opens this form and nothing else."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.access.web import public
from commonweal.foundation.links import open_link
from commonweal.kernel.errors import Conflict
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners
from commonweal.screening import actions
from commonweal.screening.actions.asking import LINK
from commonweal.screening.queries import responses
from commonweal.screening.shapes import Given, ScreeningShape
from commonweal.screening.vocabulary import ResponseStatus
from commonweal.screening.web.answering import asker, form_of, sheet_of
from commonweal.screening.web.common import QUICK_EXIT
from commonweal.screening.web.sheets import read

BY_LINK = N_("The person, by link")
"""How a history names who wrote; it is translated where it is shown."""


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(no_store=True)
@public
def alone(request: HttpRequest, token: str) -> HttpResponse:
    """The form on the person's own phone, in their language."""
    link = open_link(token, LINK)
    if link is None or link.partner_id is None:
        return render(request, "screening/link_shut.html", status=404)
    actor = _for_the_partner(link.partner_id)
    with acting(actor):
        found = responses.screening(link.subject)
        if found.status is not ResponseStatus.IN_PROGRESS:
            return render(request, "screening/link_shut.html", status=404)
        if request.method == "POST":
            return _receive(request, found, actor, token)
        givens = {given.link_id: given for given in responses.givens_of(found.id)}
        return _page(request, found, actor, givens, {}, saved="saved" in request.GET)


def _for_the_partner(partner_id: UUID) -> Actor:
    """The row is the partner's that asked; the person writes into it, through this form alone."""
    return Actor(Role.CASE_WORKER, Purpose.TREAT, partner_id, name=BY_LINK)


def _receive(request: HttpRequest, found: ScreeningShape, actor: Actor, token: str) -> HttpResponse:
    reading = read(form_of(found), request.POST, found.mode, asker(actor, found.person_id))
    do = request.POST.get("do", "")
    try:
        actions.save(found.id, reading.kept, by=actor)
        if do.startswith("language:"):
            actions.switch_language(found.id, do.removeprefix("language:"), by=actor)
            return redirect("screening:alone", token)
        if getattr(request, "htmx", False):
            with translation.override(found.language):
                return render(request, "screening/parts/kept.html", {"wrong": bool(reading.objections)})
        if reading.objections:
            return _page(request, found, actor, reading.typed, reading.errors)
        if do == "finish":
            actions.finish(found.id, by=actor)
            return _thanks(request, found)
    except Conflict:
        return render(request, "screening/link_shut.html", status=404)
    return redirect(f"{request.path}?saved=1")


def _thanks(request: HttpRequest, found: ScreeningShape) -> HttpResponse:
    with translation.override(found.language):
        context = {"partner": partners.partner(found.holder_id), "quick_exit": QUICK_EXIT}
        return render(request, "screening/thanks.html", context)


def _page(
    request: HttpRequest,
    found: ScreeningShape,
    actor: Actor,
    givens: dict[str, Given],
    errors: dict[str, str],
    *,
    saved: bool = False,
) -> HttpResponse:
    with translation.override(found.language):
        context = {
            "sheet": sheet_of(found, actor, givens, errors),
            "screening": found,
            "partner": partners.partner(found.holder_id),
            "quick_exit": QUICK_EXIT,
            "saved": saved,
            "hide_nav": True,
            "hide_sign_in": True,
        }
        return render(request, "screening/alone.html", context)
