"""A letter about a sending never arrived: whoever asked hears that they have to call."""

from uuid import UUID

from django.db import transaction

from commonweal.foundation.access import Actor
from commonweal.kernel.verdict import allow
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners
from commonweal.referrals.actions.step import How, locked, note, write_audit
from commonweal.referrals.vocabulary import Event, Via

_REFUSED = allow("referral.letter.refused", N_("The other side’s mail server said so."))


@transaction.atomic
def not_delivered(task_id: UUID, partner_id: UUID | None, *, by: Actor) -> None:
    """Write into the thread: the letter to this partner, or (None) the text to the person, never came."""
    task = locked(task_id)
    partner = partners.partner(partner_id) if partner_id else None
    kind = Event.TEXT_LOST if partner_id is None else Event.NOT_DELIVERED
    note(task, kind, by, How(Via.SYSTEM), words=partner.name if partner else "")
    write_audit(
        task, "referral.letter-not-delivered", N_("Learned that a letter did not arrive."), by, _REFUSED
    )
