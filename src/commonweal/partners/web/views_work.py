"""What people took on between meetings."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from commonweal.foundation.access import Actor
from commonweal.foundation.access.web import actor_of
from commonweal.kernel.errors import BadInput, NotFound
from commonweal.partners import access_meetings as access
from commonweal.partners import queries
from commonweal.partners.actions import work as acts
from commonweal.partners.queries import work
from commonweal.partners.shapes_meetings import ActionShape
from commonweal.partners.web.doors import at_table
from commonweal.partners.web.forms_meetings import ActionForm, SettleForm
from commonweal.partners.web.meeting_here import blame, page_status


@require_http_methods(["GET", "HEAD", "POST"])
@at_table
def actions(request: HttpRequest) -> HttpResponse:
    """Everything that was taken on: mine first, then by body. Whoever sits on a body takes on more."""
    actor, chosen = actor_of(request), request.GET.get("body", "")
    bodies = queries.bodies()
    body = next((b for b in bodies if b.slug == chosen), None)
    found = work.of_bodies([body.id] if body else [b.id for b in bodies])
    form = _form(request, actor, body.id if body else None)
    if request.method == "POST" and body and form and form.is_valid():
        said = form.cleaned_data
        acts.take_on(body.id, UUID(said["seat"]), by=actor, words=said["words"], due_on=said["due_on"])
        messages.success(request, _("Written down."))
        return redirect(f"{request.path}?body={body.slug}")
    context = {
        "mine": work.of_account(actor.account_id) if actor.account_id else [],
        "open": [a for a in found if a.is_open],
        "settled": sorted((a for a in found if not a.is_open), key=lambda a: str(a.settled_at), reverse=True)[
            :30
        ],
        "body": body,
        "bodies": bodies,
        "form": form,
        "today": localdate(),
    }
    return render(request, "partners/actions.html", context, status=page_status(request))


def _form(request: HttpRequest, actor: Actor, body_id: UUID | None) -> ActionForm | None:
    if body_id is None:
        return None
    body = queries.bodies_by_id([body_id])[body_id]
    seats = queries.seats_of([body_id])[body_id]
    offered = seats if access.may_call(actor, body, seats) else access.sits_in(actor, seats)
    return ActionForm(request.POST or None, seats=offered) if offered else None


def _may_settle(actor: Actor, action: ActionShape) -> bool:
    if actor.account_id is not None and actor.account_id in action.account_ids:
        return True
    body = queries.bodies_by_id([action.body_id])[action.body_id]
    return bool(access.may_call(actor, body, queries.seats_of([body.id])[body.id]))


@require_http_methods(["GET", "HEAD", "POST"])
@at_table
def action(request: HttpRequest, action_id: UUID) -> HttpResponse:
    """One thing that was taken on: how it stands, what is in the way, what happened to it."""
    actor, found = actor_of(request), work.one(action_id)
    if found is None:
        raise NotFound("action")
    form = SettleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _settle(action_id, request.POST.get("verb", ""), form.cleaned_data, actor)
        except BadInput as fault:
            blame(form, BadInput("words" if fault.where in ("why", "what") else fault.where, fault.what))
        else:
            return redirect("partners:action", action_id)
    context = {
        "action": found,
        "form": form,
        "may_settle": found.is_open and _may_settle(actor, found),
        "today": localdate(),
        "late": found.is_late(localdate()),
    }
    return render(request, "partners/action.html", context, status=page_status(request))


def _settle(action_id: UUID, verb: str, said: dict[str, Any], by: Actor) -> None:
    words, due_on = said["words"], said["due_on"]
    if verb == "done":
        acts.finish(action_id, by=by, words=words)
    elif verb == "drop":
        acts.drop(action_id, by=by, why=words)
    elif verb == "block":
        acts.block(action_id, by=by, what=words)
    elif verb == "unblock":
        acts.unblock(action_id, by=by)
    elif verb == "later":
        if due_on is None:
            raise BadInput("due_on", _("Say the new day."))
        acts.put_later(action_id, by=by, due_on=due_on, why=words)
    else:
        raise NotFound("verb")
