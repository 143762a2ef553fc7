"""``/directory/v/<token>/``: an organization confirms its entry by one link, without an account."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from commonweal.directory import facade
from commonweal.directory.actions import capacity, verification
from commonweal.directory.queries.due import entries_of
from commonweal.directory.queries.pace import pace
from commonweal.directory.rules.checking import FACTS
from commonweal.directory.shapes import ServiceShape
from commonweal.directory.vocabulary import Capacity
from commonweal.directory.web import describing
from commonweal.directory.web.painting import title_of
from commonweal.foundation.access import Actor
from commonweal.foundation.access.web import public
from commonweal.kernel.clock import now
from commonweal.kernel.errors import BadInput

_TELLABLE = {c.value: c for c in (Capacity.OPEN, Capacity.WAITLIST, Capacity.CLOSED)}


@public
def verify(request: HttpRequest, token: str) -> HttpResponse:
    """Is this still right? Yes or change for each fact, and whether there is room."""
    opened = verification.opened(token)
    if opened is None and (of_all := verification.opened(token, verification.ORGANIZATION_LINK)):
        return _all(request, token, of_all[0])
    service = facade.service(opened[0]) if opened else None
    if opened is None or service is None:
        return _gone(request)
    return _one(request, opened[1], service, "")


@public
def verify_one(request: HttpRequest, token: str, service_id: UUID) -> HttpResponse:
    """The same for one of an organization's entries, reached by the link for all of them."""
    opened = verification.opened(token, verification.ORGANIZATION_LINK)
    service = facade.service(service_id) if opened and service_id in entries_of(opened[0]) else None
    if opened is None or service is None:
        return _gone(request)
    return _one(request, opened[1], service, token)


def _one(request: HttpRequest, by: Actor, service: ServiceShape, token: str) -> HttpResponse:
    if request.method == "POST":
        return _answered(request, by, service, token)
    return _ask(request, service, {})


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "directory/verify_gone.html", {"days": pace().check_link.days}, status=404)


def _all(request: HttpRequest, token: str, organization_id: UUID) -> HttpResponse:
    """All entries of an organization; those that are due first."""
    found = facade.services(entries_of(organization_id)).values()
    moment = now()
    rows = [
        {"service": s, "is_due": checked is None or moment - checked > pace().check_due, "checked": checked}
        for s in found
        for checked in [s.provenance.verified_at if s.provenance else None]
    ]
    if not rows:
        return _gone(request)
    rows.sort(key=lambda row: not row["is_due"])
    name = next((s.organization.name for s in found if s.organization), "")
    context = {
        "rows": rows,
        "token": token,
        "organization": name,
        "due": sum(bool(r["is_due"]) for r in rows),
        "next": next((r["service"] for r in rows if r["is_due"]), None),
    }
    return render(request, "directory/verify_all.html", context)


def _ask(
    request: HttpRequest, service: ServiceShape, problems: dict[str, str], status: int = 200
) -> HttpResponse:
    facts = [
        {
            "code": code,
            "question": _(question),
            "published": published,
            "answer": request.POST.get(f"fact-{code}", ""),
            "said": request.POST.get(f"said-{code}", ""),
            "problem": problems.get(code, ""),
        }
        for code, question in FACTS.items()
        if (published := _published(service, code))
    ]
    context = {
        "service": service,
        "title": title_of(service.organization.name if service.organization else "", service.name),
        "facts": facts,
        "problems": problems,
        "room": request.POST.get("room", ""),
        "until": request.POST.get("until", ""),
    }
    return render(request, "directory/verify.html", context, status=status)


def _published(service: ServiceShape, fact: str) -> list[str]:
    """What the directory says now, as lines; the organization reads it as neighbors do."""
    places = describing.place_views(service, now())
    if fact == "hours":
        rows = [f"{row.day}: {row.times}" for place in places for row in place.hours]
        return [*rows, *(line for place in places for line in place.other_hours)] or [_("Nothing yet")]
    if fact == "place":
        return [", ".join(place.lines) for place in places if place.lines]
    if fact == "phone":
        numbers = [*describing.all_phones(service), *(p for place in places for p in place.phones)]
        return [words for words, _link in dict.fromkeys(numbers)] or [_("Nothing yet")]
    lines = dict(describing.fact_lines(service))
    texts = {
        "offer": service.description,
        "who": lines[_("Who can come")],
        "documents": lines[_("What to bring")],
        "cost": lines[_("What it costs")],
        "languages": lines[_("Languages")],
    }
    return [texts[fact]] if texts[fact] else [_("Nothing yet")]


def _answered(request: HttpRequest, by: Actor, service: ServiceShape, token: str) -> HttpResponse:
    confirmed = frozenset(code for code in FACTS if request.POST.get(f"fact-{code}") == "yes")
    wants = [code for code in FACTS if request.POST.get(f"fact-{code}") == "change"]
    changes = {code: request.POST.get(f"said-{code}", "").strip() for code in wants}
    problems = {code: _("Say in a few words what is right.") for code, said in changes.items() if not said}
    if request.POST.get("closed"):
        changes = {"other": _("We have closed for good.")}
        problems = {}
    room, until = _room(request, problems)
    if problems:
        return _ask(request, service, problems, status=400)
    try:
        if room:
            capacity.report_capacity(service.id, room, until=until, by=by, by_link=True)
    except BadInput as bad:
        return _ask(request, service, {"room": _(bad.what)}, status=400)
    checked = verification.answer_verification(service.id, confirmed, changes, by=by, by_link=True)
    return render(
        request,
        "directory/verify_thanks.html",
        {"service": service, "checked": checked, "changes": len(changes), "room": bool(room), "token": token},
    )


def _room(request: HttpRequest, problems: dict[str, str]) -> tuple[Capacity | None, date | None]:
    room = _TELLABLE.get(request.POST.get("room", ""))
    raw = request.POST.get("until", "").strip()
    if not raw or room in (None, Capacity.OPEN):
        return room, None
    try:
        return room, date.fromisoformat(raw)
    except ValueError:
        problems["room"] = _("Write the day as year-month-day, or leave it empty.")
        return room, None
