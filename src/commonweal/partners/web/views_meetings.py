"""Meetings: the list of them, and one meeting."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonweal.foundation.access.web import actor_of, public
from commonweal.kernel.clock import now
from commonweal.partners import access_meetings as access
from commonweal.partners import queries
from commonweal.partners.queries import agenda, meetings, ports_room, pulse, work
from commonweal.partners.rules import presence
from commonweal.partners.shapes_meetings import MeetingShape
from commonweal.partners.vocabulary_meetings import WORTH_NAMES
from commonweal.partners.web import views_coming
from commonweal.partners.web.forms import TONGUES
from commonweal.partners.web.forms_meetings import ItemForm, PartForm
from commonweal.partners.web.meeting_here import Here, here_at
from commonweal.partners.web.views_calling import callable_bodies


@require_safe
@public
def index(request: HttpRequest) -> HttpResponse:
    """Meetings to come, those whose time is being chosen, and those that were."""
    actor, chosen = actor_of(request), request.GET.get("body", "")
    body = queries.body_named(chosen) if chosen else None
    found = meetings.meetings([body.id] if body else None)
    coming = sorted((m for m in found if m.is_called or m.is_running), key=lambda m: m.starts_at or now())
    context = {
        "coming": coming,
        "choosing": [m for m in found if m.is_choosing],
        "past": [m for m in found if m.is_closed or m.is_cancelled][:40],
        "body": body,
        "may_call": bool(callable_bodies(actor)),
        "signed_in_here": access.is_of_the_table(actor),
    }
    return render(request, "partners/meetings.html", context)


@require_safe
@public
def meeting(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """One meeting: when and where, the agenda, who has which part, and afterwards what came of it."""
    here = here_at(request, meeting_id)
    shape = here.shape
    items = meetings.items(shape)
    named = access.is_of_the_table(here.actor)
    versions = meetings.versions(shape.id)
    context = {
        "here": here,
        "meeting": shape,
        "items": items,
        "planned": sum(i.minutes for i in items if not i.is_deferred),
        "named": named,
        "languages": _language_names(shape),
        "matters": agenda.candidates(here.body, shape) if shape.is_open and here.may_table else [],
        "may_table": here.may_table,
        "item_form": ItemForm(),
        "part_form": PartForm(seats=here.seats),
        "actions": work.of_meeting(shape.id) if named else [],
        "version": _shown(versions, named),
        "quorum": _quorum(here),
        "stipend": shape.stipend_cents / 100 if shape.stipend_cents else None,
        **_asked_worth(here),
        **views_coming.sums(here),
        **views_coming.mine(here),
    }
    return render(request, "partners/meeting.html", context)


def _quorum(here: Here) -> presence.Quorum:
    """How many must come, by the bylaws where they say so."""
    bylaws = ports_room.quorum(here.body, frozenset())
    return presence.quorum_now(meetings.chairs(here.seats), frozenset(), bylaws.needed if bylaws else None)


def _shown(versions: list[Any], named: bool) -> Any:
    """The latest version of the minutes; strangers read approved ones."""
    return next((v for v in reversed(versions) if named or v.is_approved), None)


def _language_names(shape: MeetingShape) -> list[str]:
    known = dict(TONGUES)
    return [str(known.get(tag, tag)) for tag in shape.languages]


def _asked_worth(here: Here) -> dict[str, Any]:
    account = here.actor.account_id
    open_ones = pulse.unanswered(account) if account and here.shape.is_closed else []
    seat = next((s for m, s in open_ones if m.id == here.shape.id), None)
    over = here.shape.is_closed and not pulse.is_open(here.shape.closed_at, now())
    return {
        "ask_worth": seat,
        "worth_choices": [(w.value, WORTH_NAMES[w]) for w in WORTH_NAMES],
        "worth": pulse.worth_of([here.shape.id]) if over else None,
    }
