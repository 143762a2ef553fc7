"""Who waits, whom to ask, who was asked; the forms that there are; a form on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import Purpose, Segment
from commonweal.foundation.access.web import actor_of, requires
from commonweal.kernel.domains import NAMES
from commonweal.people import facade as people
from commonweal.people.shapes import PersonShape
from commonweal.screening.access import READERS, may_screen
from commonweal.screening.queries import instruments, responses
from commonweal.screening.queries import needs as need_queries
from commonweal.screening.shapes import ScreeningShape
from commonweal.screening.vocabulary import MODE_NAMES, Mode, Outcome, ResponseStatus
from commonweal.screening.web.common import IN_LIST, here, note
from commonweal.screening.web.sheets import Sheet

PAGE = 20


@dataclass(frozen=True, slots=True)
class Row:
    """One screening in a list."""

    screening: ScreeningShape
    person: PersonShape | None
    look: str
    state: str
    mode: str
    title: str


@dataclass(frozen=True, slots=True)
class Found:
    """A person who fits the search, and when they were last asked."""

    person: PersonShape
    last: date | None


@require_safe
@requires(*READERS, purpose=Purpose.COORD)
def list_(request: HttpRequest) -> HttpResponse:
    """What waits for us, whom to ask, who was asked lately, who waits for help."""
    actor = actor_of(request)
    assert actor.partner_id is not None
    page = Paginator(_Recent(actor.partner_id), PAGE).get_page(request.GET.get("page"))
    waiting = responses.waiting(actor.partner_id)
    needs = need_queries.live_of_partner(actor.partner_id)
    known = people.people(
        {s.person_id for s in waiting}
        | {s.person_id for s in page.object_list}
        | {n.person_id for n in needs}
    )
    for person in known.values():
        note(actor, person, IN_LIST)
    name = " ".join(request.GET.get("name", "").split())
    context = {
        "waiting": [_row(one, known) for one in waiting],
        "recent": [_row(one, known) for one in page.object_list],
        "page": page,
        "needs": [(need, known.get(need.person_id), gettext(NAMES[need.domain])) for need in needs],
        "name": name,
        "found": _search(actor, name) if name else [],
        "may_screen": bool(may_screen(actor)),
        "instruments": [(i, i.title.said_in(here())) for i in instruments.all_current()],
    }
    return render(request, "screening/list.html", context)


@require_safe
@requires(*READERS, purpose=Purpose.COORD)
def paper(request: HttpRequest, key: str) -> HttpResponse:
    """A form to print. Questions about safety are left out of a paper that may be taken home."""
    form = instruments.current(key)
    language = request.GET.get("lang", form.languages[0])
    with_safety = request.GET.get("safety") == "yes"
    sheet = Sheet(
        instrument=form,
        language=language if language in form.languages else form.languages[0],
        mode=Mode.PAPER,
        may_ask=lambda segment: segment is Segment.GENERAL or with_safety,
    )
    has_safety = any(q.is_asked and q.segment is not Segment.GENERAL for q in form.walk())
    context = {
        "sheet": sheet,
        "with_safety": with_safety,
        "has_safety": has_safety,
        "title": form.title.said_in(sheet.language),
    }
    return render(request, "screening/paper.html", context)


class _Recent(Sequence[ScreeningShape]):
    """The partner's screenings for the paginator, fetched a page at a time."""

    def __init__(self, partner_id: UUID) -> None:
        self.partner_id = partner_id

    def __len__(self) -> int:
        return responses.count_of(self.partner_id)

    def __getitem__(self, chosen: Any) -> Any:
        return responses.recent(self.partner_id, chosen.stop - chosen.start, chosen.start)


def _search(actor: Actor, name: str) -> list[Found]:
    found = people.search(name=name).people
    last = responses.last_screened([person.id for person in found])
    for person in found:
        note(actor, person, IN_LIST)
    return [Found(person, last.get(person.id)) for person in found]


def _row(screening: ScreeningShape, known: dict[UUID, PersonShape]) -> Row:
    look, state = _state(screening)
    title = screening.instrument_title.said_in(here())
    return Row(
        screening, known.get(screening.person_id), look, state, gettext(MODE_NAMES[screening.mode]), title
    )


def _state(screening: ScreeningShape) -> tuple[str, str]:
    if screening.status is ResponseStatus.IN_PROGRESS:
        if screening.mode is Mode.SELF:
            return "is-wait", gettext("Waits for the person")
        return "is-moving", gettext("Begun")
    if screening.looked_at is None:
        return "is-wait", gettext("Answered alone: read it")
    if screening.outcome is Outcome.DECLINED:
        return "is-off", gettext("Did not want to be asked")
    if screening.outcome is Outcome.UNABLE:
        return "is-off", gettext("Could not answer")
    return "is-done", gettext("Answered")
