"""Who speaks for a holder's data. Silence means no."""

from uuid import UUID

from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_

_KNOWS_ITS_DATA = (Role.ORG_ADMIN, Role.ANALYST, Role.SUPERVISOR, Role.MEMBER)


def may_say_of_data(by: Actor, partner_id: UUID | None) -> Verdict:
    """May ``by`` say in a partner's own words what its data shows, and what it does not?"""
    own = partner_id is not None and by.partner_id == partner_id and by.account_id is not None
    if own and by.purpose is Purpose.GOV and by.role in _KNOWS_ITS_DATA:
        return allow("data.words.own", N_("Each organization says for itself what its data shows."))
    return deny(
        "data.words.not-own",
        N_("Only the organization that holds the data says what it shows and what it does not."),
        N_("Ask its delegate or its administrator to write it."),
    )
