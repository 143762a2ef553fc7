"""Who may give which role, and what a limits statement must say. Pure."""

from collections.abc import Collection

from commonweal.foundation.access.vocabulary import CARE_ROLES, Role
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_

GIVEN_BY_PARTNER = frozenset(
    {*CARE_ROLES, Role.ANALYST, Role.MEMBER, Role.ORG_ADMIN, Role.FINANCE_MAKER, Role.FINANCE_CHECKER}
)
"""Roles that a partner gives to its own people."""
GIVEN_BY_BACKBONE = GIVEN_BY_PARTNER | {Role.PRIVACY_OFFICER, Role.ELECTION_OFFICER}
"""Roles that watch over others come from the backbone."""

LIMITS_LENGTH = 1200


def may_give(role: Role, *, giver: str, to_self: bool) -> Verdict:
    """Whether a giver (``"partner"``, ``"backbone"`` or ``"setup"``) may give ``role``."""
    if giver == "setup":
        return allow("partners.role.setup", N_("The installation is being set up."))
    if to_self:
        return deny(
            "partners.role.self",
            N_("Nobody gives a role to oneself."),
            N_("Ask another administrator."),
        )
    roles: Collection[Role] = GIVEN_BY_BACKBONE if giver == "backbone" else GIVEN_BY_PARTNER
    if role not in roles:
        return deny(
            "partners.role.not-yours",
            N_("This role is not yours to give."),
            N_("Ask the backbone for it."),
        )
    return allow("partners.role.given", N_("An administrator gives this role."))


def limits_fault(can_do: str, cannot_do: str) -> str:
    """Why a limits statement can't be kept, in a plain sentence; empty when it can."""
    if not can_do.strip() or not cannot_do.strip():
        return N_("Say both: what you can do, and what you cannot.")
    if max(len(can_do), len(cannot_do)) > LIMITS_LENGTH:
        return N_("Say it shorter, so that a person in a hurry can read it.")
    return ""


def may_be_resident_member(*, lives_here: bool, is_or_was_served: bool, works_for_partner: bool) -> Verdict:
    """Resident members are those served who live here; a professional who lives here is not one."""
    if works_for_partner:
        return deny(
            "partners.resident.employee",
            N_("Someone who works for a partner does not sit for the residents."),
            N_("Add this person as a delegate or volunteer of the partner."),
        )
    if not (lives_here and is_or_was_served):
        return deny(
            "partners.resident.not-served",
            N_("A resident member lives here and is or was served."),
        )
    return allow("partners.resident", N_("Lives here, and is or was served."))
