"""A seat that stands empty, given to another organization: nobody's vote is lost when one leaves."""

from datetime import datetime
from uuid import UUID

from django.urls import reverse

from commonweal.foundation.access import Actor
from commonweal.governance.actions.effects.choices import (
    ENDED,
    partner_choices,
    partner_in,
    seat_choices,
    seat_in,
)
from commonweal.governance.shapes import MandateShape
from commonweal.governance.shapes_effects import Asked, Choice, Effect, Params, Preview, PreviewRow
from commonweal.governance.vocabulary import Matter
from commonweal.kernel.errors import BadInput
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners


def _empty_seats() -> list[Choice]:
    """Seats of organizations in which nobody sits."""
    known = {choice.value: choice for choice in seat_choices()}
    seats = [s for of_body in partners.seats_of([b.id for b in partners.bodies()]).values() for s in of_body]
    return [known[str(s.id)] for s in seats if s.partner_id and s.holder is None and str(s.id) in known]


def _read(said: Params) -> Params:
    seat, to = seat_in(said), partner_in(said)
    if seat.partner_id is None:
        raise BadInput("seat", N_("This seat belongs to a class of members, not to an organization."))
    if seat.holder is not None:
        raise BadInput("seat", N_("Someone sits there. Only a seat that stands empty is given to another."))
    if seat.partner_id == to.id:
        raise BadInput("partner", N_("The seat is theirs already."))
    return {
        "seat": str(seat.id),
        "partner": str(to.id),
        "name": to.name,
        "former": str(seat.partner_id),
        "former_name": seat.partner_name,
    }


def _preview(params: Params, at: datetime) -> Preview:
    return Preview(
        N_("The seat belongs to another organization, which fills it with one of its own."),
        (PreviewRow(N_("Whose seat it is"), str(params["former_name"]), str(params["name"])),),
        (N_("Votes that are open already count as they were opened."),),
        N_("The seat goes back, if the organization before is still here; else it is taken away."),
    )


def _take(mandate: MandateShape, params: Params, by: Actor) -> None:
    partners.give_seat(UUID(str(params["seat"])), UUID(str(params["partner"])), by=by, under=mandate.id)


def _end(mandate: MandateShape, params: Params, by: Actor) -> None:
    """Give the seat back; whoever sits there for the other organization leaves it."""
    seat = partners.seat(UUID(str(params["seat"])))
    if seat is None or seat.given_under != mandate.id or seat.ends_on is not None:
        return
    former = partners.partner(UUID(str(params["former"])))
    why = mandate.withdrawn_why or ENDED
    if former is None or not former.is_here:
        partners.end_seat(seat.id, by=by, why=why, under=mandate.id)
        return
    if seat.holder is not None:
        partners.empty_seat(seat.id, by=by, member_id=seat.holder.member_id, why=why, under=mandate.id)
    partners.give_seat(seat.id, former.id, by=by, under=mandate.id)


GIVE_SEAT = Effect(
    kind="seat.give",
    matter=Matter.MEMBERSHIP,
    name=N_("Give an empty seat to another organization"),
    asks=(
        Asked("seat", N_("Which seat"), "one", choices=_empty_seats),
        Asked("partner", N_("Whose it will be"), "one", choices=partner_choices),
    ),
    read=_read,
    scope_of=lambda p: f"seat:{p['seat']}",
    preview=_preview,
    take=_take,
    end=_end,
    governs=("partners_seat.partner_id",),
    in_words=lambda p: str(p["name"]),
    screen=lambda m: reverse("partners:seat", args=[m.params["seat"]]),
)
