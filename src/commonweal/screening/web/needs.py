"""Writing down that a person wants help, and where that stands."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import Purpose, Segment
from commonweal.foundation.access.web import actor_of, id_from, requires
from commonweal.kernel.domains import NAMES, NeedDomain
from commonweal.kernel.errors import NotFound, Refused
from commonweal.screening import actions
from commonweal.screening.access import READERS, SCREENERS, keeping, may_screen
from commonweal.screening.queries import needs as queries
from commonweal.screening.shapes import NeedMoveShape, NeedShape
from commonweal.screening.vocabulary import NEED_STATUS_NAMES, Agreed, NeedStatus, Urgency
from commonweal.screening.web.common import NEED, acts_for, named_page, note, person_at
from commonweal.screening.web.forms import MoveForm, RaiseForm
from commonweal.screening.web.review import NEED_LOOK

DOMAINS = [
    *(d for d in NeedDomain if d not in (NeedDomain.UNSPECIFIED, NeedDomain.PROTECTIVE)),
    NeedDomain.UNSPECIFIED,
]


@require_http_methods(["GET", "HEAD", "POST"])
@requires(*SCREENERS, purpose=Purpose.COORD)
def new(request: HttpRequest, person: str) -> HttpResponse:
    """The person asks for help with something, without a screening."""
    actor, who = actor_of(request), person_at(id_from(person))
    form = RaiseForm(request.POST or None, domains=DOMAINS)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        need_id = actions.raise_need(
            who.id,
            NeedDomain(chosen["domain"]),
            by=actor,
            agreed=Agreed(chosen["agreed"]),
            urgency=Urgency.URGENT if chosen["urgent"] else Urgency.ROUTINE,
        )
        messages.success(request, gettext("Written down."))
        return redirect("screening:need", need_id)
    return named_page(request, who, "screening/need_new.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(*READERS, purpose=Purpose.COORD)
def show(request: HttpRequest, need: str) -> HttpResponse:
    """One need: where it stands, how it came there, and where it goes."""
    actor = actor_of(request)
    found, moves = _found(actor, need)
    who = person_at(found.person_id)
    note(actor, who, NEED)
    verdict = may_screen(actor)
    form = MoveForm(request.POST or None, before=found.status)
    if request.method == "POST":
        if not verdict:
            raise Refused(verdict)
        if form.is_valid():
            status = NeedStatus(form.cleaned_data["status"])
            actions.set_need_status(found.id, status, by=actor, reason=form.cleaned_data["reason"])
            messages.success(request, gettext("Saved."))
            return redirect("screening:need", found.id)
    context = {
        "need": found,
        "name": gettext(NAMES[found.domain]),
        "person": who,
        "moves": [(move, gettext(NEED_STATUS_NAMES[move.after])) for move in moves],
        "look": NEED_LOOK[found.status],
        "status": gettext(NEED_STATUS_NAMES[found.status]),
        "form": form,
        "may_write": bool(verdict),
        "acts": acts_for(found) if verdict else [],
    }
    return render(request, "screening/need.html", context)


def _found(actor: Actor, text: str) -> tuple[NeedShape, list[NeedMoveShape]]:
    need_id = id_from(text)
    found = queries.needs([need_id]).get(need_id)
    if found is not None:
        return found, queries.moves_of(need_id)
    with keeping(actor, Segment.DOMESTIC_VIOLENCE):
        found = queries.needs([need_id]).get(need_id)
        if found is None:
            raise NotFound("need")
        return found, queries.moves_of(need_id)
