"""Writing a request: which service, which words, whose need. Nothing leaves here."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import IntegrityError, transaction

from commonweal.directory import facade as directory
from commonweal.directory.shapes import ServiceShape
from commonweal.directory.vocabulary import Capacity
from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import Segment
from commonweal.kernel.clock import now
from commonweal.kernel.errors import BadInput, Conflict, NotFound
from commonweal.kernel.ids import new_id
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners
from commonweal.partners.shapes import PartnerShape
from commonweal.people import facade as people
from commonweal.referrals import access
from commonweal.referrals.actions.step import (
    PLAIN,
    How,
    check,
    note,
    own_partner,
    plain_words,
    write_audit,
)
from commonweal.referrals.actions.stuck import not_stuck
from commonweal.referrals.actions.unmet import place_of
from commonweal.referrals.models import Candidate, Referral, Task
from commonweal.referrals.queries import matching
from commonweal.referrals.rules.segment import segment_of
from commonweal.referrals.shapes import Ask
from commonweal.referrals.vocabulary import Event
from commonweal.screening import facade as screening
from commonweal.screening.shapes import NeedShape
from commonweal.screening.vocabulary import LIVE_NEEDS

NO_ASK = Ask()


UNHEARD = deny(
    "referral.service.unheard",
    N_("They have no e-mail address here and nobody signs in for them, so nobody would hear of it."),
    N_("Call together with the person. The backbone can add an address for next time."),
)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What else goes with a request. ``handoff_to`` names who is to receive the person in a warm handoff."""

    is_urgent: bool = False
    contact_prohibited: bool = False
    wants_waitlist: bool = False
    warm_handoff: bool = False
    handoff_to: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A service that is to be asked, with the partner behind it."""

    service: ServiceShape
    partner: PartnerShape
    room: Capacity = field(default=Capacity.UNKNOWN)


def may_be_asked(service_id: UUID, *, wants_waitlist: bool = False) -> tuple[Verdict, Chosen | None]:
    """Can this service be asked here, and has it room? The cure says what to do instead."""
    service = directory.service(service_id)
    partner_id = service.organization.partner_id if service and service.organization else None
    partner = partners.partner(partner_id) if partner_id else None
    if service is None:
        raise NotFound("service")
    if partner is None or not partner.is_here:
        verdict = deny(
            "referral.service.no-partner",
            N_("This organization is not at the table, so nothing about a person can be sent to it."),
            N_("Call together with the person, or give them the number."),
        )
        return verdict, None
    if not matching.is_heard(partner):
        return UNHEARD, Chosen(service, partner)
    room = Capacity(directory.capacity(service_id).state)
    chosen = Chosen(service, partner, room)
    if room is Capacity.CLOSED and not wants_waitlist:
        verdict = deny(
            "referral.service.full",
            N_("They say that they are full right now."),
            N_("Choose another, or say that the person wants to wait for a place."),
        )
        return verdict, chosen
    return allow("referral.service.room", N_("They can be asked.")), chosen


def need_of(need_id: UUID) -> NeedShape:
    need = screening.needs([need_id]).get(need_id)
    if need is None:
        raise NotFound("need")
    return need


def may_draft(need: NeedShape, by: Actor, segment: Segment) -> Verdict:
    """May ``by`` ask for help with this need? A need is the person's own wish, recorded by a human (1-T9)."""
    verdict = access.may_ask(by, segment)
    if verdict and need.status not in LIVE_NEEDS:
        return deny(
            "referral.need.closed",
            N_("This need is closed. Nothing is asked in a person’s name that they do not want now."),
            N_("Ask the person, and open the need again."),
        )
    return verdict


@transaction.atomic
def draft(
    need_id: UUID,
    service_ids: Sequence[UUID],
    *,
    by: Actor,
    ask: Ask = NO_ASK,
    wishes: Wishes | None = None,
    how: How = PLAIN,
) -> UUID:
    """Write a request for one service, or for the first of several that takes it; returns the sending's id.

    Nothing leaves yet. Raises Refused, NotFound, BadInput when no service is named.
    """
    wishes = wishes or Wishes()
    need = need_of(need_id)
    chosen = [chosen_service(service_id, wishes) for service_id in dict.fromkeys(service_ids)]
    if not chosen:
        raise BadInput("services", "choose at least one")
    segment = _segment(need, chosen)
    verdict = check(may_draft(need, by, segment))
    _check_words(ask, segment, need.person_id)
    task_id = how.intent or new_id()
    try:
        with transaction.atomic():
            referral = _new_referral(need, segment, by, ask, wishes, how)
            task = new_task(referral, task_id, 1, chosen, by, wishes, how)
    except IntegrityError:
        return _same_click(task_id, by)
    not_stuck(need_id)
    note(task, Event.DRAFTED, by, how, with_intent=False)
    write_audit(
        task, "referral.drafted", N_("Wrote a request for help; it was not sent yet."), by, verdict, how=how
    )
    return task.pk


def _same_click(task_id: UUID, by: Actor) -> UUID:
    if Task.objects.filter(pk=task_id, holder_id=own_partner(by)).exists():
        return task_id
    raise Conflict("That request could not be written. Open the page again.")


def chosen_service(service_id: UUID, wishes: Wishes) -> Chosen:
    verdict, chosen = may_be_asked(service_id, wants_waitlist=wishes.wants_waitlist)
    check(verdict)
    assert chosen is not None
    return chosen


def _segment(need: NeedShape, chosen: Sequence[Chosen]) -> Segment:
    to_victim_services = any(c.partner.is_victim_service_provider for c in chosen)
    return segment_of(need.domain, need.segment, to_victim_services=to_victim_services)


def _check_words(ask: Ask, segment: Segment, person_id: UUID) -> None:
    person = people.person(person_id)
    names = [person.name] if person else []
    for text in (ask.words, ask.area, ask.getting_around):
        plain_words(text, segment, names)


def _new_referral(
    need: NeedShape, segment: Segment, by: Actor, ask: Ask, wishes: Wishes, how: How
) -> Referral:
    referral = Referral(
        person_id=need.person_id,
        holder_id=own_partner(by),
        requester_id=own_partner(by),
        segment=segment.value,
        topic=need.domain.value,
        need_id=need.id,
        asked_by_account_id=by.account_id,
        asked_by=by.name,
        ask_words=" ".join(ask.words.split()),
        area=ask.area,
        place=place_of(need.person_id),
        language=ask.language,
        household=ask.household,
        getting_around=ask.getting_around,
        is_urgent=wishes.is_urgent,
        contact_prohibited=wishes.contact_prohibited,
        warm_handoff=wishes.warm_handoff,
        occurred_at=how.occurred_at or now(),
        recorded_at=now(),
    )
    referral.save(force_insert=True)
    return referral


def new_task(
    referral: Referral,
    task_id: UUID,
    number: int,
    chosen: Sequence[Chosen],
    by: Actor,
    wishes: Wishes,
    how: How,
) -> Task:
    only = chosen[0] if len(chosen) == 1 else None
    task = Task(
        id=task_id,
        referral=referral,
        need_id=referral.need_id,
        number=number,
        person_id=referral.person_id,
        holder_id=referral.holder_id,
        segment=referral.segment,
        topic=referral.topic,
        owner_id=only.partner.id if only else None,
        service_id=only.service.id if only else None,
        service_name=only.service.name if only else "",
        owner_name=only.partner.name if only else "",
        asked_by=by.name,
        to_several=only is None,
        one_way=only is not None and only.partner.is_victim_service_provider,
        wants_waitlist=wishes.wants_waitlist,
        is_urgent=wishes.is_urgent,
        handoff_to=wishes.handoff_to,
        status_at=how.occurred_at or now(),
        occurred_at=how.occurred_at or now(),
        recorded_at=now(),
    )
    task.save(force_insert=True)
    if only is None:
        _add_candidates(task, chosen)
    return task


def _add_candidates(task: Task, chosen: Sequence[Chosen]) -> None:
    if any(c.partner.is_victim_service_provider for c in chosen):
        raise BadInput("services", "a victim service provider is asked alone")
    check(access.may_ask_several(Segment(task.segment)))
    by_partner = {c.partner.id: c for c in chosen}
    for one in by_partner.values():
        Candidate(
            task=task,
            person_id=task.person_id,
            holder_id=task.holder_id,
            segment=task.segment,
            topic=task.topic,
            partner_id=one.partner.id,
            service_id=one.service.id,
            service_name=one.service.name,
            partner_name=one.partner.name,
        ).save(force_insert=True)
