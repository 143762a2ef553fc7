"""Who may ask, who may write down a need, who may load an instrument. Silence means no."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from uuid import UUID

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.explain import explain_many
from commonweal.foundation.access.rules import policy
from commonweal.foundation.access.vocabulary import DataClass, Purpose, Relation, Role, Segment, class_of
from commonweal.kernel.domains import SAFETY_DOMAINS
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_

SCREENERS = (Role.CASE_WORKER, Role.CLINICIAN, Role.COORDINATOR, Role.PART2_STAFF)
"""Roles that may ask a person and write down what they say."""

READERS = (*SCREENERS, Role.SUPERVISOR)
HOUSEHOLD = (Role.RESIDENT, Role.PROXY, Role.APP)
"""Those in whose hands somebody of the household may look over the shoulder."""


def may_screen(actor: Actor) -> Verdict:
    """May this actor ask a person, and write down the answers?"""
    if actor.role not in SCREENERS or actor.partner_id is None:
        return deny(
            "screening.role",
            N_("Your role does not ask people about their needs."),
            N_("Ask a case worker, a clinician or a coordinator to do it."),
        )
    return allow("screening.role", N_("Your role asks people about their needs."))


def may_ask(actor: Actor, person_id: UUID, segment: Segment) -> Verdict:
    """May this actor ask ``person_id`` questions of ``segment``? Only what one may write down is asked.

    Call it inside ``acting``; the answer is that of the policy which row-level security enforces.
    """
    return may_ask_many(actor, [person_id], segment)[person_id]


def may_ask_many(actor: Actor, person_ids: Iterable[UUID], segment: Segment) -> dict[UUID, Verdict]:
    """``may_ask`` for many persons, in one query."""
    persons = list(person_ids)
    verdict = may_screen(actor)
    if not verdict or segment is Segment.GENERAL:
        return dict.fromkeys(persons, verdict)
    data_class = class_of(DataClass.D4, segment)
    if not _may_write(actor.role, data_class):
        unasked = deny(
            "screening.segment",
            N_("Your role may not keep answers of this kind, so they are not asked here."),
            N_("Someone whose program is for this may ask them."),
        )
        return dict.fromkeys(persons, unasked)
    with keeping(actor, segment) as asker:
        return explain_many(
            asker, data_class, segment, person_ids=persons, holder_id=_partner(actor), topic="screening"
        )


def may_raise_need(actor: Actor) -> Verdict:
    """May this actor write down that a person wants help?"""
    return may_screen(actor)


def may_load(actor: Actor) -> Verdict:
    """May this actor add an instrument to the installation?"""
    if actor.role in (Role.OPERATOR, Role.ORG_ADMIN):
        return allow("screening.load", N_("You keep the forms of this installation."))
    return deny(
        "screening.load",
        N_("Forms are loaded by the one who runs the installation."),
        N_("Send them the file."),
    )


def hides(actor: Actor, segment: Segment, topic: str = "") -> bool:
    """Whether rows of ``segment`` or about ``topic`` stay off this actor's pages, though the database would
    show them.

    A person's own page can be seen by whoever holds the phone; safety stays off it (SECURITY W1).
    """
    return actor.role in HOUSEHOLD and (segment is Segment.DOMESTIC_VIOLENCE or topic in SAFETY_DOMAINS)


@contextmanager
def keeping(actor: Actor, segment: Segment) -> Iterator[Actor]:
    """Act so that rows of ``segment`` can be kept: those that are not general belong to treatment."""
    if segment is Segment.GENERAL or actor.purpose in (Purpose.TREAT, Purpose.SELF):
        yield actor
        return
    with acting(actor.for_purpose(Purpose.TREAT)) as treating:
        yield treating


def _may_write(role: Role, data_class: DataClass) -> bool:
    return any(
        rule.can_write
        for rule in policy()
        if rule.role is role
        and rule.data_class is data_class
        and rule.purpose is Purpose.TREAT
        and rule.relation is Relation.OWN
    )


def _partner(actor: Actor) -> UUID:
    assert actor.partner_id is not None
    return actor.partner_id
