"""Who may leave a seat, say what a delegate decides, keep a roster, invite, write notes. Silence means no."""

from uuid import UUID

from django.db.models import Q

from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import Role
from commonweal.kernel.clock import today
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_
from commonweal.partners import access
from commonweal.partners.models import Body, Enrollment, Holding, Seat
from commonweal.partners.vocabulary import LEADS, BodyKind, MemberClass, MemberKind


def _sits(actor: Actor, where: Q) -> bool:
    if actor.account_id is None:
        return False
    day = today()
    live = Q(starts_on__lte=day) & (Q(ended_on=None) | Q(ended_on__gt=day))
    mine = Q(member__account_id=actor.account_id, member__left_on=None)
    return Holding.objects.filter(live & mine & where).exists()


def may_leave(actor: Actor, held: Holding, at_word_of: str = "") -> Verdict:
    """Leave a seat: the member, the partner that sent them, or the backbone at their word."""
    if actor.account_id is not None and actor.account_id == held.member.account_id:
        return allow("partners.leave.own", N_("Nobody is held in a seat."))
    seat = held.seat
    if seat.partner_id is not None and access.may_run(actor, seat.partner_id):
        return access.may_run(actor, seat.partner_id)
    if access.acts_for_backbone(actor) and at_word_of.strip():
        return allow("partners.leave.recorded", N_("The backbone writes down that someone leaves."))
    if access.acts_for_backbone(actor):
        return deny(
            "partners.leave.whose-word",
            N_("The backbone empties no seat. It writes down who left."),
            N_("Say who told you, and when."),
        )
    return deny(
        "partners.leave.not-yours",
        N_("Only the one who sits there, or who sent them, ends it."),
        N_("Ask them, or the backbone to write it down."),
    )


def may_authorize(actor: Actor, seat: Seat) -> Verdict:
    """Say what a delegate may decide: the partner that sent them. Nobody does so for a seat of a class."""
    if seat.partner_id is None:
        return deny(
            "partners.authority.own-voice",
            N_("Who sits for residents speaks for nobody’s organization and decides alone."),
        )
    return access.may_run(actor, seat.partner_id)


def may_keep_roster(actor: Actor, body: Body) -> Verdict:
    """Write down who takes part in a body: those who lead it, and the backbone."""
    if body.is_private and not _sits(actor, Q(seat__body=body)):
        return deny("partners.roster.private", N_("Only those who sit there know who takes part."))
    if access.acts_for_backbone(actor) or (actor.role is Role.OPERATOR and actor.account_id is None):
        return allow("partners.roster.backbone", N_("The backbone keeps the lists."))
    if _sits(actor, Q(seat__body=body, seat__role__in=[role.value for role in LEADS])):
        return allow("partners.roster.lead", N_("Those who lead it know who takes part."))
    return deny(
        "partners.roster.not-yours",
        N_("Those who lead this body keep the list."),
        N_("Ask one of them."),
    )


def may_stop_taking_part(actor: Actor, row: Enrollment) -> Verdict:
    """Take someone off a roster: they themselves, or who keeps it."""
    if actor.account_id is not None and actor.account_id == row.member.account_id:
        return allow("partners.roster.own", N_("Nobody is held here."))
    return may_keep_roster(actor, row.body)


def may_invite(actor: Actor, body: Body) -> Verdict:
    """Ask someone to sit at a body, or write down their answer: whoever sits there, and the backbone."""
    if not body.is_private and (
        access.acts_for_backbone(actor) or (actor.role is Role.OPERATOR and actor.account_id is None)
    ):
        return allow("partners.invite.backbone", N_("The backbone keeps the invitations."))
    if _sits(actor, Q(seat__body=body)):
        return allow("partners.invite.seated", N_("Whoever sits here may ask someone to come."))
    return deny(
        "partners.invite.not-seated",
        N_("Those who sit at this body invite."),
        N_("Tell one of them, or the backbone."),
    )


def may_speak_from(actor: Actor, seat_id: UUID) -> Verdict:
    """Leave a note in a seat: who sits there, or the partner's administrator."""
    if _sits(actor, Q(seat_id=seat_id)):
        return allow("partners.note.seated", N_("This is your seat."))
    seat = Seat.objects.select_related("body").filter(pk=seat_id).first()
    if seat is not None and not seat.body.is_private:
        if (
            seat.partner_id is not None
            and actor.role is Role.ORG_ADMIN
            and actor.partner_id == seat.partner_id
        ):
            return allow("partners.note.partner", N_("Your organization sits there."))
        if seat.partner_id is None and access.acts_for_backbone(actor):
            return allow("partners.note.backbone", N_("The backbone welcomes who sits there next."))
    return deny(
        "partners.note.not-yours",
        N_("What is left in a seat is for who sits there."),
        N_("Ask the one who sits there."),
    )


def may_say(actor: Actor, body_id: UUID) -> Verdict:
    """Say something in a body: who sits there. In a caucus: residents who act for no organization."""
    body = Body.objects.filter(pk=body_id).first()
    where, is_oneself = Q(seat__body_id=body_id), True
    if body is not None and body.kind == BodyKind.CAUCUS.value:
        where &= Q(seat__member_class=MemberClass.RESIDENT.value, member__kind=MemberKind.RESIDENT.value)
        is_oneself = actor.role is Role.MEMBER and actor.partner_id is None
    if is_oneself and _sits(actor, where):
        return allow("partners.word.seated", N_("You sit here."))
    return deny("partners.word.not-seated", N_("Only those who sit here read and write here."))


def may_count(actor: Actor) -> Verdict:
    """Load the county's figures: who sets up the installation, and the backbone."""
    if actor.role is Role.OPERATOR and actor.account_id is None:
        return allow("partners.figures.setup", N_("The installation is being set up."))
    if access.acts_for_backbone(actor):
        return allow("partners.figures.backbone", N_("The backbone keeps the county’s figures."))
    return deny("partners.figures.not-backbone", N_("The backbone keeps the county’s figures."))
