"""Who acts under a delegation, reports about it, and reads the report. Silence means no."""

from uuid import UUID

from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.governance import access_voting
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_


def may_speak_for_delegate(actor: Actor, partner_id: UUID) -> Verdict:
    """Decide something under a delegation, or report about it: who administers the delegate."""
    if actor.purpose is Purpose.GOV and actor.role is Role.ORG_ADMIN and actor.partner_id == partner_id:
        return allow("governance.delegation.own", N_("The table let your organization decide this alone."))
    return deny(
        "governance.delegation.not-yours",
        N_("Only whom the table let decide this alone decides it alone."),
        N_("Put it to the table as a question."),
    )


def may_read_for_table(actor: Actor, body_id: UUID | None, partner_id: UUID) -> Verdict:
    """Say that a report was read: somebody with a seat on the body that delegated, and not the delegate."""
    if actor.account_id is None or actor.purpose is not Purpose.GOV:
        return deny(
            "governance.report.stranger", N_("Reports are read for the table by those who sit there.")
        )
    if actor.partner_id == partner_id:
        return deny(
            "governance.report.own",
            N_("Who wrote a report does not say that the table read it."),
            N_("Ask someone with a seat at the table."),
        )
    mine = access_voting.seats_of_account(actor)
    if any(body_id is None or seat.body_id == body_id for seat in mine):
        return allow("governance.report.seat", N_("You hold a seat on the body that delegated this."))
    return deny(
        "governance.report.no-seat",
        N_("Reports are read for the table by those who sit there."),
        N_("Ask someone with a seat at the table."),
    )
