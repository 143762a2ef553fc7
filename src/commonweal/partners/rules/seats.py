"""Who may sit where, and for how long. Pure."""

import calendar
from datetime import date
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


def term_end(starts_on: date, months: int | None) -> date | None:
    """The first day after a term of so many months; None where the seat has no term.

    A term that would end on a day that the month does not have ends on the month's last day.
    """
    if months is None:
        return None
    year, month = divmod(starts_on.month - 1 + months, 12)
    year += starts_on.year
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(starts_on.day, last))
