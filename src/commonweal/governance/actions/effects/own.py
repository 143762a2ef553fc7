"""The kinds that this storey registers for itself and for partners below. Called once, by ``apps``."""

from commonweal.governance.actions.effects import registry
from commonweal.governance.actions.effects.amending import AMENDING
from commonweal.governance.actions.effects.ending import WITHDRAW
from commonweal.governance.actions.effects.sharing import SHARING
from commonweal.governance.actions.effects.table import ALL
from commonweal.governance.actions.effects.work import DELEGATION, INITIATIVE, NONE


def register_own() -> None:
    """Register sharing, who sits at the table, delegations, initiatives, endings, and plain positions."""
    for effect in (SHARING, *ALL, AMENDING, DELEGATION, INITIATIVE, WITHDRAW, NONE):
        registry.register(effect)
