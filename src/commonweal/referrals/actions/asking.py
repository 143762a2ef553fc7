"""The asking side: write a request, send it, ask another, remind, take back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import IntegrityError, transaction

from commonweal.directory import facade as directory
from commonweal.directory.shapes import ServiceShape
from commonweal.directory.vocabulary import Capacity
from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import Segment
from commonweal.foundation.bus import publish
from commonweal.kernel.clock import now
from commonweal.kernel.domains import NeedDomain
from commonweal.kernel.errors import BadInput, Conflict, NotFound
from commonweal.kernel.ids import new_id
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners
from commonweal.partners.shapes import PartnerShape
from commonweal.people import facade as people
from commonweal.referrals import access
from commonweal.referrals.actions import notices
from commonweal.referrals.actions.consent import may_share
from commonweal.referrals.actions.step import (
    PLAIN,
    How,
    about,
    already,
    check,
    locked,
    may_go,
    move,
    note,
    party,
    plain_words,
    write_audit,
)
from commonweal.referrals.events import ReferralEnded, ReferralSent
from commonweal.referrals.models import Candidate, Referral, Task, TaskEvent
from commonweal.referrals.queries.standard import answer_rule, holidays_near, zone
from commonweal.referrals.rules import reasons, timing
from commonweal.referrals.rules.segment import segment_of
from commonweal.referrals.shapes import Ask
from commonweal.referrals.vocabulary import ENDED, OPEN, Event, OutcomeCode, Party, Status
from commonweal.screening import facade as screening
from commonweal.screening.shapes import NeedShape
from commonweal.screening.vocabulary import LIVE_NEEDS

_NO_ASK = Ask()


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


def _need(need_id: UUID) -> NeedShape:
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
    ask: Ask = _NO_ASK,
    wishes: Wishes | None = None,
    how: How = PLAIN,
) -> UUID:
    """Write a request for one service, or for the first of several that takes it; returns the sending's id.

    Nothing leaves yet. Raises Refused, NotFound, BadInput when no service is named.
    """
    wishes = wishes or Wishes()
    need = _need(need_id)
    chosen = [_chosen(service_id, wishes) for service_id in dict.fromkeys(service_ids)]
    if not chosen:
        raise BadInput("services", "choose at least one")
    segment = _segment(need, chosen)
    verdict = check(may_draft(need, by, segment))
    _check_words(ask, segment, need.person_id)
    task_id = how.intent or new_id()
    try:
        with transaction.atomic():
            referral = _new_referral(need, segment, by, ask, wishes, how)
            task = _new_task(referral, task_id, 1, chosen, by, wishes, how)
    except IntegrityError:
        return _same_click(task_id, by)
    note(task, Event.DRAFTED, by, how, with_intent=False)
    write_audit(task, "referral.drafted", N_("wrote a request for help, not sent yet"), by, verdict)
    return task.pk


def _same_click(task_id: UUID, by: Actor) -> UUID:
    if Task.objects.filter(pk=task_id, holder_id=by.partner_id).exists():
        return task_id
    raise Conflict("That request could not be written. Open the page again.")


def _chosen(service_id: UUID, wishes: Wishes) -> Chosen:
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
        holder_id=by.partner_id,
        requester_id=by.partner_id,
        segment=segment.value,
        topic=need.domain.value,
        need_id=need.id,
        asked_by_account_id=by.account_id,
        asked_by=by.name,
        ask_words=" ".join(ask.words.split()),
        area=ask.area,
        place=_place(need.person_id),
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


def _place(person_id: UUID) -> str:
    """Where a need is counted: the town, else the first three digits of the ZIP code."""
    person = people.person(person_id)
    if person is None:
        return ""
    return person.place or (f"{person.zip[:3]}xx" if person.zip else "")


def _new_task(
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


@transaction.atomic
def send(task_id: UUID, *, by: Actor, how: How = PLAIN) -> None:
    """Send a written request, if the person allows it. Each asked service gets one mail with its own link.

    Raises Refused with the cure where consent or agreement is missing.
    """
    task = locked(task_id)
    if already(task, how):
        return
    receivers = _receivers(task)
    verdict = check(may_go(task, Status.REQUESTED, by, how))
    for partner_id in receivers:
        verdict = check(_may_tell(task, partner_id))
    moment = how.occurred_at or now()
    rule, days = answer_rule(), holidays_near(moment)
    task.sent_at = moment
    task.answer_due_at = None if task.one_way else timing.due(moment, rule.answer_days, zone(), days)
    move(task, Status.REQUESTED, by, how)
    note(task, Event.SENT, by, how)
    write_audit(task, "referral.sent", N_("asked a service to help you"), by, verdict, owner=task.owner_id)
    for partner_id in receivers:
        notices.ask_service(task, partner_id)
    publish(ReferralSent(about(task, _need_of(task)), moment))


def _receivers(task: Task) -> list[UUID]:
    if task.owner_id:
        return [task.owner_id]
    return list(Candidate.objects.filter(task=task, declined_at=None).values_list("partner_id", flat=True))


def _may_tell(task: Task, partner_id: UUID) -> Verdict:
    if partner_id == task.holder_id:
        return allow("referral.share.own", N_("Your own organization holds this already."))
    return may_share(task.person_id, task.holder_id, partner_id, Segment(task.segment), NeedDomain(task.topic))


def _need_of(task: Task) -> UUID:
    return task.referral.need_id


@transaction.atomic
def ask(
    need_id: UUID,
    service_ids: Sequence[UUID],
    *,
    by: Actor,
    ask: Ask = _NO_ASK,
    wishes: Wishes | None = None,
    how: How = PLAIN,
) -> UUID:
    """Write a request and send it at once; returns the sending's id. Nothing is kept when it is refused."""
    task_id = draft(need_id, service_ids, by=by, ask=ask, wishes=wishes, how=how)
    if not TaskEvent.objects.filter(task_id=task_id, kind=Event.SENT).exists():
        send(task_id, by=by, how=how)
    return task_id


@transaction.atomic
def ask_another(
    referral_id: UUID,
    service_ids: Sequence[UUID],
    *,
    by: Actor,
    wishes: Wishes | None = None,
    how: How = PLAIN,
) -> UUID:
    """Ask another service for the same need: a new sending on the same request. Returns its id.

    What still waits elsewhere is taken back first, so that the person is not promised twice.
    """
    wishes = wishes or Wishes()
    referral = Referral.objects.select_for_update().filter(pk=referral_id).first()
    if referral is None or referral.holder_id != by.partner_id:
        raise NotFound("referral")
    task_id = how.intent or new_id()
    if Task.objects.filter(pk=task_id, referral=referral).exists():
        return task_id
    chosen = [_chosen(service_id, wishes) for service_id in dict.fromkeys(service_ids)]
    verdict = check(may_draft(_need(referral.need_id), by, Segment(referral.segment)))
    check(_same_segment(referral, chosen))
    _take_back_waiting(referral, by)
    number = referral.tasks.count() + 1
    task = _new_task(referral, task_id, number, chosen, by, wishes, how)
    if referral.ended_at:
        referral.ended_at = None
        referral.save(update_fields=["ended_at"])
    note(task, Event.DRAFTED, by, how, with_intent=False)
    write_audit(task, "referral.drafted", N_("wrote a request to another service"), by, verdict)
    send(task.pk, by=by, how=how)
    return task.pk


def _same_segment(referral: Referral, chosen: Sequence[Chosen]) -> Verdict:
    to_victim_services = any(c.partner.is_victim_service_provider for c in chosen)
    segment = segment_of(
        NeedDomain(referral.topic), Segment(referral.segment), to_victim_services=to_victim_services
    )
    if segment.value != referral.segment:
        return deny(
            "referral.segment.differs",
            N_("This place needs more care than the first request had."),
            N_("Write a new request from the person’s need."),
        )
    return allow("referral.segment.same", N_("It is as sensitive as the first request."))


def _take_back_waiting(referral: Referral, by: Actor) -> None:
    waiting = referral.tasks.filter(status=Status.REQUESTED.value)
    for task_id in waiting.values_list("pk", flat=True):
        cancel(task_id, "asked-another", by=by)


@transaction.atomic
def cancel(task_id: UUID, reason: str, *, by: Actor, words: str = "", how: How = PLAIN) -> None:
    """Take a request back. The person's own choice is the reason ``person-declined``."""
    task = locked(task_id)
    if already(task, how):
        return
    known = known_reason(reason, reasons.Moment.TAKE_BACK)
    said = plain_words(words, task.segment)
    verdict = move(task, Status.CANCELLED, by, how)
    task.reason, task.reason_words = known.code, said
    note(task, Event.CANCELLED, by, how, reason=known.code, words=said)
    write_audit(task, "referral.cancelled", N_("took a request back"), by, verdict, reason=known.code)
    if party(task, by) is Party.REQUESTER:
        notices.tell_service_ended(task)
    else:
        notices.tell_asker(task)
    notices.close_links(task, "taken back")
    end(task, known.outcome, how)


@transaction.atomic
def void(task_id: UUID, *, by: Actor, how: How = PLAIN) -> None:
    """Mark a request as entered by mistake. It drops out of every list and count."""
    task = locked(task_id)
    if already(task, how):
        return
    was_sent = Status(task.status) in OPEN
    verdict = move(task, Status.ENTERED_IN_ERROR, by, how)
    note(task, Event.VOIDED, by, how)
    write_audit(task, "referral.voided", N_("marked a request as entered by mistake"), by, verdict)
    if was_sent:
        notices.tell_service_ended(task)
    notices.close_links(task, "entered by mistake")
    end(task, None, how)


def end(task: Task, outcome: OutcomeCode | None, how: How) -> None:
    """What every end has in common: the request ends with its last sending, and others hear of it."""
    referral = task.referral
    open_ones = referral.tasks.exclude(status__in=[s.value for s in ENDED]).exclude(pk=task.pk)
    if not open_ones.exists():
        referral.ended_at = task.ended_at
        referral.save(update_fields=["ended_at"])
    publish(
        ReferralEnded(
            about(task, referral.need_id),
            Status(task.status),
            outcome,
            task.reason,
            how.occurred_at or now(),
        )
    )


def known_reason(code: str, moment: reasons.Moment) -> reasons.Reason:
    try:
        return reasons.reason(code, moment)
    except ValueError as fault:
        raise BadInput("reason", str(fault)) from fault
