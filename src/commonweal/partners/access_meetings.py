"""Who may call, run and record a meeting, and who hears what is said in it. Silence means no."""

from collections.abc import Iterable
from uuid import UUID

from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import Role
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_
from commonweal.partners.access import acts_for_backbone
from commonweal.partners.shapes import BodyShape, SeatShape
from commonweal.partners.vocabulary import LEADS, BodyKind, SeatRole

STRANGERS = frozenset({Role.PUBLIC, Role.RESIDENT, Role.PROXY, Role.APP, Role.ADT_SENDER})
"""Who is no part of the table: they see what is public, and no names."""

RUN_IT = frozenset({*LEADS, SeatRole.SECRETARY, SeatRole.FACILITATOR})
"""Seats whose holders call and run meetings of their body."""


def _is_setup(actor: Actor) -> bool:
    return actor.role is Role.OPERATOR and actor.account_id is None


def sits_in(actor: Actor, seats: Iterable[SeatShape]) -> list[SeatShape]:
    """The seats from which this actor may speak."""
    if actor.account_id is None:
        return []
    return [seat for seat in seats if actor.account_id in seat.account_ids]


def may_hear(actor: Actor, body: BodyShape, seats: Iterable[SeatShape]) -> Verdict:
    """Learn what is said in a body. The database holds the same rule against whoever goes around this one."""
    if not body.is_private:
        return allow("meetings.hear.open", N_("Meetings of this body are in the open."))
    mine = sits_in(actor, seats)
    if body.kind is BodyKind.CAUCUS:
        for_nobody = actor.role is Role.MEMBER and actor.partner_id is None
        mine = [seat for seat in mine if seat.is_resident and for_nobody]
    if mine:
        return allow("meetings.hear.seat", N_("You sit on it."))
    return deny(
        "meetings.hear.private",
        N_("What is said here stays with those who sit here."),
        N_("Ask them to tell you what they want you to know."),
    )


def may_take_part(actor: Actor, seats: Iterable[SeatShape]) -> Verdict:
    """Say when one could come, put something on the agenda, ask to speak, say whether it was worth it."""
    if _is_setup(actor) or sits_in(actor, seats):
        return allow("meetings.part.seat", N_("You sit on it."))
    return deny("meetings.part.no-seat", N_("This is for those who sit on this body."))


def may_table(actor: Actor, body: BodyShape, seats: Iterable[SeatShape], *, takes_part: bool) -> Verdict:
    """Put a point on the agenda of a meeting to come: who sits there, and who takes part without a seat.

    ``takes_part``: whether the actor is on the body's roster.
    """
    part = may_take_part(actor, seats)
    if part or not takes_part or not may_hear(actor, body, seats):
        return part
    return allow("meetings.table.roster", N_("You take part in this body."))


def may_call(actor: Actor, body: BodyShape, seats: Iterable[SeatShape]) -> Verdict:
    """Call a meeting, move it, cancel it, give out its parts."""
    if _is_setup(actor):
        return allow("meetings.call.setup", N_("The installation is being set up."))
    hearing = may_hear(actor, body, seats)
    if not hearing:
        return hearing
    if any(seat.role in RUN_IT for seat in sits_in(actor, seats)):
        return allow("meetings.call.lead", N_("You lead this body, or keep its record."))
    if acts_for_backbone(actor) and not body.is_private:
        return allow("meetings.call.backbone", N_("The backbone helps bodies to meet. It has no vote."))
    return deny(
        "meetings.call.not-yours",
        N_("Those who lead this body call and run its meetings."),
        N_("Ask them, or the backbone."),
    )


def may_run(
    actor: Actor, body: BodyShape, seats: Iterable[SeatShape], parts: Iterable[UUID | None]
) -> Verdict:
    """Run a meeting and write its minutes: who may call it, and whose seats (``parts``) have a part in it."""
    seats = list(seats)
    calling = may_call(actor, body, seats)
    held = set(parts)
    if calling or not may_hear(actor, body, seats):
        return calling
    if any(seat.id in held for seat in sits_in(actor, seats)):
        return allow("meetings.run.part", N_("You have a part in this meeting."))
    return calling


def may_speak_from(actor: Actor, seat: SeatShape) -> Verdict:
    """Answer for a seat."""
    if _is_setup(actor) or (actor.account_id is not None and actor.account_id in seat.account_ids):
        return allow("meetings.seat.own", N_("This is your seat."))
    return deny("meetings.seat.not-yours", N_("Someone else sits there."))


def is_of_the_table(actor: Actor) -> bool:
    """Whether names of those who come and speak are shown to this actor."""
    return actor.role not in STRANGERS
