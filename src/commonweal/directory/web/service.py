"""A service's own page, and what a visitor can say about it."""

from uuid import UUID

import segno
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from commonweal.directory import access, facade
from commonweal.directory.actions.corrections import suggest_correction
from commonweal.directory.actions.wishes import say_unmet
from commonweal.directory.queries.checks import checks_of, is_confidential, source_name
from commonweal.directory.queries.words import full_day, say
from commonweal.directory.rules.freshness import freshness_words, is_stale
from commonweal.directory.rules.room import STATE_LOOKS
from commonweal.directory.shapes import ServiceShape
from commonweal.directory.vocabulary import STATUS_NAMES, ServiceStatus
from commonweal.directory.web import describing
from commonweal.directory.web.forms import CorrectionForm, WishForm
from commonweal.directory.web.painting import title_of
from commonweal.foundation.access.web import actor_of, public
from commonweal.kernel.clock import now
from commonweal.kernel.domains import NAMES, NeedDomain


def _found(service_id: UUID) -> ServiceShape:
    service = facade.service(service_id)
    if service is None:
        raise Http404
    return service


@public
def service(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """Everything that may be known of a service, with one act: call."""
    return _page(request, _found(service_id), CorrectionForm())


@public
def suggest(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """Keep what a visitor says is not right."""
    found = _found(service_id)
    if request.method != "POST":
        return redirect("directory:service", service_id)
    form = CorrectionForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=400)
    kept = suggest_correction(
        service_id, form.cleaned_data["fact"], form.cleaned_data["said"], by=actor_of(request)
    )
    if kept:
        messages.success(request, _("Thank you. Someone who looks after this list reads it, and asks them."))
    else:
        messages.info(request, _("Others said so too. It is being looked at."))
    return redirect("directory:service", service_id)


def _page(request: HttpRequest, found: ServiceShape, form: CorrectionForm, status: int = 200) -> HttpResponse:
    moment = now()
    room = facade.capacity(found.id)
    room_ask = (
        facade.room_asks([found.id]).get(found.id) if actor_of(request).role in access.SENDERS else None
    )
    places = describing.place_views(found, moment)
    phones = describing.all_phones(found) or [p for place in places for p in place.phones]
    organization = found.organization
    provenance = found.provenance
    assert provenance is not None
    return render(
        request,
        "directory/service.html",
        {
            "service": found,
            "title": title_of(organization.name if organization else "", found.name),
            "organization": organization,
            "description": describing.clean_text(found.description),
            "alert": found.alert,
            "room": room,
            "room_words": say(room.words),
            "room_look": STATE_LOOKS[room.state],
            "room_ask": room_ask,
            "room_ask_words": say(room_ask.words) if room_ask and room_ask.words else "",
            "room_told": full_day(room.told_at) if room.told_at else "",
            "places": places,
            "phones": phones,
            "confidential": is_confidential(found.id),
            "facts": describing.fact_lines(found),
            "needs": [(d.value, NAMES[d]) for d in found.domains if d is not NeedDomain.UNSPECIFIED],
            "checked": say(
                freshness_words(
                    provenance.verified_at, provenance.verified_how, provenance.verified_by, moment
                )
            ),
            "checks": checks_of(found.id),
            "stale": is_stale(provenance.verified_at, moment),
            "gone": found.status is not ServiceStatus.ACTIVE or provenance.not_seen_since is not None,
            "status_words": _(STATUS_NAMES[found.status]),
            "source_name": source_name(provenance.source),
            "form": form,
            "url": _address(found.id),
            "qr": _qr(_address(found.id)),
        },
        status=status,
    )


def _address(service_id: UUID) -> str:
    path = reverse("directory:service", args=[service_id])
    return f"{settings.BASE_URL}{path}"


def _qr(url: str) -> str:
    """The page's address as a picture that a phone reads."""
    svg = segno.make(url, error="m").svg_inline(scale=3, border=2, dark="#000", light="#fff")
    return mark_safe(svg)  # noqa: S308 - drawn by us from our own address


@public
def unmet(request: HttpRequest) -> HttpResponse:
    """Say that nothing in the list will do."""
    if request.method == "POST":
        form = WishForm(request.POST)
        if form.is_valid():
            domain = NeedDomain(form.cleaned_data["need"])
            say_unmet(domain, form.cleaned_data["near"], form.cleaned_data["reason"], by=actor_of(request))
            return redirect("directory:thanks")
        return render(request, "directory/unmet.html", {"form": form}, status=400)
    form = WishForm(initial={"need": request.GET.get("need", ""), "near": request.GET.get("near", "")})
    return render(request, "directory/unmet.html", {"form": form})


@public
def thanks(request: HttpRequest) -> HttpResponse:
    """What happens with an unmet need that was counted."""
    return render(request, "directory/thanks.html")
