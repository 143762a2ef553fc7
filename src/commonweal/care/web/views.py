"""Whom I help, and changes to a team."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from commonweal.care import access, actions, queries
from commonweal.care.vocabulary import ChosenHow
from commonweal.foundation import audit
from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.access.web import actor_of, requires
from commonweal.kernel.errors import BadInput
from commonweal.kernel.words import N_
from commonweal.people import facade as people

helpers = requires(*sorted(access.HELPERS), purpose=Purpose.COORD)
readers = requires(*sorted(access.READERS), purpose=Purpose.COORD)
own = requires(Role.RESIDENT, purpose=Purpose.SELF)


@readers
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The people whom I help; those I lead for come first."""
    by = actor_of(request)
    places = queries.led_or_helped_by(by.account_id) if by.account_id else []
    found = people.people(p.person_id for p in places)
    rows = [{"place": p, "person": found[p.person_id]} for p in places if p.person_id in found]
    for row in rows:
        _note(by, row)
    return render(request, "care/mine.html", {"rows": rows, "leading": sum(p.is_lead for p in places)})


def _note(by: Actor, row: dict[str, Any]) -> None:
    audit.note_read(
        by=by,
        person_id=row["place"].person_id,
        what=N_("that you are on their list"),
        because="access.own",
    )


@helpers
@require_POST
def join(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Join a person's team."""
    try:
        actions.join(
            person_id,
            request.POST.get("does", ""),
            by=actor_of(request),
            phone=request.POST.get("phone", ""),
            languages=request.POST.get("languages", ""),
        )
    except BadInput:
        messages.info(request, _("Say in a few words what you do for the person."))
    else:
        messages.success(request, _("You are on the team. The person sees it on their page."))
    return redirect(f"/people/{person_id}/#care")


@helpers
@require_POST
def leave(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """Leave a team, or take a colleague off it."""
    actions.leave(member_id, by=actor_of(request))
    messages.success(request, _("Off the team. The person sees it on their page."))
    return redirect("care:mine")


@helpers
@require_POST
def lead(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """Write down whom the person chose."""
    how = ChosenHow.PHONE if request.POST.get("how") == ChosenHow.PHONE else ChosenHow.IN_PERSON
    try:
        actions.choose_lead(member_id, by=actor_of(request), how=how)
    except BadInput:
        messages.info(request, _("Somebody else was chosen this very moment. Please look again."))
    else:
        messages.success(request, _("Written down: this one leads now, because the person chose them."))
    return redirect("care:mine")


@own
@require_POST
def my_lead(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """The person chooses who leads for them."""
    actions.choose_lead(member_id, by=actor_of(request), how=ChosenHow.OWN_PAGE)
    messages.success(request, _("Done. You can choose again at any time."))
    return redirect("/my/")
