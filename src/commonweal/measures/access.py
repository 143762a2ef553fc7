"""Who may do what with measures. Everyone reads what is released; only the counting role counts."""

from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_


def may_compute(by: Actor) -> Verdict:
    """May ``by`` take facts without names and release what follows from them?"""
    if by.role in (Role.ANALYST, Role.BACKEND_SERVICE) and by.purpose is Purpose.OPS:
        return allow("measure.compute.counting", N_("Counting, without names, what the Table adopted."))
    if by.role is Role.OPERATOR and by.account_id is None:
        return allow("measure.compute.command", N_("The command line counts what the Table adopted."))
    return deny(
        "measure.compute.not-counting",
        N_("Only the counting job or an analyst may compute measures."),
        N_("Ask the data workgroup, or run the command that counts."),
    )


def may_set_target(by: Actor, for_backbone: bool) -> Verdict:
    """May ``by`` write down the number that a decision set as a target?"""
    if by.role is Role.BACKEND_SERVICE and by.purpose is Purpose.GOV:
        return allow("measure.target.decided", N_("The Table decided it."))
    if for_backbone or (by.role is Role.OPERATOR and by.account_id is None):
        return allow("measure.target.record-keeper", N_("The backbone writes down what the Table decided."))
    return deny(
        "measure.target.not-record-keeper",
        N_("Only the backbone writes down targets, and only those that the Table decided."),
        N_("Ask the backbone."),
    )


def may_see_partners(by: Actor, published: bool) -> Verdict:
    """May ``by`` see figures by partner? ``published``: the Table decided to publish them by name."""
    if published:
        return allow("measure.partners.published", N_("The Table decided to publish results by name."))
    if by.partner_id is not None or by.role in (Role.MEMBER, Role.ANALYST):
        return allow("measure.partners.at-the-table", N_("Those who sit at the Table see its own results."))
    return deny(
        "measure.partners.not-published",
        N_("The Table has not decided to publish results by name. Here is everyone together."),
        N_("Those who sit at the Table see them after signing in."),
    )
