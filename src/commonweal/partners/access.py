"""Who may do what with partners and members. Silence means no."""

from collections.abc import Callable
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


def may_take_in(actor: Actor, under: UUID | None) -> Verdict:
    """Take a partner in, or let it leave: set-up; the backbone while the table is being founded; then the
    table itself, by a decision that takes effect."""
    if _is_setup(actor):
        return may_admit(actor)
    if actor.role is not Role.BACKEND_SERVICE:
        keeping, decided = may_admit(actor), _mandated(under)
        if not keeping:
            # Where the table decides it, "ask the backbone" would send people to who may not do it either.
            return keeping if decided else decided
    return _mandated(under)


Judge = Callable[[UUID | None], Verdict]
"""Whether who sits at the table may be changed under this mandate (None: under none)."""

_judges: list[Judge] = []


def judge_with(judge: Judge) -> None:
    """Let governance, a storey above, say which changes a mandate allows. Called once, at the start."""
    _judges[:] = [judge]


def _mandated(under: UUID | None) -> Verdict:
    if _judges:
        return _judges[0](under)
    return deny("partners.shape.no-judge", N_("Nobody can say whether the table decided this."))


def may_shape(actor: Actor, under: UUID | None) -> Verdict:
    """Found or end a body or a seat, take a partner in, fill a seat that belongs to no partner.

    The act is done by the backbone or by the table itself (a certified decision taking effect), and once
    bylaws are in force only under a live mandate.
    """
    if _is_setup(actor):
        return allow("partners.shape.setup", N_("The installation is being set up."))
    if actor.role is not Role.BACKEND_SERVICE and not acts_for_backbone(actor):
        return deny(
            "partners.shape.not-backbone",
            N_("Who sits at the table is decided by the table."),
            N_("Put it to the table as a question."),
        )
    return _mandated(under)


def may_give_governed(actor: Actor, under: UUID) -> Verdict:
    """Give or end a role that watches over others by a decision: the table itself, under its mandate."""
    if _is_setup(actor) or actor.role is Role.BACKEND_SERVICE or acts_for_backbone(actor):
        return _mandated(under)
    return deny(
        "partners.role.not-the-table",
        N_("Who watches over others is decided by the table."),
        N_("Put it to the table as a question."),
    )


def may_fill(actor: Actor, partner_id: UUID | None, under: UUID | None) -> Verdict:
    """Fill or empty a seat: the partner whose it is; for a seat of a class, as the table decides."""
    return may_run(actor, partner_id) if partner_id else may_shape(actor, under)


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
    """Give someone a role at a partner; roles that watch over others, once bylaws are in force, never so."""
    running = may_run(actor, partner_id)
    if not running:
        return running
    if role in rules.GIVEN_BY_BACKBONE - rules.GIVEN_BY_PARTNER and not _is_setup(actor):
        founding = _mandated(None)
        if not founding:
            return founding
    giver = {"partners.run.setup": "setup", "partners.run.backbone": "backbone"}.get(running.rule, "partner")
    if acts_for_backbone(actor):
        giver = "backbone"
    to_self = to_account is not None and to_account == actor.account_id
    return rules.may_give(role, giver=giver, to_self=to_self)


def may_unseat(actor: Actor, partner_id: UUID | None) -> Verdict:
    """End someone's role: the partner's administrator or the backbone; of resident members the backbone."""
    return may_run(actor, partner_id) if partner_id else may_admit(actor)
