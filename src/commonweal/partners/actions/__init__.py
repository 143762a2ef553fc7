"""Acts on partners and members, bodies and seats."""

from commonweal.partners.actions.bodies import (
    add_seat,
    end_body,
    end_seat,
    fill_seat,
    found_body,
    vacate_seat,
)
from commonweal.partners.actions.membership import (
    add_member,
    end_membership,
    invite_member,
    join,
    leave,
    set_contact,
    state_limits,
    welcome,
    welcome_resident_member,
)

__all__ = [
    "add_member",
    "add_seat",
    "end_body",
    "end_membership",
    "end_seat",
    "fill_seat",
    "found_body",
    "invite_member",
    "join",
    "leave",
    "set_contact",
    "state_limits",
    "vacate_seat",
    "welcome",
    "welcome_resident_member",
]
