"""The kinds that this storey registers for itself and for partners below. Called once, by ``apps``."""

from commonweal.governance.actions.effects import registry
from commonweal.governance.actions.effects.adopting import ADOPTING
from commonweal.governance.actions.effects.amending import AMENDING
from commonweal.governance.actions.effects.bodies import END_BODY, FOUND
from commonweal.governance.actions.effects.control import CONTROL
from commonweal.governance.actions.effects.delegation import DELEGATION
from commonweal.governance.actions.effects.ending import WITHDRAW
from commonweal.governance.actions.effects.giving_seats import GIVE_SEAT
from commonweal.governance.actions.effects.membership import ADMIT, END_PARTNER
from commonweal.governance.actions.effects.roles import GIVE_ROLE
from commonweal.governance.actions.effects.seats import ADD_SEAT, END_SEAT, FILL_SEAT
from commonweal.governance.actions.effects.sharing import SHARING
from commonweal.governance.actions.effects.work import INITIATIVE, NONE

_TABLE = (ADMIT, END_PARTNER, FOUND, END_BODY, ADD_SEAT, GIVE_SEAT, END_SEAT, FILL_SEAT, CONTROL, GIVE_ROLE)


def register_own() -> None:
    """Register sharing, who sits at the table and what for, delegations, initiatives, endings, positions."""
    for effect in (SHARING, *_TABLE, AMENDING, ADOPTING, DELEGATION, INITIATIVE, WITHDRAW, NONE):
        registry.register(effect)
