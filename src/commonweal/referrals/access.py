"""Who may do what with a referral. Row-level security decides who sees the row; these decide the act."""

from collections.abc import Collection
from uuid import UUID

from commonweal.foundation.access import Actor
from commonweal.foundation.access.rules import Reading, decide_write
from commonweal.foundation.access.vocabulary import DataClass, Purpose, Relation, Role, Segment, class_of
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_
from commonweal.referrals.rules.machine import may_move
from commonweal.referrals.rules.segment import purpose_of
from commonweal.referrals.vocabulary import Party, Provenance, Status

ASKERS = frozenset({Role.CASE_WORKER, Role.CLINICIAN, Role.COORDINATOR, Role.PART2_STAFF})
"""Those who may ask a service for a person, and answer for the service that is asked."""

READERS = ASKERS | {Role.SUPERVISOR, Role.COUNTY_WORKER}
WRITERS = ASKERS | {Role.BACKEND_SERVICE}
OVERSEERS = frozenset({Role.COORDINATOR, Role.CLINICIAN, Role.SUPERVISOR})
"""Those who, with the person's consent, may see what other partners do for the person."""

TABLE_ROLES = frozenset({Role.MEMBER, Role.ORG_ADMIN, Role.ANALYST, Role.COORDINATOR, Role.SUPERVISOR})


def party_of(
    by: Actor, holder_id: UUID, owner_id: UUID | None, candidate_ids: Collection[UUID] = ()
) -> Party | None:
    """On which side of a sending ``by`` stands; the asking side where both are one partner."""
    if by.partner_id is None:
        return None
    if by.partner_id == holder_id:
        return Party.REQUESTER
    if by.partner_id == owner_id or (owner_id is None and by.partner_id in candidate_ids):
        return Party.TARGET
    return None


def may_ask(by: Actor, segment: Segment) -> Verdict:
    """May ``by`` write a request for help in this segment?"""
    if by.role not in WRITERS or by.partner_id is None:
        return deny(
            "referral.ask.role",
            N_("Only those who help people may ask a service for them."),
            N_("Ask the person’s case worker or care manager."),
        )
    if by.purpose is not purpose_of(segment):
        return deny(
            "referral.ask.purpose",
            N_("This is specially protected, and is handled apart from everyday requests."),
            N_("Open it from the person’s own page."),
        )
    return allow("referral.ask.worker", N_("Your work is to find help for people."))


def is_told_by_voice(segment: Segment) -> bool:
    """Whether a service can tell its answer only in words, to who asked, who writes it down.

    So it is where no role of the asked side may write into such records (SECURITY §2.5: treatment records
    under 42 CFR Part 2 are written by the programme that keeps them, and by nobody else).
    """
    kind = class_of(DataClass.D4, segment)
    readings = (Reading(role, purpose_of(segment), kind, Relation.SHARED) for role in sorted(ASKERS))
    return not any(decide_write(reading, shared_writes=True) for reading in readings)


def may_ask_several(segment: Segment) -> Verdict:
    """May a request of this segment go to several services, for the first that takes it?"""
    if is_told_by_voice(segment):
        return deny(
            "referral.several.by-voice",
            N_("These records go to one service at a time, since its answer is told by phone."),
            N_("Choose one service."),
        )
    return allow("referral.several", N_("The first that says yes takes it on."))


def may_answer_here(segment: Segment) -> Verdict:
    """May an asked service write its answer to a request of this segment?"""
    if is_told_by_voice(segment):
        return deny(
            "referral.answer.by-voice",
            N_("Only the program that keeps these records may write in them, so nothing is answered here."),
            N_("Call the one who asks. They write down what you say."),
        )
    return allow("referral.answer.here", N_("You were asked."))


def may_act(
    by: Actor, start: Status, end: Status, party: Party | None, *, is_own_service: bool = False
) -> Verdict:
    """May ``by``, on the side ``party``, take a sending from ``start`` to ``end``?

    A partner that asks a service of its own stands on both sides.
    """
    if by.role not in WRITERS:
        return deny(
            "referral.act.role",
            N_("You can read this. Changing it is for those who help the person."),
            N_("Ask the person’s case worker or care manager."),
        )
    if party is None:
        return deny("referral.act.party", N_("This request is between two other partners."))
    verdict = may_move(start, end, party)
    if not verdict and is_own_service and party is Party.REQUESTER:
        return may_move(start, end, Party.TARGET)
    return verdict


def may_speak(by: Actor, party: Party | None) -> Verdict:
    """May ``by`` add to the thread (a question, an answer, a reminder)?"""
    if by.role not in WRITERS or party is None:
        return deny("referral.speak.party", N_("Only the two sides of a request may write to each other."))
    return allow("referral.speak.party", N_("You are on one side of this request."))


_BY_ONESELF = frozenset({Provenance.SELF, Provenance.SMS, Provenance.LETTER})


def may_take_answer(by: Actor, person_id: UUID, party: Party | None, provenance: Provenance) -> Verdict:
    """May ``by`` record what the person said about the help? The person always; the service never."""
    if by.purpose is Purpose.SELF and by.person_id == person_id and provenance in _BY_ONESELF:
        return allow("referral.answer.self", N_("Only you can say if the need is met."))
    if provenance is Provenance.SELF:
        return deny("referral.answer.not-self", N_("Only the person can answer on their own page."))
    if by.role not in WRITERS:
        return deny("referral.answer.role", N_("Only those who help people may write an answer down."))
    if party is Party.TARGET:
        return deny(
            "referral.answer.target",
            N_("The service that helped does not write down whether it helped."),
            N_("The person can say it on their own page, by text, or to the one who asked for them."),
        )
    return allow("referral.answer.taken", N_("You may write down what the person told you."))


def may_answer_gap(by: Actor, is_backbone: bool) -> Verdict:
    """May ``by`` write the Table's answer to a gap? Only the backbone, which keeps the Table's papers."""
    if is_backbone and by.role in TABLE_ROLES:
        return allow("referral.gap.backbone", N_("The backbone writes down what the Table answers."))
    return deny(
        "referral.gap.backbone",
        N_("Only the backbone writes down the Table’s answer to a gap."),
        N_("Tell the backbone, or ask the Table."),
    )


def may_set_standard(by: Actor, is_backbone_admin: bool) -> Verdict:
    """May ``by`` enter what the Table decided about answers?"""
    if by.role is Role.BACKEND_SERVICE and by.purpose is Purpose.GOV:
        return allow("referral.standard.decided", N_("The Table decided it."))
    if is_backbone_admin or (by.role is Role.OPERATOR and by.account_id is None):
        return allow("referral.standard.backbone", N_("The backbone keeps the Table’s papers."))
    return deny(
        "referral.standard.backbone",
        N_("Only the backbone enters what the Table decided."),
        N_("Ask the backbone."),
    )


def may_see_all_burden(by: Actor, is_backbone: bool) -> Verdict:
    """Each partner sees its own minutes; the backbone, for the Table, everyone’s."""
    if is_backbone and by.role in TABLE_ROLES:
        return allow("referral.burden.table", N_("The Table sees the work of all."))
    return deny("referral.burden.own", N_("A partner sees its own work."))


def may_count_waits(by: Actor) -> Verdict:
    """May ``by`` see how many requests wait too long? Who administers a partner; for all, the backbone."""
    if by.role is Role.ORG_ADMIN and by.partner_id is not None:
        return allow("referral.waits.admin", N_("Counts without names are for those who administer."))
    return deny("referral.waits.admin", N_("Only administrators see how much waits."))


def may_count(by: Actor) -> Verdict:
    """May ``by`` take facts without identities, for measures?"""
    if by.role in (Role.BACKEND_SERVICE, Role.ANALYST) and by.purpose is Purpose.OPS:
        return allow("referral.facts.counting", N_("Counting, without names, for the Table’s measures."))
    return deny("referral.facts.counting", N_("Only the measures of the Table may count referrals."))
