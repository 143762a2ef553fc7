"""What the pages share."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from commonweal.foundation import audit
from commonweal.foundation.access import Actor
from commonweal.foundation.access.context import again_if_refused
from commonweal.foundation.access.web import actor_of, id_from
from commonweal.kernel.errors import NotFound
from commonweal.kernel.words import N_
from commonweal.people import facade
from commonweal.people.shapes import PersonShape, Place

NAME = N_("your name")
IN_LIST = N_("your name, in a list of people")
NAME_AND_CONTACT = N_("your name and how to reach you")
CONSENTS = N_("what you allow")


def person_at(request: HttpRequest, text: str) -> PersonShape:
    """The person of an address. Hidden, absent and malformed raise the same NotFound.

    That somebody asked stays on record under the id: the person, if there is one, reads it in their log.
    """
    person_id, actor = id_from(text), actor_of(request)
    found = facade.person(person_id)
    if found is None:
        again_if_refused(
            lambda: audit.record_refusal(
                by=actor, person_id=person_id, what=NAME_AND_CONTACT, because="people.hidden"
            )
        )
        raise NotFound("person")
    return found


def why_seen(actor: Actor, person: PersonShape) -> str:
    """On which ground the actor sees this person, for the person's log."""
    return "access.own" if actor.partner_id in person.holder_ids else "access.shared"


def named_page(
    request: HttpRequest,
    who: PersonShape,
    template: str,
    context: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """A page that names the person and shows nothing else of them, with its line in the person's log."""
    actor = actor_of(request)
    audit.note_read(by=actor, person_id=who.id, what=NAME, because=why_seen(actor, who))
    return render(request, template, {"person": who, **(context or {})}, status=status)


def note_list(actor: Actor, people: Sequence[PersonShape]) -> None:
    """Every name on a list was read."""
    for person in people:
        audit.note_read(by=actor, person_id=person.id, what=IN_LIST, because=why_seen(actor, person))


def panel_parts(place: Place, actor: Actor, person: PersonShape) -> list[dict[str, Any]]:
    """The panels of a place, ready for the template."""
    return [
        {"panel": panel, "template": panel.template, "values": values}
        for panel, values in facade.panels_for(place, actor, person)
    ]
