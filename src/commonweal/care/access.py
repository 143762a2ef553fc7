"""Who may change a care team."""

from uuid import UUID

from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_

HELPERS = frozenset({Role.CASE_WORKER, Role.CLINICIAN, Role.COORDINATOR, Role.PART2_STAFF})
READERS = HELPERS | {Role.SUPERVISOR}
STAY_READERS = frozenset({Role.COUNTY_WORKER})
"""Those who may know of a hospital stay without standing on care teams; the rows decide the rest."""


def may_join(by: Actor) -> Verdict:
    """May ``by`` join the team of a person, or add a colleague? The rows of the person decide the rest."""
    if by.role in HELPERS and by.partner_id is not None:
        return allow("care.join.helper", N_("Those who help a person stand on the person’s team."))
    return deny("care.join.role", N_("Only those who help a person stand on the person’s team."))


def may_remove(by: Actor, partner_id: UUID) -> Verdict:
    """A partner takes its own people off a team."""
    if by.role in HELPERS and by.partner_id == partner_id:
        return allow("care.leave.own", N_("A partner takes its own people off a team."))
    return deny("care.leave.other", N_("Only their own organization takes someone off a team."))


def may_choose_lead(by: Actor, person_id: UUID) -> Verdict:
    """Who leads is the person's choice; a worker may write down what the person chose."""
    if by.purpose is Purpose.SELF and by.person_id == person_id:
        return allow("care.lead.self", N_("You choose who leads for you."))
    if by.role in HELPERS and by.partner_id is not None:
        return allow("care.lead.taken", N_("You write down whom the person chose."))
    return deny(
        "care.lead.person",
        N_("Only the person chooses who leads for them."),
        N_("Ask the person, and write down what they say."),
    )


def may_tell_stay(by: Actor) -> Verdict:
    """A clinician tells the days of a stay in their own hospital, for treatment (SECURITY §2.5, R5, D5)."""
    if by.role is Role.CLINICIAN and by.purpose is Purpose.TREAT and by.partner_id is not None:
        return allow("care.stay.clinician", N_("The hospital says when someone goes home."))
    return deny("care.stay.role", N_("Only clinicians of the hospital say when someone goes home."))
