"""A meeting that is called: are you coming, what do you need for that, and for who prepares it the sums."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from commonweal.kernel.errors import BadInput, Refused
from commonweal.partners import access_meetings as access
from commonweal.partners.actions import coming as acts
from commonweal.partners.queries import wishing
from commonweal.partners.shapes import SeatShape
from commonweal.partners.vocabulary_meetings import OFFER_NAMES, TONGUE_NAMES, Coming, Offer
from commonweal.partners.web.doors import at_table
from commonweal.partners.web.forms_meetings import ComingForm
from commonweal.partners.web.meeting_here import Here, blame, here_at, page_status


@require_http_methods(["GET", "HEAD", "POST"])
@at_table
def coming(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Say whether one comes and what one needs, as often as one likes until the meeting begins."""
    here = here_at(request, meeting_id)
    if not (here.mine or here.may_call):
        raise Refused(access.may_take_part(here.actor, here.seats))
    if not here.shape.is_called:
        return redirect("partners:meeting", meeting_id)
    seats = _seats(request, here)
    form = ComingForm(
        request.POST or None, seats=seats, account_id=here.actor.account_id, initial=_before(here, seats)
    )
    if request.method == "POST" and form.is_valid():
        try:
            _say(form, here)
        except BadInput as fault:
            blame(form, fault)
        else:
            messages.success(request, _("Thank you. You can change it until the meeting begins."))
            return redirect("partners:meeting", meeting_id)
    for_others = bool(here.mine) and here.may_call and "others" not in request.GET
    context = {"meeting": here.shape, "form": form, "for_others": for_others, **sums(here)}
    return render(request, "partners/meeting_coming.html", context, status=page_status(request))


def _seats(request: HttpRequest, here: Here) -> list[SeatShape]:
    """One's own seats; who calls the meeting also writes down what others said on the phone."""
    wants_others = "others" in request.GET or not here.mine
    return here.seats if wants_others and here.may_call else here.mine


def _before(here: Here, seats: list[SeatShape]) -> dict[str, Any]:
    """What one said before. What another wrote for the same seat is theirs."""
    if not here.mine or here.mine[0] not in seats or len(seats) > len(here.mine):
        return {}
    seat = here.mine[0]
    known = wishing.own(here.shape.id, seat.id, here.actor.account_id)
    if known is None:
        return {"seat": str(seat.id)}
    said = {"needs": known.needs, "language": known.language, "words": known.words, "coming": known.coming}
    return said | {"seat": str(seat.id)}


def _say(form: ComingForm, here: Here) -> None:
    said = form.cleaned_data
    acts.say_coming(
        here.shape.id,
        UUID(said["seat"]),
        by=here.actor,
        coming=Coming(said["coming"]),
        needs=[Offer(o) for o in said["needs"]],
        language=said["language"],
        words=said["words"],
    )


def sums(here: Here) -> dict[str, Any]:
    """For who prepares a called meeting: how many come, and what is needed by how many. Nobody is named."""
    if not (here.may_call and here.shape.is_called):
        return {}
    shape = here.shape
    filled = [seat.id for seat in here.seats if seat.holder]
    return {
        "heads": wishing.heads(shape.id, filled),
        "wishes": [
            (wish, _(OFFER_NAMES[wish.offer]), _(TONGUE_NAMES.get(wish.language, wish.language)))
            for wish in wishing.wishes(shape.id, shape.offers, shape.languages)
        ],
        "other_words": wishing.other_words(shape.id),
    }


def mine(here: Here) -> dict[str, Any]:
    """What one's own seat said to a called meeting, for its page."""
    if not (here.mine and here.shape.is_called):
        return {}
    said = wishing.coming_of(here.shape.id).get(here.mine[0].id)
    holder = here.mine[0].holder
    holds = holder is not None and holder.account_id == here.actor.account_id
    return {"asked_coming": True, "said_coming": said, "holds_seat": holds}
