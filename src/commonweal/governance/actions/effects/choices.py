"""What the kinds about who sits at the table share: choices of their forms, and what they find."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TypeVar

from django.utils.timezone import localdate

from commonweal.foundation.access import Actor
from commonweal.governance.actions.effects.reading import uuid_in
from commonweal.governance.shapes import MandateShape
from commonweal.governance.shapes_effects import Choice, Params
from commonweal.kernel.errors import BadInput
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners
from commonweal.partners.shapes import BodyShape, PartnerShape, SeatShape
from commonweal.partners.vocabulary import MEMBER_CLASS_NAMES

Key = TypeVar("Key", bound=StrEnum)

ENDED = N_("The decision behind it has ended.")


def stays(mandate: MandateShape, params: Params, by: Actor) -> None:
    """What was ended stays ended: nothing works under such a mandate."""


def columns(table: str, *names: str) -> tuple[str, ...]:
    """Governed columns, as ``governs`` names them."""
    return tuple(f"{table}.{name}" for name in names)


def named(names: Mapping[Key, str]) -> Callable[[], list[Choice]]:
    """Choices of a fixed list with its names."""
    return lambda: [Choice(key.value, name) for key, name in names.items()]


def partner_choices() -> list[Choice]:
    """Everyone at the table."""
    return [Choice(str(p.id), p.name) for p in partners.all_partners()]


def other_choices() -> list[Choice]:
    """Everyone but the backbone."""
    return [Choice(str(p.id), p.name) for p in partners.all_partners() if not p.is_backbone]


def body_choices() -> list[Choice]:
    """Bodies that stand."""
    return [Choice(str(b.id), b.name) for b in partners.bodies()]


def seat_choices(only_of_classes: bool = False) -> list[Choice]:
    """Seats that stand."""
    found = []
    bodies = {b.id: b for b in partners.bodies()}
    for body_id, seats in partners.seats_of(bodies).items():
        found += [
            Choice(str(s.id), _seat_said(s, bodies[body_id]))
            for s in seats
            if not only_of_classes or s.partner_id is None
        ]
    return found


def _seat_said(seat: SeatShape, body: BodyShape) -> str:
    whose = seat.partner_name or (MEMBER_CLASS_NAMES[seat.member_class] if seat.member_class else "")
    return ", ".join(
        x for x in (body.name, seat.title or whose, seat.holder.name if seat.holder else "") if x
    )


def partner_in(params: Params, name: str = "partner") -> PartnerShape:
    """The partner that was chosen; it is here."""
    found = partners.partner(uuid_in(params, name))
    if found is None or not found.is_here:
        raise BadInput(name, N_("This organization is not at the table."))
    return found


def body_in(params: Params, name: str = "body") -> BodyShape:
    """The body that was chosen."""
    found = partners.bodies_by_id([uuid_in(params, name)]).get(uuid_in(params, name))
    if found is None:
        raise BadInput(name, N_("There is no such body."))
    return found


def seat_in(params: Params) -> SeatShape:
    """The seat that was chosen."""
    found = partners.seat(uuid_in(params, "seat"))
    if found is None:
        raise BadInput("seat", N_("There is no such seat."))
    return found


def bound(mandate: MandateShape, by: Actor) -> None:
    """Write the end of the mandate into what it made."""
    if mandate.ends_at is not None:
        partners.bound_by(mandate.id, localdate(mandate.ends_at), by=by)
