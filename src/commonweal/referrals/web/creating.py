"""Writing a request: from a need, over the services that fit, to the least that they are told."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.directory import facade as directory
from commonweal.directory.shapes_search import RoomAsk
from commonweal.directory.vocabulary import CAPACITY_NAMES
from commonweal.foundation import audit
from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose
from commonweal.foundation.access.web import actor_of
from commonweal.kernel.errors import BadInput, Conflict, NotFound, Refused
from commonweal.kernel.ids import new_id
from commonweal.kernel.verdict import Verdict, deny
from commonweal.kernel.words import N_
from commonweal.people import facade as people
from commonweal.people.shapes import PersonShape
from commonweal.people.vocabulary import LANGUAGES
from commonweal.referrals import access, actions
from commonweal.referrals.actions.writing import UNHEARD, Chosen
from commonweal.referrals.queries import matching, tasks, threads
from commonweal.referrals.queries.matching import Match
from commonweal.referrals.rules.segment import purpose_of, segment_of
from commonweal.referrals.shapes import Ask, TaskShape
from commonweal.referrals.vocabulary import STATUS_WORDS, Status
from commonweal.referrals.web import saying
from commonweal.referrals.web.forms import AskForm
from commonweal.referrals.web.thread import writers
from commonweal.screening import facade as screening
from commonweal.screening.shapes import NeedShape


def _need(by: Actor, need_id: UUID) -> tuple[Actor, NeedShape]:
    """The need, and the actor in the purpose under which it may be worked on."""
    for purpose in (Purpose.COORD, Purpose.TREAT):
        reader = by.for_purpose(purpose)
        with acting(reader):
            need = screening.needs([need_id]).get(need_id)
        if need is not None:
            return by.for_purpose(
                purpose_of(segment_of(need.domain, need.segment, to_victim_services=False))
            ), need
    raise NotFound("need")


@writers
@require_safe
def choose(request: HttpRequest, need_id: UUID) -> HttpResponse:
    """Services that fit this need: each says why it is here and what may stand in the way."""
    reader, need = _need(actor_of(request), need_id)
    with acting(reader):
        person = people.person(need.person_id)
        _note(reader, need)
        near = request.GET.get("near", "").strip()
        found = matching.matches(need, person, near)
        asks = directory.room_asks([m.hit.service_id for m in found])
        before = [(*saying.state_of(t), t.asked_whom, t.referral_id) for t in _earlier(need)]
    return render(
        request,
        "referrals/choose.html",
        {
            "need": need,
            "need_words": saying.need(need.domain),
            "person": person,
            "rows": [_row(m, asks.get(m.hit.service_id)) for m in found],
            "left": matching.services_left(found),
            "near": near or (person.place if person else ""),
            "again": saying.as_uuid(request.GET.get("again")),
            "before": before,
        },
    )


@writers
@require_http_methods(["POST"])
def nothing(request: HttpRequest, need_id: UUID) -> HttpResponse:
    """No service fits, or none is left: tell the Table."""
    reader, need = _need(actor_of(request), need_id)
    with acting(reader):
        actions.nothing_fits(need.id, by=reader)
    messages.success(request, _("Written down. The Table sees it as a gap that waits for an answer."))
    return redirect(f"/people/{need.person_id}/")


def _earlier(need: NeedShape) -> list[TaskShape]:
    return tasks.of_needs([need.id]).get(need.id, [])


def _note(by: Actor, need: NeedShape) -> None:
    audit.note_read(
        by=by,
        person_id=need.person_id,
        what=N_("a need of yours, to find a service that helps"),
        because="access.own" if need.holder_id == by.partner_id else "access.shared",
        subject=("need", need.id),
    )


def _row(match: Match, ask: RoomAsk | None) -> dict[str, Any]:
    hit = match.hit
    return {
        "match": match,
        "hit": hit,
        "room": directory.say(hit.room),
        "hours": directory.say(hit.hours),
        "why": [directory.say(s) for s in hit.why],
        "obstacles": [directory.say(s) for s in hit.obstacles],
        "fresh": directory.say(hit.freshness),
        "ask": ask,
        "ask_words": directory.say(ask.words) if ask and ask.words else "",
        "way": directory.say(hit.way) if hit.way else "",
        "asked": _(STATUS_WORDS[Status(match.asked_before)]) if match.asked_before else "",
    }


@writers
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, need_id: UUID) -> HttpResponse:
    """What the chosen services are told, the consent check, and the sending."""
    reader, need = _need(actor_of(request), need_id)
    services = [i for i in map(saying.as_uuid, request.GET.getlist("service")) if i]
    if not services:
        messages.info(request, _("Choose at least one service."))
        return redirect("referrals:choose", need_id)
    with acting(reader):
        choices = [_choice(reader, need, service_id) for service_id in services[:8]]
        reader = _stricter(reader, choices)
    with acting(reader):
        return _write(request, reader, need, choices)


def _stricter(by: Actor, choices: list[dict[str, Any]]) -> Actor:
    """A victim service provider is asked for treatment alone, whatever the need is about."""
    is_protected = any(c["chosen"] and c["chosen"].partner.is_victim_service_provider for c in choices)
    return by.for_purpose(Purpose.TREAT) if is_protected else by


def _choice(by: Actor, need: NeedShape, service_id: UUID) -> dict[str, Any]:
    room, chosen = actions.may_be_asked(service_id)
    verdict = _consent(by, need, chosen) if chosen else None
    words = CAPACITY_NAMES[chosen.room] if chosen else ""
    unheard = room.rule == UNHEARD.rule
    return {
        "id": service_id,
        "room": room,
        "room_words": words,
        "chosen": chosen,
        "verdict": verdict,
        "unheard": unheard,
    }


def _consent(by: Actor, need: NeedShape, chosen: Chosen) -> Verdict | None:
    assert by.partner_id is not None
    if chosen.partner.id == by.partner_id:
        return None
    segment = segment_of(
        need.domain, need.segment, to_victim_services=chosen.partner.is_victim_service_provider
    )
    with acting(by.for_purpose(purpose_of(segment))):
        return actions.may_share(need.person_id, by.partner_id, chosen.partner.id, segment, need.domain)


def _write(request: HttpRequest, by: Actor, need: NeedShape, choices: list[dict[str, Any]]) -> HttpResponse:
    person = people.person(need.person_id)
    form = AskForm(request.POST or None, initial=_initial(person))
    again = saying.as_uuid(request.GET.get("again"))
    earlier = threads.referral(again) if again else None
    if earlier:
        form.ask_nothing_anew()
    refusal = None
    if request.method == "POST" and form.is_valid():
        result = _send(by, need, choices, form, earlier.id if earlier else None)
        if isinstance(result, UUID):
            found = threads.referral_of_task(result)
            is_draft = form.cleaned_data["then"] == "draft"
            messages.success(request, _("Kept. Nothing was sent yet.") if is_draft else _("Sent."))
            return redirect("referrals:thread", found.id if found else need.id)
        refusal = result
    context = {
        "need": need,
        "need_words": saying.need(need.domain),
        "person": person,
        "choices": choices,
        "form": form,
        "refusal": refusal,
        "is_ready": all(
            c["chosen"] and not c["unheard"] and (c["verdict"] is None or c["verdict"]) for c in choices
        ),
        "is_full": any(c["chosen"] and not c["room"] and not c["unheard"] for c in choices),
        "several": len(choices) > 1,
        "earlier": earlier,
        "is_quiet": by.purpose is Purpose.TREAT,
        "by_voice": any(_is_by_voice(by, need, c["chosen"]) for c in choices if c["chosen"]),
    }
    return render(
        request, "referrals/write.html", context, status=422 if refusal is not None or form.errors else 200
    )


def _is_by_voice(by: Actor, need: NeedShape, chosen: Chosen) -> bool:
    to_victim_services = chosen.partner.is_victim_service_provider
    segment = segment_of(need.domain, need.segment, to_victim_services=to_victim_services)
    is_ours = chosen.partner.id == by.partner_id
    return not is_ours and not to_victim_services and access.is_told_by_voice(segment)


def _initial(person: PersonShape | None) -> dict[str, Any]:
    if person is None:
        return {"intent": new_id()}
    language = person.language if person.language in LANGUAGES else "en"
    return {"area": person.place, "language": language, "intent": new_id()}


def _send(
    by: Actor, need: NeedShape, choices: list[dict[str, Any]], form: AskForm, again: UUID | None
) -> UUID | Verdict:
    data = form.cleaned_data
    ask = Ask(data["words"], data["area"], data["language"], data["household"] or 0, data["getting_around"])
    wishes = actions.Wishes(
        is_urgent=data["urgent"],
        contact_prohibited=data["no_contact"],
        wants_waitlist=data["waitlist"],
        warm_handoff=bool(data["handoff_to"]),
        handoff_to=data["handoff_to"],
    )
    services = [c["id"] for c in choices]
    how = actions.How(intent=data["intent"])
    try:
        if data["then"] == "draft":
            return actions.draft(need.id, services, by=by, ask=ask, wishes=wishes, how=how)
        if again is not None:
            return actions.ask_another(again, services, by=by, wishes=wishes, how=how)
        return actions.ask(need.id, services, by=by, ask=ask, wishes=wishes, how=how)
    except Refused as refused:
        return refused.verdict
    except Conflict as conflict:
        return deny("referral.conflict", str(conflict))
    except BadInput:
        return deny("referral.form", N_("A safe house is asked alone. Choose only one."))
