"""Who may record what the table decided. Silence means no."""

from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import Purpose
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
