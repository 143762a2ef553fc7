"""Saying something without an account, and asking with the code what became of it."""

from datetime import datetime, time, timedelta
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from commonweal.foundation import links
from commonweal.foundation.access import acting
from commonweal.foundation.access.vocabulary import SEATED, Purpose
from commonweal.foundation.access.web import actor_of, public, requires
from commonweal.foundation.accounts.throttle import address_of, allowed
from commonweal.kernel.clock import now, today
from commonweal.kernel.errors import BadInput, NotFound
from commonweal.partners.shapes import BodyShape
from commonweal.voice import access, actions
from commonweal.voice.actions.mailing import STOP
from commonweal.voice.queries import inputs, telling
from commonweal.voice.shapes import Kept, Told
from commonweal.voice.vocabulary import Way
from commonweal.voice.web.forms import AskForm, SayForm, WriteDownForm

HOUR = timedelta(hours=1)
SAYINGS, GUESSES, ALL_GUESSES = 30, 10, 300
"""In an hour: what one address may say, how often it may guess a code, how often all together may."""


def _blame(form: SayForm, fault: BadInput) -> None:
    form.add_error(fault.where if fault.where in form.fields else None, _(fault.what))


def _told_to(actor_bodies: list[BodyShape], said: str) -> list[BodyShape]:
    """The bodies to choose from, the one that the address names first."""
    return sorted(actor_bodies, key=lambda body: body.slug != said)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("words", "name", "email", "phone")
@public
def say(request: HttpRequest) -> HttpResponse:
    """Say something: one field that must be filled. The answer shows the code, once."""
    bodies = _told_to(inputs.open_bodies(), request.GET.get("to", ""))
    form = SayForm(request.POST or None, bodies=bodies, initial={"once": uuid4()})
    if request.method == "POST" and form.is_valid():
        if not allowed("voice.say", address_of(request), times=SAYINGS, within=HOUR):
            form.add_error(None, _("Too much came from here in an hour. Come back in an hour."))
        elif (kept := _said(form, request)) is not None:
            return _kept(request, kept)
    status = 422 if request.method == "POST" else 200
    return render(request, "voice/say.html", {"form": form, "has_bodies": bool(bodies)}, status=status)


def _said(form: SayForm, request: HttpRequest) -> Kept | None:
    said = form.cleaned_data
    try:
        return actions.say(
            UUID(said["body"]),
            said["words"],
            by=actor_of(request),
            language=(get_language() or "en").split("-")[0],
            is_public=said["is_public"],
            name=said["name"],
            email=said["email"],
            phone=said["phone"],
            once=said["once"],
        )
    except BadInput as fault:
        _blame(form, fault)
        return None


def _kept(request: HttpRequest, kept: Kept, *, by_helper: bool = False) -> HttpResponse:
    response = render(request, "voice/kept.html", {"code": kept.code, "by_helper": by_helper}, status=201)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("words", "name", "email", "phone")
@requires(*SEATED, purpose=Purpose.GOV)
def write_down(request: HttpRequest) -> HttpResponse:
    """Write down for somebody what they said by phone, on paper or in a meeting."""
    actor = actor_of(request)
    bodies = _told_to(inputs.open_bodies(), request.GET.get("to", ""))
    start = {"once": uuid4(), "said_on": today().isoformat(), "way": Way.PHONE.value}
    form = WriteDownForm(request.POST or None, bodies=bodies, initial=start)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        moment = timezone.make_aware(datetime.combine(said["said_on"], time(12)))
        try:
            kept = actions.say(
                UUID(said["body"]),
                said["words"],
                by=actor,
                language=said["language"],
                way=Way(said["way"]),
                hand=form.hand_said(),
                is_public=said["is_public"],
                name=said["name"],
                where=said["where"],
                said_at=min(moment, now()) if said["said_on"] == today() else moment,
                once=said["once"],
                email=said["email"],
                phone=said["phone"],
            )
            return _kept(request, kept, by_helper=True)
        except BadInput as fault:
            _blame(form, fault)
    status = 422 if request.method == "POST" else 200
    return render(request, "voice/write_down.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("code")
@public
def ask(request: HttpRequest) -> HttpResponse:
    """What became of it? The code is posted, so that it stands in no address and in no log."""
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not _may_guess(request):
            form.add_error(None, _("Too many codes were tried from here. Come back in an hour."))
        elif (told := _told(form.cleaned_data["code"], stops="stop" in request.POST)) is None:
            form.add_error(
                "code", _("No code is like this. Look at each syllable, or ask who wrote it down.")
            )
        else:
            answer = render(request, "voice/told.html", {"told": told, "code": form.cleaned_data["code"]})
            answer.headers["Cache-Control"] = "no-store"
            return answer
    status = 422 if request.method == "POST" else 200
    return render(request, "voice/ask.html", {"form": form}, status=status)


def _may_guess(request: HttpRequest) -> bool:
    here = allowed("voice.ask", address_of(request), times=GUESSES, within=HOUR)
    return here and allowed("voice.ask.all", "", times=ALL_GUESSES, within=HOUR)


def _told(code: str, *, stops: bool) -> Told | None:
    """What became of the input of a code, read by the program that tells authors and for nobody else."""
    with acting(access.TELLER):
        found = inputs.by_code(code)
        if found is None:
            return None
        if stops:
            actions.stop_letters(found, by=access.TELLER)
        return telling.told(found)


@require_http_methods(["GET", "HEAD", "POST"])
@public
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """End the letters: asked once more, since mail programs open links by themselves."""
    link = links.open_link(token, STOP)
    if link is None:
        raise NotFound("link")
    if request.method == "POST":
        actions.stop_letters(link.subject, by=actor_of(request))
    return render(request, "voice/stop.html", {"is_done": request.method == "POST"})
