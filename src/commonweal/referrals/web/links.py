"""Pages opened by a link, without an account: a service answers, a person says whether it helped."""

from contextlib import suppress
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.access.web import public
from commonweal.foundation.links import Link, lapsed_link, open_link
from commonweal.kernel.domains import NeedDomain
from commonweal.kernel.errors import NotFound, Refused
from commonweal.kernel.ids import new_id
from commonweal.partners import facade as partners
from commonweal.partners.shapes import PartnerShape
from commonweal.referrals import actions
from commonweal.referrals.actions.inviting import BY_LETTER, BY_TEXT
from commonweal.referrals.actions.notices import ANSWER_LINK
from commonweal.referrals.models import Task
from commonweal.referrals.rules.wording import did_it_help
from commonweal.referrals.vocabulary import HELPED_WORDS, Helped, Provenance, Via
from commonweal.referrals.web import answer_page, saying

_FRAME = {"hide_sign_in": True, "hide_nav": True}
_QUIET = timedelta(hours=1)
"""Only one fresh link goes out in this time, however often the button is pressed."""

_PURPOSES = (Purpose.COORD, Purpose.TREAT)
"""An everyday request is read for coordination, a specially protected one for treatment alone."""


@public(context=False)
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def respond(request: HttpRequest, token: str) -> HttpResponse:
    """A service answers by its link. Every link that opens nothing gives one and the same page."""
    link = open_link(token, ANSWER_LINK)
    partner = partners.partner(link.partner_id) if link and link.partner_id else None
    if link is None or partner is None:
        return _over(request, token)
    for reader in _readers(partner):
        with suppress(NotFound), acting(reader):  # it may be shut while they answer
            visit = answer_page.find(link.subject, reader, Via.LINK)
            if visit is not None:
                return _answer(request, visit, link)
    return render(request, "referrals/link_ended.html", _FRAME, status=410)


def _readers(partner: PartnerShape) -> list[Actor]:
    return [Actor(Role.CASE_WORKER, purpose, partner.id, name=partner.name) for purpose in _PURPOSES]


def _over(request: HttpRequest, token: str) -> HttpResponse:
    """The one page for every link that opens nothing; its button says the same, whatever it could do."""
    is_asked = request.method == "POST" and request.POST.get("act") == "fresh"
    if is_asked:
        _send_again(token)
    return render(
        request, "referrals/link_over.html", _FRAME | {"for_service": True, "sent": is_asked}, status=404
    )


def _send_again(token: str) -> None:
    link = lapsed_link(token, ANSWER_LINK, quiet=_QUIET)
    partner = partners.partner(link.partner_id) if link and link.partner_id else None
    if link is None or partner is None:
        return
    for reader in _readers(partner):
        with acting(reader), suppress(NotFound, Refused):
            if answer_page.find(link.subject, reader, Via.LINK) is not None:
                actions.send_link_again(link.subject, by=reader, how=actions.How(Via.LINK))
                return


def _answer(request: HttpRequest, visit: answer_page.Visit, link: Link) -> HttpResponse:
    refusal = None
    if request.method == "POST":
        refusal = answer_page.perform(visit, request.POST)
        if refusal is None:
            return redirect(request.path)
    else:
        answer_page.opened(visit)
    posted = request.POST if refusal is not None else None
    context = answer_page.context_of(visit, refusal=refusal, posted=posted)
    context |= _FRAME | {"until": saying.day_time(link.expires_at), "token_page": True}
    return render(
        request, answer_page.template_for(visit), context, status=422 if refusal is not None else 200
    )


@public(context=False)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def said(request: HttpRequest, token: str) -> HttpResponse:
    """A person says by their link whether the help reached them. It names neither person nor service."""
    link, provenance = open_link(token, BY_TEXT), Provenance.SMS
    if link is None:
        link, provenance = open_link(token, BY_LETTER), Provenance.LETTER
    if link is None or link.partner_id is None:
        return render(request, "referrals/link_over.html", _FRAME, status=404)
    keeper = actions.program_of(link.partner_id)
    with acting(keeper):
        task = Task.objects.filter(pk=link.subject).first()
    if task is None:
        return render(request, "referrals/link_ended.html", _FRAME, status=410)
    if request.method == "POST":
        return _keep_said(request, task, provenance)
    context = _FRAME | {
        "question": did_it_help(NeedDomain(task.topic)),
        "answers": [(h.value, HELPED_WORDS[h]) for h in Helped],
        "intent": new_id(),
    }
    return render(request, "referrals/said.html", context)


def _keep_said(request: HttpRequest, task: Task, provenance: Provenance) -> HttpResponse:
    person = Actor(Role.RESIDENT, Purpose.SELF, person_id=task.person_id)
    try:
        helped = Helped(request.POST.get("helped", ""))
        with acting(person):
            actions.record_answer(
                task.pk,
                helped,
                by=person,
                provenance=provenance,
                words=request.POST.get("words", ""),
                language=request.LANGUAGE_CODE,
                how=actions.How(intent=saying.as_uuid(request.POST.get("intent"))),
            )
    except ValueError:
        return redirect(request.path)
    except (NotFound, Refused):
        return render(request, "referrals/link_ended.html", _FRAME, status=410)
    return render(request, "referrals/said_thanks.html", _FRAME)
