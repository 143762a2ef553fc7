"""What the pages share."""

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext

from commonweal.foundation.access import Actor
from commonweal.foundation.access.web import actor_of
from commonweal.foundation.audit import note_read
from commonweal.kernel.errors import NotFound
from commonweal.kernel.words import N_
from commonweal.people import facade as people
from commonweal.people.shapes import PersonShape
from commonweal.screening import facade
from commonweal.screening.shapes import NeedShape

NAME = N_("your name")
IN_LIST = N_("that you were asked about your needs")
ANSWERS = N_("your answers about your needs")
NEED = N_("what you want help with")

QUICK_EXIT = "https://www.weather.gov/"
"""Where *leave quickly* goes: a page that anybody may be reading."""


def person_at(person_id: UUID) -> PersonShape:
    """The person, as the actor may see them. Raises NotFound."""
    found = people.person(person_id)
    if found is None:
        raise NotFound("person")
    return found


def note(actor: Actor, person: PersonShape, what: str) -> None:
    """The person's log: this was read, on which ground."""
    because = "access.own" if actor.partner_id in person.holder_ids else "access.shared"
    note_read(by=actor, person_id=person.id, what=what, because=because)


def named_page(
    request: HttpRequest, who: PersonShape, template: str, context: Mapping[str, object]
) -> HttpResponse:
    """A page that names the person and shows nothing else of them, with its line in the person's log."""
    note(actor_of(request), who, NAME)
    return render(request, template, {"person": who, **context})


def here() -> str:
    """The language of the page."""
    return get_language() or "en"


def acts_for(need: NeedShape) -> list[tuple[str, str]]:
    """Links beside a need: words in the reader's language, and the address."""
    return [(gettext(act.words), act.url(need)) for act in facade.need_acts(need)]
