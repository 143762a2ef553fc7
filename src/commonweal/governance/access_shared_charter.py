"""Who may write on the shared charter, ask for signatures, and sign. Silence means no."""

from uuid import UUID

from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.governance.access_voting import seats_of_account
from commonweal.governance.vocabulary import Authority, Matter
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners
from commonweal.partners.shapes import HolderShape, SeatShape


def _is_setup(actor: Actor) -> bool:
    return actor.role is Role.OPERATOR and actor.account_id is None


def may_write(actor: Actor) -> Verdict:
    """Write a part of the draft, or say something about it: whoever sits at the table, in any body; the
    backbone writes down what others say."""
    if _is_setup(actor):
        return allow("charter.write.setup", N_("The installation is being set up."))
    if actor.purpose is Purpose.GOV and seats_of_account(actor):
        return allow("charter.write.seat", N_("Whoever sits at the table writes on it."))
    if partners.acts_for_backbone(actor) and actor.purpose is Purpose.GOV:
        return allow("charter.write.backbone", N_("The backbone keeps the table’s records."))
    return deny(
        "charter.write.no-seat",
        N_("It is written by those who sit at the table."),
        N_("Tell one of them what it should say."),
    )


def may_ask(actor: Actor) -> Verdict:
    """Ask a partner to sign: who leads the highest body, and the backbone."""
    if partners.acts_for_backbone(actor) and actor.purpose is Purpose.GOV:
        return allow("charter.ask.backbone", N_("The backbone keeps the table’s records."))
    mine = [seat for seat in seats_of_account(actor) if seat.leads]
    bodies = partners.bodies_by_id(seat.body_id for seat in mine).values()
    if any(body.parent_id is None and not body.is_private for body in bodies):
        return allow("charter.ask.lead", N_("You lead this body."))
    return deny("charter.ask.not-yours", N_("Who leads the table, or the backbone, asks for signatures."))


def may_sign(actor: Actor, partner_id: UUID) -> Verdict:
    """Sign for a partner, decline, or take a signature back: its delegate, if what it says on the bylaws
    binds it; its administrator where nobody sits for it. Nobody signs for another, the backbone neither."""
    hands = [
        (seat, hand)
        for seat in seats_of_account(actor)
        if seat.partner_id == partner_id and (hand := _hand(seat, actor.account_id)) is not None
    ]
    if any(_binds(hand) for _seat, hand in hands):
        return allow("charter.sign.delegate", N_("You sit for this organization, and may bind it."))
    if hands:
        return deny(
            "charter.sign.no-authority",
            N_("You sit for this organization. It has not said that you alone may bind it in this."),
            N_("Ask it to say so on the page of your seat."),
        )
    if actor.role is Role.ORG_ADMIN and actor.partner_id == partner_id and actor.purpose is Purpose.GOV:
        if not has_delegate(partner_id):
            return allow("charter.sign.administrator", N_("You speak for this organization."))
        return deny(
            "charter.sign.delegates-act",
            N_("Your delegate signs for your organization."),
            N_("Ask your delegate."),
        )
    return deny("charter.sign.not-yours", N_("Nobody signs for another organization."))


def _hand(seat: SeatShape, account_id: UUID | None) -> HolderShape | None:
    people = (*((seat.holder,) if seat.holder else ()), *seat.alternates)
    return next((one for one in people if one.account_id == account_id), None)


def _binds(hand: HolderShape) -> bool:
    return partners.authority_in(hand, Matter.BYLAWS.value) is Authority.FULL


def has_delegate(partner_id: UUID) -> bool:
    """Whether anybody with an account sits for a partner now, in a body that meets in the open."""
    open_bodies = [body.id for body in partners.bodies() if not body.is_private]
    found = partners.seats_of(open_bodies)
    return any(s.partner_id == partner_id and s.account_ids for seats in found.values() for s in seats)
