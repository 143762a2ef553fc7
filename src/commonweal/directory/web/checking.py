"""``/directory/v/<token>/``: an organization confirms its entry by one link, without an account."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from commonweal.directory import facade
from commonweal.directory.actions import capacity, verification
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
    service = facade.service(opened[0]) if opened else None
    if opened is None or service is None:
        return render(request, "directory/verify_gone.html", status=404)
    if request.method == "POST":
        return _answered(request, opened[0], opened[1], service)
    return _ask(request, service, {})


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


def _answered(request: HttpRequest, service_id: UUID, by: Actor, service: ServiceShape) -> HttpResponse:
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
            capacity.report_capacity(service_id, room, until=until, by=by, by_link=True)
    except BadInput as bad:
        return _ask(request, service, {"room": _(bad.what)}, status=400)
    checked = verification.answer_verification(service_id, confirmed, changes, by=by, by_link=True)
    return render(
        request,
        "directory/verify_thanks.html",
        {"service": service, "checked": checked, "changes": len(changes), "room": bool(room)},
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
