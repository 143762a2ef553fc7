"""Asking: begin with a person, go through the form, hand over a link."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import Purpose, Segment
from commonweal.foundation.access.web import actor_of, id_from, requires
from commonweal.kernel.errors import Conflict
from commonweal.screening import access, actions
from commonweal.screening.access import SCREENERS
from commonweal.screening.queries import instruments, responses
from commonweal.screening.shapes import Given, InstrumentShape, ScreeningShape
from commonweal.screening.vocabulary import CHECK_IN, Mode, ResponseStatus
from commonweal.screening.web.common import ANSWERS, QUICK_EXIT, here, named_page, note, person_at
from commonweal.screening.web.forms import StartForm
from commonweal.screening.web.qr import qr_of
from commonweal.screening.web.sheets import Reading, Sheet, read


@require_http_methods(["GET", "HEAD", "POST"])
@requires(*SCREENERS, purpose=Purpose.COORD)
def new(request: HttpRequest, person: str) -> HttpResponse:
    """How shall this person be asked?"""
    actor, who = actor_of(request), person_at(id_from(person))
    forms = instruments.all_current()
    first = {
        "instrument": request.GET.get("instrument", CHECK_IN),
        "language": _language_of(who.language, forms),
    }
    form = StartForm(request.POST or None, initial=first, instruments=forms, here=here())
    if request.method == "POST" and request.POST.get("do") in ("declined", "unable"):
        actions.decline(who.id, by=actor, unable=request.POST["do"] == "unable")
        messages.success(request, gettext("Written down. Nobody needs to ask again today."))
        return redirect("screening:list")
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        screening_id = actions.start(
            who.id,
            by=actor,
            instrument_key=chosen["instrument"],
            mode=Mode(chosen["mode"]),
            language=chosen["language"],
            interpreter=chosen["interpreter"],
            asked_on=chosen["asked_on"] if chosen["mode"] == Mode.PAPER else None,
        )
        return redirect("screening:answer", screening_id)
    context = {"form": form, "before": responses.last_screened([who.id]).get(who.id)}
    return named_page(request, who, "screening/new.html", context)


def _language_of(language: str, forms: list[InstrumentShape]) -> str:
    spoken = language.split("-")[0]
    return spoken if any(spoken in form.languages for form in forms) else "en"


@require_http_methods(["GET", "HEAD", "POST"])
@requires(*SCREENERS, purpose=Purpose.COORD)
def answer(request: HttpRequest, screening: str) -> HttpResponse:
    """The form, for a worker who reads it aloud or copies it from paper; or the link for the person."""
    actor = actor_of(request)
    found, givens = responses.with_sensitive(actor, id_from(screening))
    who = person_at(found.person_id)
    if found.status is not ResponseStatus.IN_PROGRESS:
        return redirect("screening:review", found.id)
    if request.method == "POST" and found.mode is not Mode.SELF:
        done = receive(request, found, actor)
        if isinstance(done, HttpResponse):
            return done
        sheet = sheet_of(found, actor, done.typed, done.errors)
    else:
        sheet = sheet_of(found, actor, {given.link_id: given for given in givens})
    note(actor, who, ANSWERS)
    if found.mode is Mode.SELF:
        return render(request, "screening/hand_over.html", {"screening": found, "person": who})
    context = {"sheet": sheet, "screening": found, "person": who, "quick_exit": QUICK_EXIT}
    return render(request, "screening/answer.html", context)


@require_POST
@requires(*SCREENERS, purpose=Purpose.COORD)
def link(request: HttpRequest, screening: str) -> HttpResponse:
    """A fresh link with which the person answers alone. It is shown once and kept nowhere."""
    actor = actor_of(request)
    found = responses.screening(id_from(screening))
    token = actions.invite(found.id, by=actor)
    url = request.build_absolute_uri(reverse("screening:alone", args=[token]))
    context = {"screening": found, "url": url, "qr": qr_of(url)}
    return named_page(request, person_at(found.person_id), "screening/link.html", context)


@require_POST
@requires(*SCREENERS, purpose=Purpose.COORD)
def aloud(request: HttpRequest, screening: str) -> HttpResponse:
    """They would rather be asked than answer alone."""
    actions.ask_aloud(id_from(screening), by=actor_of(request))
    return redirect("screening:answer", screening)


def sheet_of(
    found: ScreeningShape,
    actor: Actor,
    givens: dict[str, Given],
    errors: dict[str, str] | None = None,
) -> Sheet:
    """The form of a screening, with what was said so far."""
    return Sheet(
        instrument=form_of(found),
        language=found.language,
        mode=found.mode,
        may_ask=asker(actor, found.person_id),
        givens=givens,
        errors=errors or {},
    )


def form_of(found: ScreeningShape) -> InstrumentShape:
    assert found.instrument_id is not None
    return instruments.instrument(found.instrument_id)


class asker:  # noqa: N801  (called like the function that it stands for)
    """``may_ask`` for one actor and one person, asked of the database once a segment."""

    def __init__(self, actor: Actor, person_id: UUID) -> None:
        self._actor, self._person_id = actor, person_id
        self._known: dict[Segment, bool] = {}

    def __call__(self, segment: Segment) -> bool:
        if segment not in self._known:
            self._known[segment] = bool(access.may_ask(self._actor, self._person_id, segment))
        return self._known[segment]


def receive(request: HttpRequest, found: ScreeningShape, actor: Actor) -> HttpResponse | Reading:
    """Keep what came in, and do what the button says. Returns the reading where something is to mend."""
    reading = read(form_of(found), request.POST, found.mode, asker(actor, found.person_id))
    do = request.POST.get("do", "")
    try:
        actions.save(found.id, reading.kept, by=actor)
        if do.startswith("language:"):
            actions.switch_language(found.id, do.removeprefix("language:"), by=actor)
            return redirect(request.get_full_path())
        if getattr(request, "htmx", False):
            return render(request, "screening/parts/kept.html", {"wrong": bool(reading.objections)})
        if reading.objections:
            return reading
        if do == "finish":
            actions.finish(found.id, by=actor)
            return redirect("screening:review", found.id)
    except Conflict:
        messages.info(request, gettext("These questions were answered already."))
        return redirect("screening:review", found.id)
    messages.success(request, gettext("Saved. You can go on whenever you like."))
    return redirect(request.get_full_path())
