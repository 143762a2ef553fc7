"""Acts on partners and members, bodies and seats."""

from commonweal.partners.actions.bodies import (
    add_seat,
    end_body,
    end_seat,
    fill_seat,
    found_body,
    vacate_seat,
)
from commonweal.partners.actions.mandated import bound_by, empty_seat, end_role, give_role
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
from commonweal.partners.actions.seats import (
    give_seat,
    leave_note,
    leave_seat,
    say_in_body,
    set_authority,
    set_control,
)
from commonweal.partners.actions.taking_part import (
    answer_to_sitting,
    ask_to_sit,
    enroll,
    load_figures,
    stop_taking_part,
    take_part,
)

__all__ = [
    "add_member",
    "add_seat",
    "answer_to_sitting",
    "ask_to_sit",
    "bound_by",
    "empty_seat",
    "end_body",
    "end_membership",
    "end_role",
    "end_seat",
    "enroll",
    "fill_seat",
    "found_body",
    "give_role",
    "give_seat",
    "invite_member",
    "join",
    "leave",
    "leave_note",
    "leave_seat",
    "load_figures",
    "say_in_body",
    "set_authority",
    "set_contact",
    "set_control",
    "state_limits",
    "stop_taking_part",
    "take_part",
    "vacate_seat",
    "welcome",
    "welcome_resident_member",
]
