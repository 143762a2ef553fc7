"""Who may write down what is owed, say what became of it, and say who answers for what. Silence means no."""

from uuid import UUID

from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.governance.access_voting import seats_of_account
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners


def speaks_for(actor: Actor, partner_id: UUID | None) -> bool:
    """Whether the actor sits for a partner, or administers it."""
    if partner_id is None or actor.account_id is None or actor.purpose is not Purpose.GOV:
        return False
    if actor.role is Role.ORG_ADMIN and actor.partner_id == partner_id:
        return True
    return any(seat.partner_id == partner_id for seat in seats_of_account(actor))


def may_write_down(actor: Actor, owes_id: UUID | None) -> Verdict:
    """Write down what a partner owes: the backbone, as the agreement has it; the partner itself."""
    if actor.purpose is Purpose.GOV and partners.acts_for_backbone(actor):
        return allow("obligations.write.backbone", N_("The backbone keeps the table’s records."))
    if speaks_for(actor, owes_id):
        return allow("obligations.write.own", N_("You bind your own organization."))
    return deny(
        "obligations.write.not-yours",
        N_("Nobody promises for another."),
        N_("Ask the backbone to write down what was signed."),
    )


def may_say_met(actor: Actor, owes_id: UUID | None, hands: frozenset[UUID] = frozenset()) -> Verdict:
    """Say that it is done: who owes it. ``hands``: accounts that answer for an activity or do it."""
    if speaks_for(actor, owes_id) or (actor.account_id is not None and actor.account_id in hands):
        return allow("obligations.met.own", N_("You say what your own side did."))
    return deny("obligations.met.not-yours", N_("Who owes it says that it is done."))


def may_receive(actor: Actor, to_id: UUID | None) -> Verdict:
    """Confirm, deny, waive or end what is owed: who receives it."""
    if speaks_for(actor, to_id):
        return allow("obligations.receive.own", N_("You say what reached your own side."))
    return deny("obligations.receive.not-yours", N_("Who receives it says whether it came."))


def may_end_agreement(actor: Actor, partner_id: UUID) -> Verdict:
    """End an agreement that lets nothing be told: one of its parties."""
    if speaks_for(actor, partner_id):
        return allow("obligations.agreement.party", N_("Your organization signed it."))
    return deny("obligations.agreement.not-party", N_("One of those who signed it ends it."))


def may_keep_work(actor: Actor, body_id: UUID) -> Verdict:
    """Say who answers for what in a body, and by when: who may call its meetings. Of a private body, nobody
    does here."""
    return partners.may_lead(actor, body_id)
