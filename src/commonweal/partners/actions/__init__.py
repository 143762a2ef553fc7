"""Acts on partners and members, bodies and seats."""

from commonweal.partners.actions.agendas import (
    defer_item,
    end_item,
    move_item,
    put_item,
    start_item,
    take_up,
)
from commonweal.partners.actions.bodies import (
    add_seat,
    end_body,
    end_seat,
    fill_seat,
    found_body,
    vacate_seat,
)
from commonweal.partners.actions.calling import (
    add_slot,
    answer_slots,
    call_meeting,
    cancel_meeting,
    choose_slot,
    give_part,
    move_meeting,
)
from commonweal.partners.actions.feeds import (
    close_feed,
    open_feed,
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
from commonweal.partners.actions.minuting import (
    approve_minutes,
    strike_line,
    write_line,
)
from commonweal.partners.actions.pulse import (
    say_worth,
)
from commonweal.partners.actions.reminding import (
    nudge,
    remind,
)
from commonweal.partners.actions.running import (
    close_meeting,
    come,
    let_speak,
    lower_hand,
    open_meeting,
    raise_hand,
    stop_speaking,
)
from commonweal.partners.actions.running import (
    leave as leave_meeting,
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
from commonweal.partners.actions.work import (
    block,
    drop,
    finish,
    put_later,
    take_on,
    unblock,
)

__all__ = [
    "add_member",
    "add_seat",
    "add_slot",
    "answer_slots",
    "answer_to_sitting",
    "approve_minutes",
    "ask_to_sit",
    "block",
    "bound_by",
    "call_meeting",
    "cancel_meeting",
    "choose_slot",
    "close_feed",
    "close_meeting",
    "come",
    "defer_item",
    "drop",
    "empty_seat",
    "end_body",
    "end_item",
    "end_membership",
    "end_role",
    "end_seat",
    "enroll",
    "fill_seat",
    "finish",
    "found_body",
    "give_part",
    "give_role",
    "give_seat",
    "invite_member",
    "join",
    "leave",
    "leave_meeting",
    "leave_note",
    "leave_seat",
    "let_speak",
    "load_figures",
    "lower_hand",
    "move_item",
    "move_meeting",
    "nudge",
    "open_feed",
    "open_meeting",
    "put_item",
    "put_later",
    "raise_hand",
    "remind",
    "say_in_body",
    "say_worth",
    "set_authority",
    "set_contact",
    "set_control",
    "start_item",
    "state_limits",
    "stop_speaking",
    "stop_taking_part",
    "strike_line",
    "take_on",
    "take_part",
    "take_up",
    "unblock",
    "vacate_seat",
    "welcome",
    "welcome_resident_member",
    "write_line",
]
