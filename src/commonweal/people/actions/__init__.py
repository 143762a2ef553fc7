"""What can happen to a person's record and consents: one function an act, ``by`` names who does it."""

from commonweal.people.actions.consents import (
    decline_consent,
    give_consent,
    give_consents,
    withdraw_consent,
)
from commonweal.people.actions.pages import give_own_page, link_account
from commonweal.people.actions.records import (
    keep_apart,
    keep_safe_address,
    register,
    register_many,
    update_record,
)
from commonweal.people.actions.standing import (
    dispute,
    lift_restriction,
    mark_deceased,
    restrict,
    settle_dispute,
)

__all__ = [
    "decline_consent",
    "dispute",
    "give_consent",
    "give_consents",
    "give_own_page",
    "keep_apart",
    "keep_safe_address",
    "lift_restriction",
    "link_account",
    "mark_deceased",
    "register",
    "register_many",
    "restrict",
    "settle_dispute",
    "update_record",
    "withdraw_consent",
]
