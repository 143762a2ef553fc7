"""Answering with an account: the same page as by the link."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from commonweal.foundation.access import acting
from commonweal.foundation.access.vocabulary import Purpose
from commonweal.foundation.access.web import actor_of
from commonweal.kernel.errors import NotFound
from commonweal.referrals import access
from commonweal.referrals.vocabulary import Via
from commonweal.referrals.web import answer_page
from commonweal.referrals.web.lists import staff


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """One request that this partner was asked. Absent, hidden and another's look alike."""
    by = actor_of(request)
    if by.partner_id is None:
        raise NotFound("referral")
    for purpose in (Purpose.COORD, Purpose.TREAT):
        reader = by.for_purpose(purpose)
        with acting(reader):
            visit = answer_page.find(task_id, reader, Via.ACCOUNT)
            if visit is not None:
                return _answer(request, visit)
    raise NotFound("referral")


def _answer(request: HttpRequest, visit: answer_page.Visit) -> HttpResponse:
    refusal = None
    if request.method == "POST":
        refusal = answer_page.perform(visit, request.POST)
        if refusal is None:
            return redirect(request.path)
    elif visit.by.role in access.ASKERS:
        answer_page.opened(visit)
    context = answer_page.context_of(
        visit, refusal=refusal, posted=request.POST if refusal is not None else None
    )
    return render(
        request, answer_page.template_for(visit), context, status=422 if refusal is not None else 200
    )
