"""Who may do what with a person's record. Silence means no; the database asks again."""

from collections.abc import Collection
from functools import cache
from uuid import UUID

from commonweal.foundation.access import Actor
from commonweal.foundation.access.rules import policy
from commonweal.foundation.access.vocabulary import CARE_ROLES, DataClass, Purpose, Relation, Role
from commonweal.kernel.errors import Refused
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_
from commonweal.people.models import Consent, SourceRecord
from commonweal.people.vocabulary import ConsentStatus, Stand

PEOPLE_ROLES = CARE_ROLES
"""Roles whose work is with persons; the pages of persons are for them."""

MAY_ASK = frozenset({Role.CASE_WORKER, Role.COORDINATOR, Role.PART2_STAFF, Role.RESIDENT})
"""Who records what a person says (state S0: R1, R3, R8 may ask; R6 in its own programme)."""


def acting_partner(actor: Actor) -> UUID:
    """The partner for whom ``actor`` acts. Raises Refused for one who acts for nobody."""
    if actor.partner_id is None:
        raise Refused(deny("people.no-partner", N_("Only someone who acts for an organization does this.")))
    return actor.partner_id


@cache
def _writes(role: Role, purpose: Purpose, data_class: DataClass, relation: Relation) -> bool:
    return any(
        rule.can_write
        for rule in policy()
        if (rule.role, rule.purpose, rule.data_class, rule.relation) == (role, purpose, data_class, relation)
    )


def may_register(actor: Actor) -> Verdict:
    """May ``actor`` make a record of a person for their partner?"""
    if actor.partner_id is None or not _writes(actor.role, actor.purpose, DataClass.D2, Relation.OWN):
        return deny(
            "people.register.role",
            N_("Your role here does not add people."),
            N_("Ask a case worker or coordinator of your organization."),
        )
    return allow("people.register", N_("You add people for your organization."))


def may_update(actor: Actor, record: SourceRecord) -> Verdict:
    """May ``actor`` change this record? Each partner changes its own; a person theirs at any partner."""
    if actor.person_id is not None and actor.person_id == record.person_id:
        return allow("people.update.own", N_("It is about you."))
    if record.holder_id != actor.partner_id:
        return deny(
            "people.update.holder",
            N_("Another organization keeps this record."),
            N_("Make your own record of this person, or ask that organization to change theirs."),
        )
    if not _writes(actor.role, actor.purpose, DataClass.D2, Relation.OWN):
        return deny("people.update.role", N_("Your role reads this record and does not change it."))
    return allow("people.update", N_("Your organization keeps this record."))


def may_record_consent(
    actor: Actor, person_id: UUID, discloser_id: UUID, *, known: bool, standing: Collection[Stand] = ()
) -> Verdict:
    """May ``actor`` record what the person allows ``discloser_id`` to tell?

    ``known``: the actor's partner has a record of the person. A stranger vouches for nobody.
    """
    if Stand.DISPUTED in standing:
        return deny(
            "people.consent.disputed",
            N_("Two people may be mixed up here. Nobody can say yes until somebody has looked."),
            N_("Settle that first, then ask."),
        )
    if Stand.DECEASED in standing:
        return deny("people.consent.deceased", N_("The person has died."))
    if actor.person_id is not None:
        if actor.person_id == person_id and actor.role is Role.RESIDENT:
            return allow("people.consent.own", N_("You decide about your own information."))
        return deny("people.consent.not-yours", N_("Only the person can say this."))
    if actor.role not in MAY_ASK or actor.partner_id is None:
        return deny(
            "people.consent.role",
            N_("Your role does not record what people allow."),
            N_("Ask a case worker or coordinator of your organization."),
        )
    if discloser_id != actor.partner_id:
        return deny(
            "people.consent.discloser",
            N_("You can ask for your own organization only."),
            N_("The other organization asks the person itself."),
        )
    if not known:
        return deny("people.consent.stranger", N_("Add the person first. Then ask."))
    return allow("people.consent", N_("The person told you, and you write it down."))


def may_withdraw(actor: Actor, consent: Consent, *, known: bool) -> Verdict:
    """May ``actor`` record that the person stops? The person always; else whoever may record for them."""
    if consent.status != ConsentStatus.ACTIVE.value or consent.revoked_at is not None:
        return deny("people.withdraw.over", N_("This has stopped already."))
    if actor.person_id is not None and actor.person_id == consent.person_id:
        return allow("people.withdraw.own", N_("You decide about your own information."))
    if known and actor.role in MAY_ASK and actor.partner_id is not None:
        return allow("people.withdraw", N_("The person told you, and you write it down."))
    return deny(
        "people.withdraw.role",
        N_("Your role does not record this."),
        N_("The person can stop it on their own page, or tell a case worker."),
    )


def may_restrict(actor: Actor, person_id: UUID, *, known: bool) -> Verdict:
    """May ``actor`` record that a partner must not see this person?"""
    if actor.person_id is not None and actor.person_id == person_id:
        return allow("people.restrict.own", N_("You decide who may not see you."))
    if known and actor.role in MAY_ASK and actor.partner_id is not None:
        return allow("people.restrict", N_("The person told you, and you write it down."))
    return deny("people.restrict.role", N_("Your role does not record this."))


def may_mark(actor: Actor, *, known: bool) -> Verdict:
    """May ``actor`` record that a person has died, or may be two people?"""
    if not known or actor.partner_id is None:
        return deny("people.mark.stranger", N_("Your organization does not know this person."))
    if not _writes(actor.role, actor.purpose, DataClass.D2, Relation.OWN):
        return deny("people.mark.role", N_("Your role does not record this."))
    return allow("people.mark", N_("Your organization keeps a record of this person."))


def may_give_page(actor: Actor, *, known: bool) -> Verdict:
    """May ``actor`` open a person's own page for them?"""
    return may_mark(actor, known=known)
