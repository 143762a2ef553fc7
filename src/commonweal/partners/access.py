"""Who may do what with partners and members. Silence means no."""

from uuid import UUID

from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import Role
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_
from commonweal.partners import rules
from commonweal.partners.models import Partner
from commonweal.partners.vocabulary import Kind


def _backbone_id() -> UUID | None:
    return Partner.objects.filter(kind=Kind.BACKBONE.value, left_on=None).values_list("pk", flat=True).first()


def _is_setup(actor: Actor) -> bool:
    """The command line, while there is no backbone yet or for the demo's seed."""
    return actor.role is Role.OPERATOR and actor.account_id is None


def acts_for_backbone(actor: Actor) -> bool:
    """Whether the actor administers the backbone."""
    return (
        actor.role is Role.ORG_ADMIN and actor.partner_id is not None and actor.partner_id == _backbone_id()
    )


def may_admit(actor: Actor) -> Verdict:
    """Take a partner in, or let it leave."""
    if acts_for_backbone(actor):
        return allow("partners.admit.backbone", N_("The backbone keeps the list of partners."))
    if _is_setup(actor):
        return allow("partners.admit.setup", N_("The installation is being set up."))
    return deny(
        "partners.admit.not-backbone",
        N_("Only the backbone keeps the list of partners."),
        N_("Ask the backbone."),
    )


def may_run(actor: Actor, partner_id: UUID) -> Verdict:
    """Speak for a partner: its limits, its contact, its people."""
    if actor.role is Role.ORG_ADMIN and actor.partner_id == partner_id:
        return allow("partners.run.own", N_("An administrator speaks for the organization."))
    if acts_for_backbone(actor):
        return allow("partners.run.backbone", N_("The backbone helps where a partner has no administrator."))
    if _is_setup(actor):
        return allow("partners.run.setup", N_("The installation is being set up."))
    return deny(
        "partners.run.not-yours",
        N_("Only an administrator of this organization may change this."),
        N_("Ask the administrator of the organization."),
    )


def may_seat(actor: Actor, partner_id: UUID, role: Role, *, to_account: UUID | None) -> Verdict:
    """Give someone a role at a partner."""
    running = may_run(actor, partner_id)
    if not running:
        return running
    giver = {"partners.run.setup": "setup", "partners.run.backbone": "backbone"}.get(running.rule, "partner")
    if acts_for_backbone(actor):
        giver = "backbone"
    to_self = to_account is not None and to_account == actor.account_id
    return rules.may_give(role, giver=giver, to_self=to_self)


def may_unseat(actor: Actor, partner_id: UUID | None) -> Verdict:
    """End someone's role: the partner's administrator or the backbone; of resident members the backbone."""
    return may_run(actor, partner_id) if partner_id else may_admit(actor)
