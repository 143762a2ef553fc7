"""Who may record what the table decided. Silence means no."""

from uuid import UUID

from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import Purpose
from commonweal.governance.models import Bylaws, Mandate
from commonweal.governance.vocabulary import Matter
from commonweal.kernel.clock import now
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners


def may_keep_record(actor: Actor) -> Verdict:
    """Enter minutes, give a mandate its effect, or withdraw one: the backbone, as the table's secretary.

    The backbone writes down what was decided; it has no vote. Row-level security asks the same again
    for the terms of agreements.
    """
    if actor.purpose is not Purpose.GOV:
        return deny(
            "governance.record.purpose", N_("Decisions are kept for deciding together, nothing else.")
        )
    if partners.acts_for_backbone(actor):
        return allow("governance.record.backbone", N_("The backbone keeps the table’s records."))
    return deny(
        "governance.record.not-backbone",
        N_("Only the backbone enters what the table decided."),
        N_("Ask the backbone to enter it, with the minutes."),
    )


def may_change_table(under: UUID | None) -> Verdict:
    """Whether bodies, seats and partners may be changed: freely while no bylaws are in force, then only
    under a live mandate on membership. Partners, a storey below, asks this (``partners.facade.judge_with``).
    """
    if Bylaws.objects.in_force(now()) is None:
        return allow("governance.table.founding", N_("No bylaws are in force yet: a table is being founded."))
    live = Mandate.objects.live(now())
    if under is not None and live.filter(pk=under, matter=Matter.MEMBERSHIP.value).exists():
        return allow("governance.table.mandate", N_("The table decided it."))
    return deny(
        "governance.table.no-mandate",
        N_("Who sits at the table changes only by a decision that is in force."),
        N_("Put it to the table as a question."),
    )
