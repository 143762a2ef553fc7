"""Who may make a public promise, and say what became of it. Silence means no."""

from uuid import UUID

from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import Role
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners


def may_promise(actor: Actor, seat_id: UUID | None, partner_id: UUID | None) -> Verdict:
    """Promise something for a seat or a partner: who sits there, its administrator, or the backbone, which
    writes down what was said."""
    if actor.role is Role.OPERATOR and actor.account_id is None:
        return allow("promises.make.setup", N_("The installation is being set up."))
    if _owns(actor, seat_id, partner_id):
        return allow("promises.make.own", N_("It is your own promise."))
    if partners.acts_for_backbone(actor):
        return allow("promises.make.backbone", N_("The backbone keeps the table’s records."))
    return deny(
        "promises.make.not-yours",
        N_("Nobody promises for another."),
        N_("Ask the one whose promise it would be."),
    )


def may_say_state(actor: Actor, seat_id: UUID | None, partner_id: UUID | None) -> Verdict:
    """Say that a promise was kept, broken or withdrawn: its owner; the backbone; and a resident member, so
    that those to whom it was said can say that it was broken."""
    making = may_promise(actor, seat_id, partner_id)
    if making or not (actor.role is Role.MEMBER and actor.account_id is not None):
        return making
    seats = partners.seats_with_account(actor.account_id)
    if any(seat.is_resident for seat in seats):
        return allow("promises.say.resident", N_("It was promised to those who live here."))
    return making


def _owns(actor: Actor, seat_id: UUID | None, partner_id: UUID | None) -> bool:
    if actor.account_id is None:
        return False
    seat = partners.seat(seat_id) if seat_id else None
    if seat is not None and actor.account_id in seat.account_ids:
        return True
    owner = partner_id or (seat.partner_id if seat else None)
    return owner is not None and actor.role is Role.ORG_ADMIN and actor.partner_id == owner
