"""Who may sit where. Pure."""

from uuid import UUID

from commonweal.kernel.words import N_
from commonweal.partners.vocabulary import Authority, MemberClass


def seat_fault(
    *,
    seat_partner: UUID | None,
    seat_class: MemberClass | None,
    member_partner: UUID | None,
    member_is_resident: bool,
    authority: Authority,
    bounds: str,
) -> str:
    """Why a member can't sit there, in a plain sentence; empty when they can.

    A seat of residents is for those served who live here; a professional who lives here is not counted as one
    (DOMAIN §7.2).
    """
    if seat_partner is not None and member_partner != seat_partner:
        return N_("This seat belongs to a partner, which fills it with one of its own.")
    if seat_class is MemberClass.RESIDENT and not member_is_resident:
        return N_("This seat is for a resident who is or was served. An employee is not counted as one.")
    if authority is Authority.BOUNDED and not bounds.strip():
        return N_("Say where the authority ends.")
    return ""
